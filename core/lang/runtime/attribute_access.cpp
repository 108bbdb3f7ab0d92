// Reading, setting and deleting attributes, and binding what classes hold to their instances.
#include <algorithm>

#include "lang/runtime/attribute_access.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

namespace {

bool is_data_descriptor(Runtime& rt, const Value& v) {
  if (!v.is_object()) return false;
  if (v.as_object()->kind() == Kind::Property) return true;
  return rt.type_of(v)->slots.descr_set != nullptr;
}

Value get_property(Runtime& rt, const Property& property, const Value& self) {
  if (property.native) return property.native->get(rt, self);
  if (property.get.is_unbound() || property.get.is_none()) {
    const std::string name = property.name ? " '" + property.name->text() + "'" : "";
    rt.raise(rt.types.attribute_error,
             "property" + name + " of '" + rt.type_name(self) + "' object has no getter");
  }
  return rt.call(property.get, {self});
}

void set_property(Runtime& rt, const Property& property, const Value& self, Str* name,
                  const Value& value) {
  if (property.native) {
    if (!property.native->set || value.is_unbound()) {
      rt.raise(rt.types.attribute_error, concat("attribute '", name->view(), "' of '",
                                                rt.type_name(self), "' objects is not writable"));
    }
    property.native->set(rt, self, value);
    return;
  }
  const Value& function = value.is_bound() ? property.set : property.del;
  if (function.is_unbound() || function.is_none()) {
    rt.raise(rt.types.attribute_error,
             concat("property '", name->view(), "' of '", rt.type_name(self), "' object has no ",
                    value.is_bound() ? "setter" : "deleter"));
  }
  if (value.is_bound()) {
    rt.call(function, {self, value});
  } else {
    rt.call(function, {self});
  }
}

}  // namespace

Value bind(Runtime& rt, const Value& found, const Value& self, Type* owner) {
  if (!found.is_object()) return found;
  if (found.is<ClassMethod>()) {
    // Classmethods of classmethods stand in each other, as deep as a program likes.
    const Value* function = &found.as<ClassMethod>()->function;
    while (function->is<ClassMethod>()) function = &function->as<ClassMethod>()->function;
    return bind(rt, *function, Value(owner), owner);
  }
  switch (found.as_object()->kind()) {
    case Kind::Function:
      if (self.is_unbound()) return found;
      return rt.make<BoundMethod>(self, found);
    case Kind::NativeFunction:
      if (self.is_unbound() || !found.as<NativeFunction>()->owner) return found;
      return rt.make<BoundMethod>(self, found);
    case Kind::Property:
      if (self.is_unbound()) return found;
      return get_property(rt, *found.as<Property>(), self);
    case Kind::StaticMethod:
      return found.as<StaticMethod>()->function;
    default:
      break;
  }
  const auto get = rt.type_of(found)->slots.descr_get;
  if (!get) return found;
  const Value held = found;
  return get(rt, held, self, owner);
}

Value Runtime::find_plain_attr(const Value& v, Str* name) {
  Type* type = type_of(v);
  const Value* found = type->lookup(name);
  if (found && is_data_descriptor(*this, *found)) return bind(*this, *found, v, type);
  if (v.is_object()) {
    if (Attributes* attributes = v.as_object()->attributes()) {
      if (const Value* own = attributes->find(*this, name)) return *own;
    }
  } else if (v.is_tensor() && tensor_attribute_) {
    if (const Value* own = tensor_attribute_(*this, v, name)) return *own;
  }
  return found ? bind(*this, *found, v, type) : Value();
}

Value Runtime::find_attr(const Value& v, Str* name) {
  const auto get = type_of(v)->slots.get_attr;
  try {
    return !get || get == object_get_attr ? find_plain_attr(v, name) : get(*this, v, name);
  } catch (...) {
    // A property that raises AttributeError counts as absent.
    const Ref<Exception> exception = translate_current_exception();
    if (exception->uncatchable || !exception->type()->is_subtype_of(types.attribute_error)) {
      raise(exception);
    }
    return {};
  }
}

Value Runtime::get_attr(const Value& v, Str* name) {
  const auto get = type_of(v)->slots.get_attr;
  return get ? get(*this, v, name) : object_get_attr(*this, v, name);
}

Value object_get_attr(Runtime& rt, const Value& self, Str* name) {
  Value value = rt.find_plain_attr(self, name);
  if (value.is_unbound()) rt.raise_no_attribute(self, name);
  return value;
}

Value Runtime::find_special(const Value& v, Str* name) {
  Type* type = type_of(v);
  const Value* found = type->lookup(name);
  return found ? bind(*this, *found, v, type) : Value();
}

