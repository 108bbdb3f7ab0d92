// type: what classes themselves can be asked, and the making of a class.
#include "lang/runtime/class_type.h"

#include <algorithm>

#include "lang/runtime/attribute_access.h"
#include "lang/runtime/object_type.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

namespace {

Type& self_type(const Value& v) { return *v.as<Type>(); }

Value type_repr(Runtime& rt, const Value& self) {
  return rt.make_str("<class '" + full_name(self_type(self)) + "'>");
}

Value type_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return call_type(rt, self.as<Type>(), arguments);
}

Value type_make(Runtime& rt, Type*, const Arguments& arguments) {
  const Value* a = arguments.values;
  if (arguments.positional == 1 && arguments.named == 0) return Value(rt.type_of(a[0]));
  if (arguments.positional != 3) fail(ErrorKind::Type, "type() takes 1 or 3 arguments");
  const Tuple* bases = a[1].to<Tuple>();
  Dict* ns = a[2].to<Dict>();
  if (!bases || !ns) fail(ErrorKind::Type, "type() needs a name, a tuple of bases and a dict");
  Arguments keywords = arguments;
  keywords.values += 3;
  keywords.positional = 0;
  const Ref<Str> name(rt.to_str(a[0], "type name"));
  return make_class(rt, name, std::span<const Value>(bases->begin(), bases->end()), *ns, keywords,
                    nullptr);
}

Value get_name(Runtime& rt, const Value& self) { return rt.make_str(self_type(self).name()); }
void set_name(Runtime& rt, const Value& self, const Value& v) {
  self_type(self).rename(rt.to_str(v, "__name__")->text());
}
Value get_qualname(Runtime& rt, const Value& self) { return rt.make_str(self_type(self).qualname); }
void set_qualname(Runtime& rt, const Value& self, const Value& v) {
  self_type(self).qualname = rt.to_str(v, "__qualname__")->text();
}
Value get_module(Runtime& rt, const Value& self) {
  if (const Value* own = self_type(self).own().find(rt.names.module.get()); own && own->is<Str>()) {
    return *own;
  }
  return rt.make_str(self_type(self).module);
}
void set_module(Runtime& rt, const Value& self, const Value& v) {
  self_type(self).module = rt.to_str(v, "__module__")->text();
}
Value get_mro(Runtime& rt, const Value& self) {
  Values order;
  for (Type* type : self_type(self).mro()) order.emplace_back(type);
  return rt.make_tuple(std::span<const Value>(order));
}
Value get_bases(Runtime& rt, const Value& self) {
  Values bases;
  for (const Ref<Type>& type : self_type(self).bases()) bases.emplace_back(type);
  return rt.make_tuple(std::span<const Value>(bases));
}
Value get_base(Runtime&, const Value& self) {
  Type* base = self_type(self).base();
  return base ? Value(base) : Value::none();
}
Value get_type_dict(Runtime& rt, const Value& self) {
  Ref<Dict> dict = rt.make_dict();
  for (const auto& item : self_type(self).own().items()) {
    if (item.value.is_bound()) dict->set(rt, Value(item.name), item.value);
  }
  return dict;
}
Value get_type_doc(Runtime& rt, const Value& self) {
  Type& type = self_type(self);
  if (const Value* own = type.own().find(rt.names.doc.get()); own && !own->is<Property>()) {
    return *own;
  }
  return type.doc.empty() ? Value::none() : Value(rt.make_str(type.doc));
}
void set_type_doc(Runtime& rt, const Value& self, const Value& v) {
  self_type(self).set_own(rt, rt.names.doc.get(), v);
}

Value type_mro(Runtime& rt, Value* a) { return rt.make_list(rt.to_values(get_mro(rt, a[0]))); }

Value type_subclasses(Runtime& rt, Value* a) {
  Values out;
  for (Type* type : self_type(a[0]).subtypes()) out.emplace_back(type);
  return rt.make_list(std::move(out));
}

