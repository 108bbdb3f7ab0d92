// Things one can call or bind: functions of the language and of C++, methods, properties; modules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lang/native.h"
#include "lang/object.h"
#include "lang/span.h"
#include "lang/type.h"

namespace gradpad::lang {

class Code;

/// A variable shared by a function and those inside it.
class Cell final : public Container {
 public:
  static constexpr Kind kKind = Kind::Cell;
  Cell() : Container(kKind) {}
  void clear_references() noexcept override { value.clear(); }
  Value value;
};

/// A module. Its globals have fixed places, which compiled code knows by number.
class Module final : public Container {
 public:
  static constexpr Kind kKind = Kind::Module;
  explicit Module(Ref<Str> name);
  void clear_references() noexcept override;
  Attributes* attributes() noexcept override { return nullptr; }

  Ref<Str> name;
  std::string file;
  bool is_package = false;

  /// Null where the name is not bound.
  Value* find(const Str* global) noexcept;
  void set(Str* global, Value value);
  bool erase(const Str* global);
  /// All names that are bound: those of compiled code first.
  std::vector<std::pair<Ref<Str>, Value>> bound() const;

  /// The place of a name for compiled code, made where there is none yet. Places have room from the
  /// next grow_slots() on, which may move them and therefore waits until none of the module's own
  /// code runs.
  uint32_t slot_of(Str* global);
  /// The first of `count` nameless places, for temporaries.
  uint32_t add_temporaries(uint32_t count);
  void grow_slots();
  Value* slots() noexcept { return slots_.get(); }
  uint32_t slot_count() const noexcept { return static_cast<uint32_t>(names_.size()); }
  /// Null for a nameless place.
  const Ref<Str>& slot_name(uint32_t slot) const noexcept { return names_[slot]; }
  /// Where a place of a name is: the slot, or -1.
  int64_t find_slot(const Str* global) const noexcept;
  /// Where each place was last assigned, as far as known.
  std::vector<Span> assigned;
  /// A block of nameless places that finished code has left.
  uint32_t spare_begin = 0;
  uint32_t spare_count = 0;

 private:
  std::vector<Ref<Str>> names_;
  std::unordered_map<const Str*, uint32_t> index_;
  std::unique_ptr<Value[]> slots_;
  uint32_t room_ = 0;
  NameTable extra_;  // names without a place
};

class Function final : public Container {
 public:
  static constexpr Kind kKind = Kind::Function;
  Function(Ref<Code> code, Ref<Module> module);
  ~Function() override;
  Attributes* attributes() noexcept override { return &attrs; }
  void clear_references() noexcept override;

  Ref<Code> code;
  Ref<Module> module;
  Ref<Str> name;
  Ref<Str> qualname;
  std::vector<Value> defaults;          // of the last positional parameters
  std::vector<Value> keyword_defaults;  // one per keyword-only parameter; unbound: none
  std::vector<Ref<Cell>> closure;
  Value doc;
  Attributes attrs;
};

/// Parameters of a native function, read from the text of its table line.
struct Signature {
  struct Parameter {
    Ref<Str> name;
    Value value;  // the default
    bool required = true;
  };
  std::vector<Parameter> parameters;  // positional, then keyword-only; then *args and **kwargs
  uint16_t positional_only = 0;
  uint16_t positional = 0;  // those that may be given by position
  bool has_args = false;
  bool has_kwargs = false;
  bool simple = false;  // only positional parameters, all required
};

class NativeFunction final : public Object {
 public:
  static constexpr Kind kKind = Kind::NativeFunction;
  NativeFunction() : Object(kKind) {}

  std::string name;
  std::string text;  // of the parameters
  std::string doc;
  NativeFn function = nullptr;
  /// Set instead of `function` for those that take the call as it comes.
  Value (*raw)(Runtime& rt, const NativeFunction& self, const Arguments& arguments) = nullptr;
  const void* data = nullptr;  // for `raw`
  Type* owner = nullptr;       // the type whose method this is
  Ref<Str> module;
  Signature signature;  // read from `text` at the first call
  bool ready = false;
};

class BoundMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::BoundMethod;
  BoundMethod(Value self_, Value function_)
      : Object(kKind), self(std::move(self_)), function(std::move(function_)) {}
  const Value self;
  const Value function;  // Function, NativeFunction or any callable
};

class Property final : public Object {
 public:
  static constexpr Kind kKind = Kind::Property;
  Property() : Object(kKind) {}
  Value get, set, del;  // None where there is none
  Value doc = Value::none();
  const Getter* native = nullptr;  // set for attributes of built-in types
  Ref<Str> name;
};

class StaticMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::StaticMethod;
  explicit StaticMethod(Value function_) : Object(kKind), function(std::move(function_)) {}
  const Value function;
};

class ClassMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::ClassMethod;
  explicit ClassMethod(Value function_) : Object(kKind), function(std::move(function_)) {}
  const Value function;
};

/// super(): looks attributes up behind `start` in the MRO of the object's type.
class Super final : public Object {
 public:
  static constexpr Kind kKind = Kind::Super;
  Super(Ref<Type> start_, Value self_, Ref<Type> owner_)
      : Object(kKind), start(std::move(start_)), self(std::move(self_)), owner(std::move(owner_)) {}
  const Ref<Type> start;
  const Value self;  // the object, or the class in a classmethod
  const Ref<Type> owner;
};

}  // namespace gradpad::lang
