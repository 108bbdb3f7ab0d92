// collections.defaultdict, and the module _collections.
#include "lang/builtins/dict_type.h"
#include "lang/builtins/modules/collections.h"
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/struct_sequence.h"
#include "lang/builtins/support.h"

namespace gradpad::lang {

namespace {

class DefaultDict : public Dict {
 public:
  void visit(ReferenceVisitor& visitor) override {
    Dict::visit(visitor);
    factory.visit(visitor);
  }
  void clear_references() noexcept override {
    Dict::clear_references();
    factory.clear();
  }
  Value factory = Value::none();
};

DefaultDict& self_of(const Value& v) { return *v.as<DefaultDict>(); }

Value defaultdict_make(Runtime& rt, Type* cls, const Arguments&) {
  return rt.make_of<DefaultDict>(cls);
}

void defaultdict_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  Arguments rest = arguments;
  if (arguments.positional > 0) {
    const Value& factory = arguments.values[0];
    if (!factory.is_none() && !rt.is_callable(factory)) {
      fail_type({"first argument must be callable or None"});
    }
    self_of(self).factory = factory;
    ++rest.values;
    --rest.positional;
  }
  rt.types.dict->slots.init(rt, self, rest);
}

Value defaultdict_repr(Runtime& rt, const Value& self) {
  const Runtime::Printing printing(rt, self);
  const Value factory = self_of(self).factory;
  std::string text = text_of({rt.type_name(self), "("});
  text += printing.again() ? "..." : rt.repr(factory)->text();
  text += ", ";
  // The dict part prints itself; as it is the same object, it would think itself printed already.
  Ref<Dict> copy = rt.make_dict();
  if (!printing.again()) update_dict(rt, *copy, self);
  text += rt.repr(copy)->view();
  return rt.make_str(text + ")");
}

Value defaultdict_missing(Runtime& rt, Value* a) {
  const Value factory = self_of(a[0]).factory;
  if (factory.is_none() || factory.is_unbound()) rt.raise_value(rt.types.key_error, a[1]);
  Value value = rt.call(factory);
  rt.set_item(a[0], a[1], value);
  return value;
}

Value defaultdict_copy(Runtime& rt, Value* a) {
  return rt.call(Value(rt.type_of(a[0])), {self_of(a[0]).factory, a[0]});
}

Value get_factory(Runtime&, const Value& self) { return self_of(self).factory; }
void set_factory(Runtime&, const Value& self, const Value& v) { self_of(self).factory = v; }

constexpr Method kMethods[] = {
    {"__missing__", "self, key, /", defaultdict_missing},
    {"copy", "self, /", defaultdict_copy, "D.copy() -> a shallow copy of D."},
    {"__copy__", "self, /", defaultdict_copy},
};
constexpr Getter kGetters[] = {{"default_factory", get_factory, set_factory}};

Value tuple_field(Runtime& rt, Value* a) {
  return make_tuple_field(rt, rt.intern(rt.to_str(a[0], "name")), rt.to_index(a[1]));
}

constexpr Method kFunctions[] = {{"_tuplefield", "name, index, /", tuple_field}};

void init_collections(Runtime& rt, Module& module) {
  module.set(rt.intern("deque").get(), Value(make_deque_type(rt)));
  module.set(rt.intern("defaultdict").get(), Value(make_defaultdict_type(rt)));
}

}  // namespace

Ref<Type> make_defaultdict_type(Runtime& rt) {
  TypeSpec spec;
  spec.slots.make = defaultdict_make;
  spec.slots.init = defaultdict_init;
  spec.slots.repr = defaultdict_repr;
  spec.methods = kMethods;
  spec.getters = kGetters;
  spec.doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory";
  const Ref<Type> type = rt.make_type("defaultdict", rt.types.dict, spec, "collections");
  type->can_inherit = true;
  return type;
}

const ModuleSpec kCollectionsModule = {"_collections", kFunctions, init_collections};

}  // namespace gradpad::lang