Value type_dir(Runtime& rt, Value* a) {
  Ref<Set> seen = rt.make_set();
  Values values;
  for (Type* type : self_type(a[0]).mro()) {
    for (const auto& item : type->own().items()) {
      if (item.value.is_bound() && seen->add(rt, Value(item.name))) values.emplace_back(item.name);
    }
  }
  std::ranges::sort(values, [](const Value& x, const Value& y) {
    return x.as<Str>()->view() < y.as<Str>()->view();
  });
  return rt.make_list(std::move(values));
}

constexpr Method kTypeMethods[] = {
    {"mro", "self, /", type_mro, "Return a type's method resolution order."},
    {"__subclasses__", "self, /", type_subclasses, "Return a list of immediate subclasses."},
    {"__dir__", "self, /", type_dir, "Specialized __dir__ implementation for types."},
};
constexpr Getter kTypeGetters[] = {
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {"__module__", get_module, set_module},
    {"__mro__", get_mro},
    {"__bases__", get_bases},
    {"__base__", get_base},
    {"__dict__", get_type_dict},
    {"__doc__", get_type_doc, set_type_doc},
};

/// The built-in class whose C++ class instances have.
Type* layout_of(Type* type) {
  for (Type* t : type->mro()) {
    if (!t->is_user) return t;
  }
  return type;
}

std::vector<Ref<Type>> checked_bases(Runtime& rt, std::span<const Value> bases) {
  std::vector<Ref<Type>> types;
  Type* layout = rt.types.object;
  for (const Value& base : bases) {
    Type* type = base.to<Type>();
    if (!type) {
      fail(ErrorKind::Type, "bases must be types, not '", rt.type_name(base), "' objects");
    }
    if (!type->is_user && !type->can_inherit) {
      fail(ErrorKind::Type, "type '", full_name(*type), "' is not an acceptable base type");
    }
    for (const Ref<Type>& earlier : types) {
      if (earlier.get() == type) fail(ErrorKind::Type, "duplicate base class ", type->name());
    }
    Type* own = layout_of(type);
    if (own->is_subtype_of(layout)) {
      layout = own;
    } else if (!layout->is_subtype_of(own)) {
      fail(ErrorKind::Type, "multiple bases have instance lay-out conflict");
    }
    types.emplace_back(type);
  }
  if (types.empty()) types.emplace_back(rt.types.object);
  return types;
}

void read_slot_names(Runtime& rt, Type& type, const Value& names) {
  const auto add = [&](const Value& name) {
    Str* text = rt.to_str(name, "__slots__ items");
    type.slot_names.push_back(rt.intern(text));
  };
  if (names.is<Str>()) {
    add(names);
  } else {
    rt.for_each(names, [&](Value& name) {
      add(name);
      return true;
    });
  }
  type.restricted = std::ranges::all_of(type.bases(), [&](const Ref<Type>& base) {
    return base.get() == rt.types.object || base->restricted;
  });
}

bool is_abstract(Runtime& rt, const Value& v) {
  const Value* of = &v;
  if (const auto* p = v.to<Property>()) of = &p->get;
  if (const auto* m = v.to<StaticMethod>()) of = &m->function;
  if (const auto* m = v.to<ClassMethod>()) of = &m->function;
  Function* function = of->to<Function>();
  if (!function) return false;
  const Value* flag = function->attrs.find(rt, rt.names.isabstractmethod.get());
  return flag && rt.truth(*flag);
}

void find_abstract_methods(Runtime& rt, Type& type) {
  for (Type* t : type.mro()) {
    for (const auto& item : t->own().items()) {
      if (item.value.is_unbound() || !is_abstract(rt, item.value)) continue;
      const Value* now = type.lookup(item.name.get());
      if (now && is_abstract(rt, *now)) type.abstract_methods.push_back(item.name->text());
    }
  }
  std::ranges::sort(type.abstract_methods);
  const auto repeated = std::ranges::unique(type.abstract_methods);
  type.abstract_methods.erase(repeated.begin(), repeated.end());
}

}  // namespace

