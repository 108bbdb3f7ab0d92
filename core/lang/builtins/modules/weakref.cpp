// _weakref: references and proxies. What is made of them stands in lib/weakref.py.
#include "lang/builtins/modules/modules.h"
#include "lang/builtins/support.h"
#include "lang/objects/weak_reference.h"
#include "lang/runtime/garbage.h"
#include "lang/runtime/object_type.h"

namespace gradpad::lang {

namespace {

WeakReference& reference_of(const Value& v) { return *v.as<WeakReference>(); }

/// As CPython: numbers, texts, lists, tuples and dicts have no room for it; objects of classes of
/// the user's do, unless the class has `__slots__` without `__weakref__`.
bool can_be_referenced(Runtime& rt, const Value& v) {
  if (v.is_tensor()) return true;
  if (!v.is_object()) return false;
  const Type* type = v.as_object()->type();
  if (type->is_user) {
    if (v.is<Tuple>()) return false;
    return type->allows_attribute(rt.intern("__weakref__").get());
  }
  switch (v.as_object()->kind()) {
    case Kind::Str:
    case Kind::List:
    case Kind::Tuple:
    case Kind::Dict:
    case Kind::Range:
    case Kind::Slice:
    case Kind::Iterator:
    case Kind::Exception:
    case Kind::Cell:
    case Kind::Super:
    case Kind::Property:
      return false;
    default:
      return type != rt.types.not_implemented && type != rt.types.ellipsis;
  }
}

void check_can_be_referenced(Runtime& rt, const Value& v) {
  // Proxies of proxies would be gone through one in another, as deep as a program likes.
  if (v.is_object() && !v.as_object()->type()->is_user &&
      dynamic_cast<WeakReference*>(v.as_object())) {
    fail_type({"cannot create weak reference to 'weakref.", rt.type_name(v), "' object"});
  }
  if (can_be_referenced(rt, v)) return;
  fail_type({"cannot create weak reference to '", rt.type_name(v), "' object"});
}

/// One without callback serves everybody who asks for one.
WeakReference* find_plain(const Value& target, const Type* type) {
  WeakReference* reference = first_weak_reference(*target.as_reference());
  for (; reference; reference = reference->next()) {
    if (reference->callback.is_unbound() && reference->type() == type) return reference;
  }
  return nullptr;
}

Value make_reference(Runtime& rt, Type* type, const Value& target, const Value& callback,
                     bool is_proxy) {
  check_can_be_referenced(rt, target);
  const bool plain = callback.is_unbound() || callback.is_none();
  if (plain && !type->is_user) {
    if (WeakReference* known = find_plain(target, type)) return Value(known);
  }
  if (target.is_tensor()) rt.garbage().watch_tensor(target);
  return rt.make_of<WeakReference>(type, target, plain ? Value() : callback, is_proxy,
                                   rt.garbage());
}

Value reference_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  const uint32_t most = 2;
  const uint32_t given = arguments.positional;
  if (!cls->is_user && arguments.named > 0) fail_type({"ref() takes no keyword arguments"});
  if (given < 1) fail_type({"__new__ expected at least 1 argument, got 0"});
  if (given > most && !cls->is_user) {
    fail_type({"__new__ expected at most 2 arguments, got ", std::to_string(given)});
  }
  return make_reference(rt, cls, arguments.values[0], given > 1 ? arguments.values[1] : Value(),
                        false);
}

void reference_init(Runtime&, const Value&, const Arguments&) {}

Value reference_call(Runtime&, const Value& self, const Arguments& arguments) {
  check_positional("weakref", arguments, 0, 0);
  const Value target = reference_of(self).target();
  return target.is_bound() ? target : Value::none();
}

int64_t reference_hash(Runtime& rt, const Value& self) {
  WeakReference& reference = reference_of(self);
  if (reference.hash == -1) {
    const Value target = reference.target();
    if (target.is_unbound()) fail_type({"weak object has gone away"});
    reference.hash = rt.hash(target);
  }
  return reference.hash;
}

bool is_reference(const Value& v) {
  return v.is_object() && dynamic_cast<WeakReference*>(v.as_object()) && !reference_of(v).is_proxy;
}

Value reference_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  if ((op != CompareOp::Eq && op != CompareOp::Ne) || !is_reference(other)) {
    return rt.not_implemented();
  }
  const Value a = reference_of(self).target();
  const Value b = reference_of(other).target();
  if (a.is_unbound() || b.is_unbound()) {
    return Value(self.same(other) == (op == CompareOp::Eq));
  }
  return rt.compare(op, a, b);
}

std::string place_of(const Value& v) {
  if (v.is_object()) return address_text(v.as_object());
  return concat(static_cast<const void*>(v.as_reference()));
}

Value reference_repr(Runtime& rt, const Value& self) {
  const Value target = reference_of(self).target();
  std::string text = "<weakref at " + place_of(self) + "; ";
  if (target.is_unbound()) return rt.make_str(text + "dead>");
  text += text_of({"to '", rt.type_name(target), "' at ", place_of(target)});
  const Value name = rt.find_attr(target, rt.names.name.get());
  if (const Str* known = name.to<Str>()) text += text_of({" (", known->view(), ")"});
  return rt.make_str(text + ">");
}

Value reference_callback(Runtime&, const Value& self) {
  const WeakReference& reference = reference_of(self);
  if (reference.callback.is_unbound() || reference.is_dead()) return Value::none();
  return reference.callback;
}

constexpr Getter kReferenceGetters[] = {{"__callback__", reference_callback}};

// --- Proxies -------------------------------------------------------------------------------------

