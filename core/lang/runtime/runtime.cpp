// The making of a Runtime, and of types and functions in it.
#include "lang/runtime/runtime.h"

#include "lang/runtime/core_types.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/importer.h"
#include "lang/runtime/object_type.h"
#include "lang/runtime/output.h"
#include "lang/runtime/special.h"
#include "lang/runtime/tables.h"

namespace gradpad::lang {

Runtime::Runtime(Parts)
    : garbage_(std::make_unique<Garbage>(*this, collector_)),
      tables_(std::make_unique<Tables>()),
      output_(std::make_unique<Output>()),
      importer_(std::make_unique<Importer>(*this)) {}

// The types refer to each other: where memory ends on the way, it takes the destructor to free
// them, and that runs as soon as the constructor called here has ended.
Runtime::Runtime() : Runtime(Parts()) {
  make_types();
  intern_names();
  class Marker final : public Object {
   public:
    Marker() : Object(Kind::Plain) {}
  };
  Ref<Marker> marker(new Marker);
  marker->set_type(types.not_implemented);
  not_implemented_ = std::move(marker);
  marker = Ref<Marker>(new Marker);
  marker->set_type(types.ellipsis);
  ellipsis_ = std::move(marker);
  builtins_ = make<Module>(intern("builtins"));
  define_core_types(*this);
}

void Runtime::place_builtins() {
  for (const auto& [name, value] : builtins_->bound()) builtins_->slot_of(name.get());
  builtins_->grow_slots();
  make_spare_memory_errors();
}

Runtime::~Runtime() {
  garbage_->shut_down();
  // Instances may outlive the session, where a tensor of the page keeps them.
  if (garbage_->has_finalizers) {
    collector_.for_each([](Container& container) {
      if (container.kind() == Kind::Type) static_cast<Type&>(container).finishing = nullptr;
    });
  }
  if (evaluator_) evaluator_->shut_down();
  warning_hook.clear();
  spare_memory_errors_ = {};
  no_arguments_.reset();
  importer_.reset();
  collector_.clear();
  builtins_.reset();
  not_implemented_.clear();
  ellipsis_.clear();
  forget_strings();
  evaluator_.reset();
  // `type` is an instance of itself, and every type of it.
  for (const Ref<Type>& type : tables_->types) type->set_type(nullptr);
}

void Runtime::make_types() {
  const auto make_bare = [&](const char* name) {
    Ref<Type> type(new Type(name));
    tables_->types.push_back(type);
    collector_.add(type.get());
    return type.get();
  };
  types.object = make_bare("object");
  types.object->can_inherit = true;
  const auto set_base = [&](Type* type, Type* base) {
    std::vector<Ref<Type>> bases;
    bases.emplace_back(base);
    type->set_bases(*this, std::move(bases));
  };
#define X(member, text, kind, inherit)                           \
  types.member = make_bare(text);                                \
  types.member->can_inherit = inherit;                           \
  types.by_kind[static_cast<size_t>(Kind::kind)] = types.member; \
  set_base(types.member, types.object);
  GRADPAD_KIND_TYPES(X)
#undef X
#define X(member, text)           \
  types.member = make_bare(text); \
  set_base(types.member, types.object);
  GRADPAD_PLAIN_TYPES(X)
#undef X
  set_base(types.boolean, types.integer);
  types.frozenset->can_inherit = true;
#define X(member, text, base)       \
  types.member = make_bare(text);   \
  types.member->can_inherit = true; \
  set_base(types.member, types.base);
  GRADPAD_EXCEPTION_TYPES(X)
#undef X
  types.by_kind[static_cast<size_t>(Kind::Exception)] = types.exception;
  types.by_kind[static_cast<size_t>(Kind::Instance)] = types.object;
  types.by_kind[static_cast<size_t>(Kind::Plain)] = types.object;
  types.by_kind[static_cast<size_t>(Kind::Iterator)] = types.iterator;
  for (const Ref<Type>& type : tables_->types) type->set_type(types.type);
}

void Runtime::set_evaluator(std::unique_ptr<Evaluator> evaluator) {
  evaluator_ = std::move(evaluator);
}

Type* Runtime::type_of(const Value& v) const noexcept {
  switch (v.tag()) {
    case Tag::Object:
      return v.as_object()->type();
    case Tag::Int:
      return types.integer;
    case Tag::Float:
      return types.real;
    case Tag::Bool:
      return types.boolean;
    case Tag::Tensor:
      return tensor_type_of_ ? tensor_type_of_(const_cast<Runtime&>(*this), v) : types.tensor;
    case Tag::None:
    case Tag::Unbound:
      break;
  }
  return types.none;
}

void Runtime::define(Type* type, const TypeSpec& spec) {
  Slots given = spec.slots;
  if (given.compare && !given.hash) given.hash = unhashable;
  Slots above;
  if (type->base()) above = type->base()->slots;
  const auto inherit = [&](auto member) {
    if (!(given.*member)) given.*member = above.*member;
  };
  inherit(&Slots::repr);
  inherit(&Slots::str);
  inherit(&Slots::format);
  inherit(&Slots::hash);
  inherit(&Slots::truth);
  inherit(&Slots::length);
  inherit(&Slots::compare);
  inherit(&Slots::binary);
  inherit(&Slots::inplace);
  inherit(&Slots::unary);
  inherit(&Slots::get_item);
  inherit(&Slots::set_item);
  inherit(&Slots::del_item);
  inherit(&Slots::contains);
  inherit(&Slots::iterate);
  inherit(&Slots::next);
  inherit(&Slots::call);
  inherit(&Slots::get_attr);
  inherit(&Slots::set_attr);
  inherit(&Slots::del_attr);
  inherit(&Slots::descr_get);
  inherit(&Slots::descr_set);
  // Only exceptions are made as their bases are.
  if (type->is_subtype_of(types.base_exception)) inherit(&Slots::make), inherit(&Slots::init);
  type->slots = given;
  if (*spec.doc) type->doc = spec.doc;
  for (const Method& method : spec.methods) {
    Ref<NativeFunction> function = make_native(method);
    function->owner = type;
    Value value(function);
    if (method.kind == MethodKind::Class) {
      function->data = type;  // says that its self is a class
      value = make<ClassMethod>(value);
    }
    if (method.kind == MethodKind::Static) {
      function->owner = nullptr;
      value = make<StaticMethod>(value);
    }
    type->set_own(*this, intern(method.name).get(), std::move(value));
  }
  for (const Getter& getter : spec.getters) {
    Ref<Property> property = make<Property>();
    property->native = &getter;
    property->name = intern(getter.name);
    type->set_own(*this, property->name.get(), property);
  }
  add_slot_methods(*this, type, spec.slots);
}

Ref<Type> Runtime::make_type(const char* name, Type* base, const TypeSpec& spec,
                             const char* module) {
  Ref<Type> type(new Type(name));
  type->set_type(types.type);
  type->module = module;
  tables_->types.push_back(type);
  collector_.add(type.get());
  std::vector<Ref<Type>> bases;
  bases.emplace_back(base ? base : types.object);
  type->set_bases(*this, std::move(bases));
  define(type.get(), spec);
  return type;
}

Type* Runtime::iterator_type(const char* name) {
  Type*& type = tables_->iterators[name];
  if (!type) type = make_type(name, types.iterator, TypeSpec{}).get();
  return type;
}

Ref<NativeFunction> Runtime::make_native(const Method& method, const char* module) {
  Ref<NativeFunction> function = make<NativeFunction>();
  function->name = method.name;
  function->text = method.parameters;
  function->doc = method.doc;
  function->function = method.function;
  if (*module) function->module = intern(module);
  return function;
}

void Runtime::add_builtin(const char* name, Value value) {
  builtins_->set(intern(name).get(), std::move(value));
}

void Runtime::add_module(const ModuleSpec& spec) { importer_->add(spec); }

void Runtime::add_source_module(std::string_view name, std::string_view (*source)()) {
  importer_->add_source(name, source);
}

void Runtime::Nesting::too_deep(const NestingStep& step) {
  rt_.nesting_ -= step.counted;
  rt_.engine_stack_ -= step.engine_bytes;
  rt_.raise(rt_.types.recursion_error, concat("maximum recursion depth exceeded", step.doing));
}

Runtime::Printing::Printing(Runtime& rt, const Value& v) : rt_(rt), again_(false) {
  const Object* object = v.is_object() ? v.as_object() : nullptr;
  for (const Object* open : rt.printing_) again_ = again_ || open == object;
  rt.printing_.push_back(object);
}

Runtime::Printing::~Printing() { rt_.printing_.pop_back(); }

}  // namespace gradpad::lang