Value make_class(Runtime& rt, const Ref<Str>& name, std::span<const Value> bases, Dict& ns,
                 const Arguments& keywords, Module* module) {
  bool abstract = false;
  Values subclass_values;
  std::vector<Str*> subclass_names;
  for (uint32_t i = 0; i < keywords.named; ++i) {
    const Value& value = keywords.values[keywords.positional + i];
    if (keywords.names[i] != rt.names.metaclass.get()) {
      subclass_names.push_back(keywords.names[i]);
      subclass_values.push_back(value);
    } else if (value.is<Type>() && value.as<Type>()->name() == "ABCMeta") {
      abstract = true;
    } else if (!value.is<Type>() || value.as<Type>() != rt.types.type) {
      rt.raise(rt.types.not_implemented_error, "Gradpad has no metaclasses other than type");
    }
  }
  Ref<Type> type(new Type(name->text()));
  type->set_type(rt.types.type);
  rt.adopt(type.get());
  type->is_user = true;
  if (module) type->module = module->name->text();
  std::vector<Ref<Type>> base_types = checked_bases(rt, bases);
  for (const Ref<Type>& base : base_types) abstract = abstract || base->is_abstract;
  type->is_abstract = abstract;

  Ref<Cell> cell;
  bool has_eq = false;
  bool has_hash = false;
  int64_t at = 0;
  while (Dict::Entry* entry = ns.next(at)) {
    Ref<Str> key = rt.intern(rt.to_str(entry->key, "names in a class"));
    Value value = entry->value;
    if (key == rt.names.classcell) {
      cell = Ref<Cell>(value.to<Cell>());
      continue;
    }
    if (key == rt.names.qualname) {
      type->qualname = rt.to_str(value, "__qualname__")->text();
      continue;
    }
    if (key == rt.names.module) type->module = rt.to_str(value, "__module__")->text();
    has_eq = has_eq || key == rt.names.eq;
    has_hash = has_hash || key == rt.names.hash;
    if (value.is<Function>()) {
      if (key == rt.names.new_) value = rt.make<StaticMethod>(value);
      if (key == rt.names.init_subclass || key == rt.names.class_getitem) {
        value = rt.make<ClassMethod>(value);
      }
    }
    type->own().set(key.get(), std::move(value));
  }
  if (has_eq && !has_hash) type->own().set(rt.names.hash.get(), Value::none());
  type->set_bases(rt, std::move(base_types));
  if (const Value* slots = type->own().find(rt.names.slots.get())) {
    read_slot_names(rt, *type, Value(*slots));
  }
  if (abstract) find_abstract_methods(rt, *type);
  if (cell) cell->value = type;

  for (const auto& item : std::vector(type->own().items())) {
    if (item.value.is_unbound() || !item.value.is_object()) continue;
    if (!rt.type_of(item.value)->lookup(rt.names.set_name.get())) continue;
    call_special(rt, item.value, rt.names.set_name.get(), {Value(type), Value(item.name)});
  }
  const Ref<Super> above = rt.make<Super>(type, Value(type), type);
  const Value hook = rt.get_attr(above, rt.names.init_subclass.get());
  Arguments call;
  call.values = subclass_values.data();
  call.named = static_cast<uint32_t>(subclass_names.size());
  call.names = subclass_names.data();
  rt.call(hook, call);
  return type;
}

void define_class_type(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = type_repr;
  spec.slots.call = type_call;
  spec.slots.make = type_make;
  spec.slots.get_attr = type_get_attr;
  spec.slots.set_attr = type_set_attr;
  spec.slots.del_attr = type_del_attr;
  spec.methods = kTypeMethods;
  spec.getters = kTypeGetters;
  rt.define(rt.types.type, spec);
}

}  // namespace gradpad::lang
