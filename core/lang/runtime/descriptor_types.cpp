// property, staticmethod, classmethod, super and modules as objects.
#include "lang/runtime/descriptor_types.h"

#include <algorithm>

#include "lang/objects/code.h"
#include "lang/runtime/attribute_access.h"
#include "lang/runtime/native_call.h"

namespace gradpad::lang {

namespace {

Property& property_of(const Value& v) { return *v.as<Property>(); }

Value function_doc(Runtime& rt, const Value& function) {
  return function.is<Function>() ? rt.get_attr(function, rt.names.doc.get()) : Value::none();
}

Value property_new(Runtime& rt, Value* a) {
  Ref<Property> property = rt.make<Property>();
  property->get = a[1];
  property->set = a[2];
  property->del = a[3];
  property->doc = a[4].is_none() && !a[1].is_none() ? function_doc(rt, a[1]) : a[4];
  if (const Function* getter = a[1].to<Function>()) property->name = getter->name;
  return property;
}

constexpr Method kPropertyNew = {"property", "cls, fget=None, fset=None, fdel=None, doc=None",
                                 property_new};

template <const Method& Declaration>
Value make_by(Runtime& rt, Type* cls, const Arguments& arguments) {
  const Ref<NativeFunction> function = rt.make_native(Declaration);
  Values values;
  values.emplace_back(cls);
  values.insert(values.end(), arguments.values,
                arguments.values + arguments.positional + arguments.named);
  Arguments with_class = arguments;
  with_class.values = values.data();
  ++with_class.positional;
  return call_native(rt, *function, with_class);
}

Value copy_property(Runtime& rt, const Property& from) {
  Ref<Property> property = rt.make<Property>();
  property->get = from.get;
  property->set = from.set;
  property->del = from.del;
  property->doc = from.doc;
  property->name = from.name;
  return property;
}
Value property_getter(Runtime& rt, Value* a) {
  Value out = copy_property(rt, property_of(a[0]));
  property_of(out).get = a[1];
  return out;
}
Value property_setter(Runtime& rt, Value* a) {
  Value out = copy_property(rt, property_of(a[0]));
  property_of(out).set = a[1];
  return out;
}
Value property_deleter(Runtime& rt, Value* a) {
  Value out = copy_property(rt, property_of(a[0]));
  property_of(out).del = a[1];
  return out;
}
Value or_none(const Value& v) { return v.is_bound() ? v : Value::none(); }
Value property_fget(Runtime&, const Value& self) { return or_none(property_of(self).get); }
Value property_fset(Runtime&, const Value& self) { return or_none(property_of(self).set); }
Value property_fdel(Runtime&, const Value& self) { return or_none(property_of(self).del); }
Value property_doc(Runtime&, const Value& self) { return property_of(self).doc; }
Value property_get(Runtime& rt, const Value& self, const Value& instance, Type* owner) {
  return bind(rt, self, instance, owner);
}
constexpr Method kPropertyMethods[] = {
    {"getter", "self, fget, /", property_getter,
     "Descriptor to obtain a copy with another getter."},
    {"setter", "self, fset, /", property_setter,
     "Descriptor to obtain a copy with another setter."},
    {"deleter", "self, fdel, /", property_deleter,
     "Descriptor to obtain a copy with another deleter."},
};
constexpr Getter kPropertyGetters[] = {{"fget", property_fget},
                                       {"fset", property_fset},
                                       {"fdel", property_fdel},
                                       {"__doc__", property_doc}};

Value static_new(Runtime& rt, Value* a) { return rt.make<StaticMethod>(a[1]); }
constexpr Method kStaticNew = {"staticmethod", "cls, function, /", static_new};
Value static_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return rt.call(self.as<StaticMethod>()->function, arguments);
}
Value static_function(Runtime&, const Value& self) { return self.as<StaticMethod>()->function; }
constexpr Getter kStaticGetters[] = {{"__func__", static_function},
                                     {"__wrapped__", static_function}};

Value class_new(Runtime& rt, Value* a) { return rt.make<ClassMethod>(a[1]); }
constexpr Method kClassNew = {"classmethod", "cls, function, /", class_new};
Value class_function(Runtime&, const Value& self) { return self.as<ClassMethod>()->function; }
constexpr Getter kClassGetters[] = {{"__func__", class_function}, {"__wrapped__", class_function}};

Value super_new(Runtime& rt, Value* a) {
  if (a[1].is_unbound()) rt.raise(rt.types.runtime_error, "super(): no arguments");
  Type* start = a[1].to<Type>();
  if (!start) {
    fail(ErrorKind::Type, "super() argument 1 must be a type, not ", rt.type_name(a[1]));
  }
  if (a[2].is_unbound()) {
    rt.raise(rt.types.not_implemented_error,
             "super() needs an object or a class as second argument");
  }
  if (Type* cls = a[2].to<Type>(); cls && cls->is_subtype_of(start)) {
    return rt.make<Super>(Ref<Type>(start), a[2], Ref<Type>(cls));
  }
  Type* type = rt.type_of(a[2]);
  if (!type->is_subtype_of(start)) {
    fail(ErrorKind::Type, "super(type, obj): obj must be an instance or subtype of type");
  }
  return rt.make<Super>(Ref<Type>(start), a[2], Ref<Type>(type));
}
constexpr Method kSuperNew = {"super", "cls, type=?, object=?, /", super_new};
Value super_repr(Runtime& rt, const Value& self) {
  const Super& super = *self.as<Super>();
  return rt.make_str("<super: <class '" + super.start->name() + "'>, <" + super.owner->name() +
                     " object>>");
}

Module& module_of(const Value& v) { return *v.as<Module>(); }
Value module_repr(Runtime& rt, const Value& self) {
  const Module& module = module_of(self);
  return rt.make_str("<module '" + module.name->text() + "'" +
                     (module.file.empty() ? " (built-in)>" : " from '" + module.file + "'>"));
}
Value module_name(Runtime&, const Value& self) { return module_of(self).name; }
Value module_dict(Runtime& rt, const Value& self) {
  Ref<Dict> dict = rt.make_dict();
  for (const auto& [name, value] : module_of(self).bound()) dict->set(rt, Value(name), value);
  return dict;
}
Value module_dir(Runtime& rt, Value* a) {
  Values names;
  for (const auto& [name, value] : module_of(a[0]).bound()) names.emplace_back(name);
  std::ranges::sort(names, [](const Value& x, const Value& y) {
    return x.as<Str>()->view() < y.as<Str>()->view();
  });
  return rt.make_list(std::move(names));
}
constexpr Getter kModuleGetters[] = {{"__name__", module_name}, {"__dict__", module_dict}};
constexpr Method kModuleMethods[] = {{"__dir__", "self, /", module_dir}};

}  // namespace

