// object, and calling a class.
#include "lang/runtime/object_type.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "lang/runtime/attribute_access.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

std::string address_text(const Object* object) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%" PRIxPTR, reinterpret_cast<uintptr_t>(object));
  return text;
}

std::string full_name(const Type& type) {
  return type.module == "builtins" ? type.qualname : type.module + "." + type.qualname;
}

namespace {

Value object_repr(Runtime& rt, const Value& self) {
  return rt.make_str("<" + full_name(*rt.type_of(self)) + " object at " +
                     address_text(self.as_object()) + ">");
}

Value object_str(Runtime& rt, const Value& self) { return rt.repr(self); }

Value object_format(Runtime& rt, const Value& self, const Value& spec) {
  if (!rt.to_str(spec, "format spec")->empty()) {
    fail(ErrorKind::Type, "unsupported format string passed to ", rt.type_name(self),
         ".__format__");
  }
  return rt.str(self);
}

int64_t object_hash(Runtime&, const Value& self) {
  const auto address = reinterpret_cast<uintptr_t>(self.as_reference());
  return static_cast<int64_t>(address >> 4);
}

Value object_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if (op == CompareOp::Eq && self.same(other)) return Value(true);
  if (op == CompareOp::Ne) {
    // != is the opposite of == unless a class says otherwise.
    const Value equal = rt.type_of(self)->slots.compare(rt, CompareOp::Eq, self, other);
    if (!equal.same(rt.not_implemented())) return Value(!rt.truth(equal));
  }
  return rt.not_implemented();
}

Value object_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const auto init = cls->slots.init;
  const bool own_init = init && init != rt.types.object->slots.init;
  const bool own_make = cls->slots.make != rt.types.object->slots.make;
  if (arguments.positional + arguments.named > 0) {
    if (own_make) {
      fail(ErrorKind::Type,
           "object.__new__() takes exactly one argument (the type to instantiate)");
    }
    if (!own_init) fail(ErrorKind::Type, cls->name(), "() takes no arguments");
  }
  if (!cls->abstract_methods.empty()) {
    std::string names;
    for (const std::string& name : cls->abstract_methods)
      names += (names.empty() ? "" : ", ") + name;
    fail(ErrorKind::Type, "Can't instantiate abstract class ", cls->name(), " with abstract method",
         cls->abstract_methods.size() == 1 ? " " : "s ", names);
  }
  return rt.make_of<Instance>(cls);
}

