// Things one can call or bind: functions of the language and of C++, methods, properties.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lang/objects/module.h"
#include "lang/objects/native.h"
#include "lang/objects/object.h"
#include "lang/objects/type.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

class Code;

/// A variable shared by a function and those inside it.
class Cell final : public Container {
 public:
  static constexpr Kind kKind = Kind::Cell;
  Cell() : Container(kKind) {}
  void clear_references() noexcept override { value.clear(); }
  void visit(ReferenceVisitor& visitor) override { value.visit(visitor); }
  Value value;
};

class Function final : public Container {
 public:
  static constexpr Kind kKind = Kind::Function;
  Function(Ref<Code> code, Ref<Module> module);
  ~Function() override;
  Attributes* attributes() noexcept override { return &attrs; }
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;

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
  /// Set instead of `doc` where the text stands elsewhere, and is not read before it is wanted.
  std::string_view (*read_doc)(const NativeFunction& self) = nullptr;
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
      : Object(kKind, Reach::Some), self(std::move(self_)), function(std::move(function_)) {}
  void visit(ReferenceVisitor& visitor) override {
    self.visit(visitor);
    function.visit(visitor);
  }
  const Value self;
  const Value function;  // Function, NativeFunction or any callable
};

class Property final : public Object {
 public:
  static constexpr Kind kKind = Kind::Property;
  Property() : Object(kKind, Reach::Some) {}
  void visit(ReferenceVisitor& visitor) override {
    get.visit(visitor);
    set.visit(visitor);
    del.visit(visitor);
    doc.visit(visitor);
  }
  Value get, set, del;  // None where there is none
  Value doc = Value::none();
  const Getter* native = nullptr;  // set for attributes of built-in types
  Ref<Str> name;
};

class StaticMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::StaticMethod;
  explicit StaticMethod(Value function_)
      : Object(kKind, Reach::Some), function(std::move(function_)) {}
  void visit(ReferenceVisitor& visitor) override { function.visit(visitor); }
  const Value function;
};

class ClassMethod final : public Object {
 public:
  static constexpr Kind kKind = Kind::ClassMethod;
  explicit ClassMethod(Value function_)
      : Object(kKind, Reach::Some), function(std::move(function_)) {}
  void visit(ReferenceVisitor& visitor) override { function.visit(visitor); }
  const Value function;
};

/// super(): looks attributes up behind `start` in the MRO of the object's type.
class Super final : public Object {
 public:
  static constexpr Kind kKind = Kind::Super;
  Super(Ref<Type> start_, Value self_, Ref<Type> owner_)
      : Object(kKind, Reach::Some),
        start(std::move(start_)),
        self(std::move(self_)),
        owner(std::move(owner_)) {}
  void visit(ReferenceVisitor& visitor) override {
    start.visit(visitor);
    self.visit(visitor);
    owner.visit(visitor);
  }
  const Ref<Type> start;
  const Value self;  // the object, or the class in a classmethod
  const Ref<Type> owner;
};

}  // namespace gradpad::lang