void define_descriptor_types(Runtime& rt) {
  {
    TypeSpec spec;
    spec.slots.make = make_by<kPropertyNew>;
    spec.slots.descr_get = property_get;
    spec.methods = kPropertyMethods;
    spec.getters = kPropertyGetters;
    rt.define(rt.types.property, spec);
  }
  {
    TypeSpec spec;
    spec.slots.make = make_by<kStaticNew>;
    spec.slots.call = static_call;
    spec.getters = kStaticGetters;
    rt.define(rt.types.staticmethod, spec);
  }
  {
    TypeSpec spec;
    spec.slots.make = make_by<kClassNew>;
    spec.getters = kClassGetters;
    rt.define(rt.types.classmethod, spec);
  }
  {
    TypeSpec spec;
    spec.slots.make = make_by<kSuperNew>;
    spec.slots.repr = super_repr;
    spec.slots.get_attr = super_get_attr;
    rt.define(rt.types.super, spec);
  }
  {
    TypeSpec spec;
    spec.slots.repr = module_repr;
    spec.slots.get_attr = module_get_attr;
    spec.slots.set_attr = module_set_attr;
    spec.slots.del_attr = module_del_attr;
    spec.getters = kModuleGetters;
    spec.methods = kModuleMethods;
    rt.define(rt.types.module, spec);
  }
}

}  // namespace gradpad::lang