/// The object behind a proxy; ReferenceError where it is gone. Anything else is itself.
Value behind(Runtime& rt, const Value& v) {
  if (!v.is_object() || v.as_object()->type()->slots.get_attr == nullptr) return v;
  auto* reference = dynamic_cast<WeakReference*>(v.as_object());
  if (!reference || !reference->is_proxy) return v;
  Value target = reference->target();
  if (target.is_unbound()) {
    rt.raise(rt.types.reference_error, "weakly-referenced object no longer exists");
  }
  return target;
}

Value proxy_repr(Runtime& rt, const Value& self) {
  const Value target = reference_of(self).target();
  const std::string to =
      target.is_unbound() ? "NoneType at 0x0" : rt.type_name(target) + " at " + place_of(target);
  return rt.make_str("<weakproxy at " + place_of(self) + " to " + to + ">");
}

Value proxy_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  check_positional("proxy", arguments, 1, 2);
  const Value* a = arguments.values;
  return make_reference(rt, cls, a[0], arguments.positional > 1 ? a[1] : Value(), true);
}

int64_t proxy_hash(Runtime& rt, const Value& self) {
  fail_type({"unhashable type: 'weakref.", rt.type_name(self), "'"});
}

Value proxy_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return rt.call(behind(rt, self), arguments);
}

Slots proxy_slots() {
  Slots s;
  s.repr = proxy_repr;
  s.hash = proxy_hash;
  s.str = [](Runtime& rt, const Value& v) { return Value(rt.str(behind(rt, v))); };
  s.format = [](Runtime& rt, const Value& v, const Value& spec) {
    return Value(rt.format(behind(rt, v), spec));
  };
  s.truth = [](Runtime& rt, const Value& v) { return rt.truth(behind(rt, v)); };
  s.length = [](Runtime& rt, const Value& v) { return rt.length(behind(rt, v)); };
  s.compare = [](Runtime& rt, CompareOp op, const Value& v, const Value& other) {
    return rt.compare(op, behind(rt, v), behind(rt, other));
  };
  s.binary = [](Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
    return rt.binary(op, behind(rt, a), behind(rt, b));
  };
  s.inplace = [](Runtime& rt, BinaryOp op, const Value& v, const Value& other) {
    return rt.inplace(op, behind(rt, v), behind(rt, other));
  };
  s.unary = [](Runtime& rt, UnaryOp op, const Value& v) { return rt.unary(op, behind(rt, v)); };
  s.get_item = [](Runtime& rt, const Value& v, const Value& key) {
    return rt.get_item(behind(rt, v), key);
  };
  s.set_item = [](Runtime& rt, const Value& v, const Value& key, const Value& value) {
    rt.set_item(behind(rt, v), key, value);
  };
  s.del_item = [](Runtime& rt, const Value& v, const Value& key) {
    rt.del_item(behind(rt, v), key);
  };
  s.contains = [](Runtime& rt, const Value& v, const Value& item) {
    return rt.contains(behind(rt, v), item);
  };
  s.iterate = [](Runtime& rt, const Value& v) { return rt.iterate(behind(rt, v)); };
  s.next = [](Runtime& rt, const Value& v, Value& out) { return rt.next(behind(rt, v), out); };
  s.get_attr = [](Runtime& rt, const Value& v, Str* name) {
    return rt.get_attr(behind(rt, v), name);
  };
  s.set_attr = [](Runtime& rt, const Value& v, Str* name, const Value& value) {
    rt.set_attr(behind(rt, v), name, value);
  };
  s.del_attr = [](Runtime& rt, const Value& v, Str* name) { rt.del_attr(behind(rt, v), name); };
  return s;
}

// --- Functions -----------------------------------------------------------------------------------

Value weakref_count(Runtime&, Value* a) {
  int64_t count = 0;
  if (a[0].is_reference()) {
    const WeakReference* reference = first_weak_reference(*a[0].as_reference());
    for (; reference; reference = reference->next()) ++count;
  }
  return Value(count);
}

Value weakref_list(Runtime& rt, Value* a) {
  Ref<List> out = rt.make_list();
  if (a[0].is_reference()) {
    WeakReference* reference = first_weak_reference(*a[0].as_reference());
    for (; reference; reference = reference->next()) out->items.emplace_back(reference);
  }
  return out;
}

constexpr Method kFunctions[] = {
    {"getweakrefcount", "object, /", weakref_count,
     "Return the number of weak references to 'object'."},
    {"getweakrefs", "object, /", weakref_list,
     "Return a list of all weak reference objects pointing to 'object'."},
};

void init_weakref(Runtime& rt, Module& module) {
  TypeSpec reference;
  reference.slots.make = reference_make;
  reference.slots.init = reference_init;
  reference.slots.call = reference_call;
  reference.slots.hash = reference_hash;
  reference.slots.compare = reference_compare;
  reference.slots.repr = reference_repr;
  reference.getters = kReferenceGetters;
  const Ref<Type> type = rt.make_type("ReferenceType", nullptr, reference, "weakref");
  type->can_inherit = true;
  module.set(rt.intern("ReferenceType").get(), type);
  module.set(rt.intern("ref").get(), type);
  TypeSpec proxy;
  proxy.slots = proxy_slots();
  proxy.slots.make = proxy_make;
  module.set(rt.intern("ProxyType").get(), rt.make_type("ProxyType", nullptr, proxy, "weakref"));
  proxy.slots.call = proxy_call;
  module.set(rt.intern("CallableProxyType").get(),
             rt.make_type("CallableProxyType", nullptr, proxy, "weakref"));
}

}  // namespace

const ModuleSpec kWeakrefModule = {"_weakref", kFunctions, init_weakref};

}  // namespace gradpad::lang