void object_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  if (arguments.positional + arguments.named == 0) return;
  const Type* type = rt.type_of(self);
  if (type->slots.init != object_init) {
    fail(ErrorKind::Type,
         "object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (type->slots.make == object_make) fail(ErrorKind::Type, type->name(), "() takes no arguments");
}

Value get_class(Runtime& rt, const Value& self) { return Value(rt.type_of(self)); }

void set_class(Runtime& rt, const Value& self, const Value& value) {
  Type* cls = value.to<Type>();
  if (!cls) {
    fail(ErrorKind::Type, "__class__ must be set to a class, not '", rt.type_name(value),
         "' object");
  }
  if (!self.is<Instance>() || !cls->is_user || cls->slots.make != rt.type_of(self)->slots.make) {
    fail(ErrorKind::Type, "__class__ assignment only supported for objects of compatible classes");
  }
  Instance* instance = self.as<Instance>();
  // Shapes belong to a class: the attributes are set anew.
  std::vector<std::pair<Ref<Str>, Value>> kept;
  if (!instance->attrs.has_dict()) {
    for (const Ref<Str>& name : instance->attrs.names()) {
      kept.emplace_back(name, *instance->attrs.find(rt, name.get()));
    }
    instance->attrs.clear();
  }
  instance->set_type(cls);
  for (auto& [name, v] : kept) instance->attrs.set(rt, cls, name.get(), v);
}

Value get_dict(Runtime& rt, const Value& self) {
  Attributes* attributes = self.is_object() ? self.as_object()->attributes() : nullptr;
  if (!attributes || rt.type_of(self)->restricted) rt.raise_no_attribute(self, rt.names.dict.get());
  return attributes->dict(rt);
}

void set_dict(Runtime& rt, const Value& self, const Value& value) {
  Attributes* attributes = self.is_object() ? self.as_object()->attributes() : nullptr;
  if (!attributes) rt.raise_no_attribute(self, rt.names.dict.get());
  Dict* dict = value.to<Dict>();
  if (!dict) {
    fail(ErrorKind::Type, "__dict__ must be set to a dictionary, not a '", rt.type_name(value),
         "'");
  }
  attributes->set_dict(Ref<Dict>(dict));
}

Value get_doc(Runtime& rt, const Value& self) {
  if (Attributes* own = self.is_object() ? self.as_object()->attributes() : nullptr) {
    if (const Value* doc = own->find(rt, rt.names.doc.get())) return *doc;
  }
  for (Type* type : rt.type_of(self)->mro()) {
    if (const Value* doc = type->own().find(rt.names.doc.get()); doc && !doc->is<Property>()) {
      return *doc;
    }
    if (!type->doc.empty() && type != rt.types.object) return rt.make_str(type->doc);
    if (type->is_user) return Value::none();
  }
  return Value::none();
}

void set_doc(Runtime& rt, const Value& self, const Value& value) {
  Attributes* own = self.is_object() ? self.as_object()->attributes() : nullptr;
  if (!own) rt.raise_no_attribute(self, rt.names.doc.get());
  own->set(rt, rt.type_of(self), rt.names.doc.get(), value);
}

Value object_dir(Runtime& rt, Value* a) {
  Ref<Set> names = rt.make_set();
  for (Type* type : rt.type_of(a[0])->mro()) {
    for (const auto& item : type->own().items()) {
      if (item.value.is_bound()) names->add(rt, Value(item.name));
    }
  }
  if (Attributes* own = a[0].is_object() ? a[0].as_object()->attributes() : nullptr) {
    for (const Ref<Str>& name : own->names()) names->add(rt, Value(name));
  }
  Values values;
  int64_t at = 0;
  while (Set::Entry* entry = names->next(at)) values.push_back(entry->key);
  std::ranges::sort(values, [](const Value& x, const Value& y) {
    return x.as<Str>()->view() < y.as<Str>()->view();
  });
  return rt.make_list(std::move(values));
}

Value object_init_subclass(Runtime&, Value*) { return Value::none(); }

constexpr Method kObjectMethods[] = {
    {"__dir__", "self, /", object_dir, "Default dir() implementation."},
    {"__init_subclass__", "cls", object_init_subclass,
     "This method is called when a class is subclassed.", MethodKind::Class},
};
constexpr Getter kObjectGetters[] = {
    {"__class__", get_class, set_class},
    {"__dict__", get_dict, set_dict},
    {"__doc__", get_doc, set_doc},
};

}  // namespace

int64_t unhashable(Runtime& rt, const Value& self) {
  fail(ErrorKind::Type, "unhashable type: '", rt.type_name(self), "'");
}

Value call_type(Runtime& rt, Type* cls, const Arguments& arguments) {
  if (!cls->slots.make) {
    fail(ErrorKind::Type, "cannot create '", full_name(*cls), "' instances");
  }
  Value object = cls->slots.make(rt, cls, arguments);
  const auto init = rt.type_of(object)->slots.init;
  if (init && cls != rt.types.type && rt.is_instance(object, cls)) init(rt, object, arguments);
  return object;
}

void define_object_type(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = object_repr;
  spec.slots.str = object_str;
  spec.slots.format = object_format;
  spec.slots.hash = object_hash;
  spec.slots.compare = object_compare;
  spec.slots.get_attr = object_get_attr;
  spec.slots.set_attr = object_set_attr;
  spec.slots.del_attr = object_del_attr;
  spec.slots.make = object_make;
  spec.slots.init = object_init;
  spec.methods = kObjectMethods;
  spec.getters = kObjectGetters;
  spec.doc = "The base class of the class hierarchy.";
  rt.define(rt.types.object, spec);
}

}  // namespace gradpad::lang
