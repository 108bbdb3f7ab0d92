// Runtime: everything one session of the language owns, and the protocols between its values
// (protocols.cpp, operators.cpp, attribute_access.cpp), errors (errors.cpp) and calls
// (function_types.cpp).
//
// Native code raises by throwing gradpad::Error (`fail(ErrorKind::Type, "...")`) where a kind says
// it all, or with rt.raise(type, message). Either arrives in the language as an exception at the
// current instruction. Calls back into the language (`rt.call`) may throw Raised; let it pass.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "gradpad/tensor/error.h"
#include "lang/objects/collector.h"
#include "lang/objects/exception.h"
#include "lang/objects/function.h"
#include "lang/objects/iterator.h"
#include "lang/objects/native.h"
#include "lang/objects/object_space.h"
#include "lang/runtime/nesting.h"

namespace gradpad::lang {

class Evaluator;
class Garbage;
class Importer;
struct Output;

class Runtime final : public ObjectSpace {
 public:
  Runtime();
  ~Runtime() override;

  Ref<RefCounted> torch;  // what the torch modules keep here

  // --- Making values (see ObjectSpace) -----------------------------------------------------------
  /// An iterator of C++; `type_name` is what type(it).__name__ says.
  template <class T, class... Args>
  Value make_iterator(const char* type_name, Args&&... args) {
    return make_of<T>(iterator_type(type_name), std::forward<Args>(args)...);
  }
  const Value& not_implemented() const noexcept { return not_implemented_; }
  const Value& ellipsis() const noexcept { return ellipsis_; }

  // --- Raising -----------------------------------------------------------------------------------
  [[noreturn]] void raise(Type* type, std::string message);
  [[noreturn]] void raise_value(Type* type, Value argument);  // KeyError(key), StopIteration(v)
  [[noreturn]] void raise(Ref<Exception> exception);
  Ref<Exception> make_exception(Type* type, std::string message);
  /// The exception of the language for a C++ error: Raised, Error, bad_alloc. Fails for no want of
  /// memory.
  Ref<Exception> translate_current_exception();
  /// `Warning: text` on stderr, with the place; each text from one place once.
  void warn(Type* category, const std::string& text);
  /// Set by the module `warnings`: called with category and text, it shows the warning or does not.
  Value warning_hook;

  // --- Protocols ---------------------------------------------------------------------------------
  Type* type_of(const Value& v) const noexcept;
  const std::string& type_name(const Value& v) const noexcept { return type_of(v)->name(); }
  bool is_instance(const Value& v, const Type* type) const noexcept {
    return type_of(v)->is_subtype_of(type);
  }
  Ref<Str> repr(const Value& v);
  Ref<Str> str(const Value& v);
  Ref<Str> format(const Value& v, const Value& spec);
  bool truth(const Value& v);
  bool equal(const Value& a, const Value& b) override;
  bool less(const Value& a, const Value& b) { return truth(compare(CompareOp::Lt, a, b)); }
  Value compare(CompareOp op, const Value& a, const Value& b);
  int64_t hash(const Value& v) override;
  int64_t length(const Value& v);
  int64_t length_hint(const Value& v);  // 0 where unknown
  Value binary(BinaryOp op, const Value& a, const Value& b);
  Value inplace(BinaryOp op, const Value& a, const Value& b);
  Value unary(UnaryOp op, const Value& v);
  Value get_item(const Value& v, const Value& key);
  void set_item(const Value& v, const Value& key, const Value& value);
  void del_item(const Value& v, const Value& key);
  bool contains(const Value& container, const Value& item);
  Value iterate(const Value& v);                 // iter(v)
  bool next(const Value& iterator, Value& out);  // false at the end
  /// Calls `visit(Value&)` for each item until it returns false. Minds the budget.
  template <class Visit>
  void for_each(const Value& iterable, Visit&& visit);
  Values to_values(const Value& iterable);  // list(iterable)

  Value get_attr(const Value& v, Str* name);  // the name is interned
  Value get_attr(const Value& v, std::string_view name) { return get_attr(v, intern(name).get()); }
  /// Unbound where there is no such attribute.
  Value find_attr(const Value& v, Str* name);
  /// What `object.__getattribute__` finds; unbound where there is nothing.
  Value find_plain_attr(const Value& v, Str* name);
  [[noreturn]] void raise_no_attribute(const Value& v, Str* name);
  void set_attr(const Value& v, Str* name, const Value& value);
  void del_attr(const Value& v, Str* name);
  /// The special method as the type defines it, bound to v; unbound where it does not.
  Value find_special(const Value& v, Str* name);

  bool is_callable(const Value& v) const noexcept;
  Value call(const Value& callee, const Arguments& arguments);
  Value call(const Value& callee, std::initializer_list<Value> arguments = {});
  /// v.name(arguments...)
  Value call_method(const Value& v, Str* name, std::initializer_list<Value> arguments = {});

  // --- Reading arguments -------------------------------------------------------------------------
  /// An int (or bool, or what has __index__); TypeError "'float' object cannot be interpreted as an
  /// integer".
  int64_t to_index(const Value& v);
  double to_float(const Value& v);  // TypeError "must be real number, not str"
  /// The Str; TypeError "<what> must be str, not int".
  Str* to_str(const Value& v, const char* what);

