// The making of a Runtime: its types, names, interned strings and parts.
#include "lang/runtime/runtime.h"

#include <array>
#include <unordered_map>
#include <unordered_set>

#include "lang/builtins/builtins.h"
#include "lang/runtime/core_types.h"
#include "lang/runtime/embedded_sources.h"
#include "lang/runtime/output.h"
#include "lang/runtime/special.h"
#include "lang/runtime/tables.h"
#include "lang/vm/importer.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

Runtime::Runtime()
    : tables_(std::make_unique<Tables>()),
      output_(std::make_unique<Output>()),
      modules_(std::make_unique<Modules>(*this)),
      interpreter_(std::make_unique<Interpreter>(*this)) {
  make_types();
#define GRADPAD_INTERN_1(member) names.member = intern("__" #member "__");
#define GRADPAD_INTERN_2(member, text) names.member = intern(text);
#define X(...) GRADPAD_NAME_PICK(__VA_ARGS__, GRADPAD_INTERN_2, GRADPAD_INTERN_1, )(__VA_ARGS__)
  GRADPAD_NAMES(X)
#undef X
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
  define_exception_types(*this);
  define_builtin_types(*this);
  add_core_builtins(*this);
  add_builtin_functions(*this);
  add_builtin_modules(*this);
  for (const EmbeddedSource& module : embedded_sources()) {
    modules_->add_source(module.name, module.source);
  }
  for (const auto& [name, value] : builtins_->bound()) builtins_->slot_of(name.get());
  builtins_->grow_slots();
}

Runtime::~Runtime() {
  interpreter_->shut_down();
  warning_hook.clear();
  modules_.reset();
  containers_.clear();
  builtins_.reset();
  not_implemented_.clear();
  ellipsis_.clear();
  for (Value& text : tables_->characters) text.clear();
  names = Names();
  tables_->interned.clear();
  interpreter_.reset();
  // `type` is an instance of itself, and every type of it.
  for (const Ref<Type>& type : tables_->types) type->set_type(nullptr);
}

void Runtime::make_types() {
  const auto make_bare = [&](const char* name) {
    Ref<Type> type(new Type(name));
    tables_->types.push_back(type);
    containers_.add(type.get());
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

Ref<Str> Runtime::make_str(char32_t code_point) {
  if (code_point < tables_->characters.size()) {
    Value& kept = tables_->characters[code_point];
    if (kept.is_unbound()) kept = make_str(std::string(1, static_cast<char>(code_point)));
    return Ref<Str>(kept.as<Str>());
  }
  std::string text;
  utf8_append(text, code_point);
  return make_str(std::move(text));
}

Ref<Str> Runtime::intern(std::string_view text) {
  const auto found = tables_->interned.find(text);
  if (found != tables_->interned.end()) return found->second;
  return intern(make_str(std::string(text)).get());
}

Ref<Str> Runtime::intern(Str* text) {
  if (text->is_interned()) return Ref<Str>(text);
  const auto found = tables_->interned.find(text->view());
  if (found != tables_->interned.end()) return found->second;
  if (text->type() != types.str) return intern(std::string_view(std::string(text->view())));
  Ref<Str> kept(text);
  text->mark_interned();
  tables_->interned.emplace(text->view(), kept);
  return kept;
}

Ref<Tuple> Runtime::make_tuple(std::initializer_list<Value> items) {
  return make_tuple(std::span<const Value>(items.begin(), items.size()));
}

Ref<Tuple> Runtime::make_tuple(std::span<const Value> items) {
  Ref<Tuple> tuple = make<Tuple>(static_cast<int64_t>(items.size()));
  std::copy(items.begin(), items.end(), tuple->begin());
  return tuple;
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
  containers_.add(type.get());
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

void Runtime::add_module(const ModuleSpec& spec) { modules_->add(spec); }

void Runtime::add_source_module(const char* name, std::string_view source) {
  modules_->add_source(name, source);
}

Runtime::Printing::Printing(Runtime& rt, const Value& v) : rt_(rt), again_(false), nesting_(rt) {
  const Object* object = v.is_object() ? v.as_object() : nullptr;
  for (const Object* open : rt.printing_) again_ = again_ || open == object;
  rt.printing_.push_back(object);
}

Runtime::Printing::~Printing() { rt_.printing_.pop_back(); }

}  // namespace gradpad::lang