void Runtime::raise_no_attribute(const Value& v, Str* name) {
  std::string text;
  if (const Module* module = v.to<Module>()) {
    text = concat("module '", module->name->view(), "' has no attribute '", name->view(), "'");
  } else if (const Type* type = v.to<Type>()) {
    text = concat("type object '", type->name(), "' has no attribute '", name->view(), "'");
  } else if (const Super* super = v.to<Super>()) {
    (void)super;
    text = concat("'super' object has no attribute '", name->view(), "'");
  } else {
    text = concat("'", type_name(v), "' object has no attribute '", name->view(), "'");
  }
  const Ref<Exception> exception = make_exception(types.attribute_error, std::move(text));
  // What the traceback needs for "Did you mean".
  exception->attrs.set(*this, exception->type(), names.name_attr.get(), Value(name));
  exception->attrs.set(*this, exception->type(), names.obj.get(), v);
  raise(exception);
}

void object_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value) {
  Type* type = rt.type_of(self);
  if (const Value* found = type->lookup(name)) {
    const Value held = *found;
    if (const Property* property = held.to<Property>()) {
      set_property(rt, *property, self, name, value);
      return;
    }
    if (const auto set = rt.type_of(held)->slots.descr_set) {
      set(rt, held, self, value);
      return;
    }
  }
  Attributes* attributes = self.is_object() ? self.as_object()->attributes() : nullptr;
  if (!attributes || !type->allows_attribute(name)) {
    if (type->lookup(name)) {
      rt.raise(rt.types.attribute_error,
               concat("'", type->name(), "' object attribute '", name->view(), "' is read-only"));
    }
    rt.raise_no_attribute(self, name);
  }
  if (value.is_bound()) {
    attributes->set(rt, type, name, value);
  } else if (!attributes->erase(rt, type, name)) {
    rt.raise_no_attribute(self, name);
  }
}

void object_del_attr(Runtime& rt, const Value& self, Str* name) {
  object_set_attr(rt, self, name, Value());
}

void Runtime::set_attr(const Value& v, Str* name, const Value& value) {
  const auto set = type_of(v)->slots.set_attr;
  set ? set(*this, v, name, value) : object_set_attr(*this, v, name, value);
}

void Runtime::del_attr(const Value& v, Str* name) {
  const auto del = type_of(v)->slots.del_attr;
  del ? del(*this, v, name) : object_del_attr(*this, v, name);
}

Value type_get_attr(Runtime& rt, const Value& self, Str* name) {
  Type* cls = self.as<Type>();
  Type* meta = rt.type_of(self);
  const Value* above = meta->lookup(name);
  // Properties of `type` itself (__name__, __mro__) come first, as data descriptors do.
  if (above && is_data_descriptor(rt, *above)) return bind(rt, *above, self, meta);
  if (const Value* found = cls->lookup(name)) return bind(rt, *found, Value(), cls);
  if (above) return bind(rt, *above, self, meta);
  rt.raise_no_attribute(self, name);
}

void type_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value) {
  Type* cls = self.as<Type>();
  if (!cls->is_user) {
    fail(ErrorKind::Type, "cannot set '", name->view(), "' attribute of immutable type '",
         cls->name(), "'");
  }
  if (const Value* above = rt.type_of(self)->lookup(name)) {
    if (const Property* property = above->to<Property>()) {
      set_property(rt, *property, self, name, value);
      return;
    }
  }
  if (value.is_bound()) {
    cls->set_own(rt, name, value);
  } else if (!cls->erase_own(rt, name)) {
    rt.raise_no_attribute(self, name);
  }
}

void type_del_attr(Runtime& rt, const Value& self, Str* name) {
  type_set_attr(rt, self, name, Value());
}

Value super_get_attr(Runtime& rt, const Value& self, Str* name) {
  const Super& super = *self.as<Super>();
  const std::vector<Type*>& order = super.owner->mro();
  auto at = std::ranges::find(order, super.start.get());
  if (at != order.end()) ++at;
  const bool on_class = super.self.is<Type>() && super.self.as<Type>() == super.owner.get();
  if (name != rt.names.class_.get()) {
    for (; at != order.end(); ++at) {
      const Value* found = (*at)->own().find(name);
      if (!found) continue;
      // In a classmethod, and for the class itself, functions stay unbound.
      return bind(rt, *found, on_class ? Value() : super.self, super.owner.get());
    }
  }
  return object_get_attr(rt, self, name);
}

Value module_get_attr(Runtime& rt, const Value& self, Str* name) {
  Module* module = self.as<Module>();
  if (const Value* found = module->find(name)) return *found;
  Value value = rt.find_plain_attr(self, name);
  if (value.is_bound()) return value;
  // PEP 562.
  if (const Value* fallback = module->find(rt.names.getattr.get())) {
    const Value function = *fallback;
    return rt.call(function, {Value(name)});
  }
  rt.raise_no_attribute(self, name);
}

void module_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value) {
  Module* module = self.as<Module>();
  if (value.is_bound()) {
    module->set(name, value);
  } else if (!module->erase(name)) {
    rt.raise_no_attribute(self, name);
  }
}

void module_del_attr(Runtime& rt, const Value& self, Str* name) {
  module_set_attr(rt, self, name, Value());
}

}  // namespace gradpad::lang