  /// One step deeper in C++ over what a program builds or calls (repr of deep lists, calls back):
  /// RecursionError where that would be one too many. Stands in every such walk.
  class Nesting {
   public:
    explicit Nesting(Runtime& rt, const NestingStep& step = nesting::kCall)
        : rt_(rt), counted_(step.counted), engine_bytes_(step.engine_bytes) {
      rt_.nesting_ += counted_;
      rt_.engine_stack_ += engine_bytes_;
      if (rt_.nesting_ > kRecursionLimit || is_stack_low() || is_engine_stack_low()) {
        too_deep(step);
      }
    }
    ~Nesting() {
      rt_.nesting_ -= counted_;
      rt_.engine_stack_ -= engine_bytes_;
    }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    bool is_engine_stack_low() const noexcept {
#ifdef __EMSCRIPTEN__
      return rt_.engine_stack_ > kEngineStack;
#else
      return false;
#endif
    }
    [[noreturn]] void too_deep(const NestingStep& step);

    Runtime& rt_;
    const int32_t counted_;
    const int32_t engine_bytes_;
  };
  /// Whether C++ code called what runs now, and goes on when that is done.
  bool is_in_native_code() const noexcept { return engine_stack_ > nesting::kCall.engine_bytes; }
  /// True while `v` is being printed further up: repr writes `[...]` then.
  class Printing {
   public:
    Printing(Runtime& rt, const Value& v);
    ~Printing();
    Printing(const Printing&) = delete;
    Printing& operator=(const Printing&) = delete;
    bool again() const noexcept { return again_; }

   private:
    Runtime& rt_;
    bool again_;
  };
  /// To be called once in a while by native loops over user-sized data: Stop and the time limit.
  void check_budget();

  // --- Defining ----------------------------------------------------------------------------------
  /// Gives a type its slots, methods and attributes.
  void define(Type* type, const TypeSpec& spec);
  /// A new built-in type.
  Ref<Type> make_type(const char* name, Type* base, const TypeSpec& spec,
                      const char* module = "builtins");
  Ref<NativeFunction> make_native(const Method& method, const char* module = "");
  void add_module(const ModuleSpec& spec);  // found by `import` from now on
  /// A module in the language itself; compiled when first imported.
  void add_source_module(std::string_view name, std::string_view source);
  /// The names every module sees.
  Module& builtins() noexcept { return *builtins_; }
  void add_builtin(const char* name, Value value);
  /// Gives the builtins of now the places at which compiled code finds them.
  void place_builtins();
  void inherit_slots(Type& type) override;

  // --- Parts -------------------------------------------------------------------------------------
  /// What runs the language's own code; to be set before any of it can be run.
  Evaluator& evaluator() noexcept { return *evaluator_; }
  void set_evaluator(std::unique_ptr<Evaluator> evaluator);
  Importer& importer() noexcept { return *importer_; }
  Output& output() noexcept { return *output_; }
  Garbage& garbage() noexcept { return *garbage_; }
  /// The torch module says here which type a tensor has (Tensor or Parameter), and which attributes
  /// its user gave it; types.tensor holds the slots through which the instructions reach tensors.
  void set_tensor_hooks(Type* (*type)(Runtime&, const Value&),
                        Value* (*own_attribute)(Runtime&, const Value&, Str*)) noexcept {
    tensor_type_of_ = type;
    tensor_attribute_ = own_attribute;
  }

 private:
  struct Parts {};
  explicit Runtime(Parts);

  void make_types();
  Type* iterator_type(const char* name);
  void make_spare_memory_errors();
  Ref<Exception> spare_memory_error();

  std::unique_ptr<Garbage> garbage_;
  Value not_implemented_;
  Value ellipsis_;
  int32_t nesting_ = 0;
  int32_t engine_stack_ = 0;
  std::vector<const Object*> printing_;
  std::array<Ref<Exception>, 8> spare_memory_errors_;
  size_t next_spare_ = 0;
  Ref<Tuple> no_arguments_;
  struct Tables;
  std::unique_ptr<Tables> tables_;
  Ref<Module> builtins_;
  std::unique_ptr<Output> output_;
  std::unique_ptr<Importer> importer_;
  std::unique_ptr<Evaluator> evaluator_;
  Type* (*tensor_type_of_)(Runtime&, const Value&) = nullptr;
  Value* (*tensor_attribute_)(Runtime&, const Value&, Str*) = nullptr;
};

template <class Visit>
void Runtime::for_each(const Value& iterable, Visit&& visit) {
  if (Tuple* tuple = iterable.to<Tuple>(); tuple && tuple->type() == types.tuple) {
    const Value keep = iterable;
    for (Value& item : *tuple) {
      Value copy = item;
      if (!visit(copy)) return;
    }
    return;
  }
  const Value iterator = iterate(iterable);
  Value item;
  uint32_t count = 0;
  while (next(iterator, item)) {
    if ((++count & 0x3FF) == 0) check_budget();
    if (!visit(item)) return;
  }
}

}  // namespace gradpad::lang
