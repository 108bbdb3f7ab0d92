// Slots of user classes: each looks the special method up in the class and calls it.
#include "lang/runtime/garbage.h"
#include "lang/runtime/special.h"

namespace gradpad::lang {

namespace {

Str* require_str(Runtime& rt, const Value& v, const char* name) {
  Str* text = v.to<Str>();
  if (!text) fail(ErrorKind::Type, name, " returned non-string (type ", rt.type_name(v), ")");
  return text;
}

Value user_repr(Runtime& rt, const Value& self) {
  Value out = call_special(rt, self, rt.names.repr.get(), {});
  require_str(rt, out, "__repr__");
  return out;
}

Value user_str(Runtime& rt, const Value& self) {
  Value out = call_special(rt, self, rt.names.str.get(), {});
  require_str(rt, out, "__str__");
  return out;
}

Value user_format(Runtime& rt, const Value& self, const Value& spec) {
  Value out = call_special(rt, self, rt.names.format.get(), {spec});
  if (!out.is<Str>()) {
    fail(ErrorKind::Type, "__format__ must return a str, not ", rt.type_name(out));
  }
  return out;
}

int64_t user_hash(Runtime& rt, const Value& self) {
  const Value* found = rt.type_of(self)->lookup(rt.names.hash.get());
  if (!found || found->is_none()) {
    fail(ErrorKind::Type, "unhashable type: '", rt.type_name(self), "'");
  }
  const Value method = *found;
  const Value out = call_found(rt, method, self, {});
  if (!out.is_integral()) fail(ErrorKind::Type, "__hash__ method should return an integer");
  return out.as_int() == -1 ? -2 : out.as_int();
}

bool user_truth(Runtime& rt, const Value& self) {
  const Value out = call_special(rt, self, rt.names.bool_.get(), {});
  if (!out.is_bool()) {
    fail(ErrorKind::Type, "__bool__ should return bool, returned ", rt.type_name(out));
  }
  return out.as_bool();
}

int64_t user_length(Runtime& rt, const Value& self) {
  const Value out = call_special(rt, self, rt.names.len.get(), {});
  const int64_t length = rt.to_index(out);
  if (length < 0) fail(ErrorKind::Value, "__len__() should return >= 0");
  return length;
}

Value user_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  const Value* found = rt.type_of(self)->lookup(compare_name(rt, op));
  if (found && !found->is_none()) {
    const Value method = *found;
    return call_found(rt, method, self, {other});
  }
  return rt.not_implemented();
}

bool is_not_implemented(const Runtime& rt, const Value& v) { return v.same(rt.not_implemented()); }

Value user_binary(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  Type* left = rt.type_of(a);
  Type* right = rt.type_of(b);
  const bool left_user = left->slots.binary == user_binary;
  const bool right_user = right->slots.binary == user_binary && right != left;
  Str* reflected = reflected_name(rt, op);
  bool tried_right = false;
  if (left_user && right_user && right->is_subtype_of(left)) {
    // The subclass knows more, where it has an own answer.
    const Value* theirs = right->lookup(reflected);
    const Value* ours = left->lookup(reflected);
    if (theirs && !(ours && ours->same(*theirs))) {
      const Value method = *theirs;
      Value out = call_found(rt, method, b, {a});
      if (!is_not_implemented(rt, out)) return out;
      tried_right = true;
    }
  }
  if (left_user) {
    Value out = call_special(rt, a, forward_name(rt, op), {b});
    if (out.is_bound() && !is_not_implemented(rt, out)) return out;
  }
  if (right_user && !tried_right) {
    Value out = call_special(rt, b, reflected, {a});
    if (out.is_bound()) return out;
  }
  return rt.not_implemented();
}

Value user_inplace(Runtime& rt, BinaryOp op, const Value& self, const Value& other) {
  Value out = call_special(rt, self, inplace_name(rt, op), {other});
  return out.is_bound() ? out : rt.not_implemented();
}

Value user_unary(Runtime& rt, UnaryOp op, const Value& self) {
  Value out = call_special(rt, self, unary_name(rt, op), {});
  return out.is_bound() ? out : rt.not_implemented();
}

Value user_get_item(Runtime& rt, const Value& self, const Value& key) {
  return call_special(rt, self, rt.names.getitem.get(), {key});
}
void user_set_item(Runtime& rt, const Value& self, const Value& key, const Value& value) {
  call_special(rt, self, rt.names.setitem.get(), {key, value});
}
void user_del_item(Runtime& rt, const Value& self, const Value& key) {
  call_special(rt, self, rt.names.delitem.get(), {key});
}

bool user_contains(Runtime& rt, const Value& self, const Value& item) {
  const Value* found = rt.type_of(self)->lookup(rt.names.contains.get());
  if (!found || found->is_none()) {
    fail(ErrorKind::Type, "'", rt.type_name(self), "' object is not a container");
  }
  const Value method = *found;
  return rt.truth(call_found(rt, method, self, {item}));
}

Value user_iterate(Runtime& rt, const Value& self) {
  const Value* found = rt.type_of(self)->lookup(rt.names.iter.get());
  if (!found || found->is_none()) {
    fail(ErrorKind::Type, "'", rt.type_name(self), "' object is not iterable");
  }
  const Value method = *found;
  Value out = call_found(rt, method, self, {});
  if (!rt.type_of(out)->slots.next) {
    fail(ErrorKind::Type, "iter() returned non-iterator of type '", rt.type_name(out), "'");
  }
  return out;
}

bool user_next(Runtime& rt, const Value& self, Value& out) {
  try {
    out = call_special(rt, self, rt.names.next.get(), {});
    return true;
  } catch (Raised& raised) {
    if (!raised.exception->type()->is_subtype_of(rt.types.stop_iteration)) throw;
    return false;
  }
}

Value user_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Value* found = rt.type_of(self)->lookup(rt.names.call.get());
  if (!found) fail(ErrorKind::Type, "'", rt.type_name(self), "' object is not callable");
  const Value method = *found;
  if (!method.is<Function>()) {
    const auto get = rt.type_of(method)->slots.descr_get;
    return rt.call(get ? get(rt, method, self, rt.type_of(self)) : method, arguments);
  }
  Values values;
  values.reserve(arguments.positional + arguments.named + 1);
  values.push_back(self);
  values.insert(values.end(), arguments.values,
                arguments.values + arguments.positional + arguments.named);
  Arguments call = arguments;
  call.values = values.data();
  ++call.positional;
  return rt.call(method, call);
}

Value user_get_attr(Runtime& rt, const Value& self, Str* name) {
  Type* type = rt.type_of(self);
  const Value* found = type->lookup(rt.names.getattribute.get());
  const Value* fallback = type->lookup(rt.names.getattr.get());
  if (found && found->is<Function>()) {
    const Value method = *found;
    const Value otherwise = fallback ? *fallback : Value();
    try {
      return call_found(rt, method, self, {Value(name)});
    } catch (Raised& raised) {
      if (otherwise.is_unbound() ||
          !raised.exception->type()->is_subtype_of(rt.types.attribute_error)) {
        throw;
      }
    }
    return call_found(rt, otherwise, self, {Value(name)});
  }
  const Value otherwise = fallback ? *fallback : Value();
  Value value;
  try {
    value = rt.find_plain_attr(self, name);
  } catch (Raised& raised) {
    // A property that raises AttributeError counts as absent.
    if (otherwise.is_unbound() ||
        !raised.exception->type()->is_subtype_of(rt.types.attribute_error)) {
      throw;
    }
  }
  if (value.is_bound()) return value;
  if (otherwise.is_unbound()) rt.raise_no_attribute(self, name);
  return call_found(rt, otherwise, self, {Value(name)});
}

void user_set_attr(Runtime& rt, const Value& self, Str* name, const Value& value) {
  call_special(rt, self, rt.names.setattr.get(), {Value(name), value});
}
void user_del_attr(Runtime& rt, const Value& self, Str* name) {
  call_special(rt, self, rt.names.delattr.get(), {Value(name)});
}

Value user_descr_get(Runtime& rt, const Value& self, const Value& instance, Type* owner) {
  const Value of = instance.is_bound() ? instance : Value::none();
  // Not bound, as in CPython: a __get__ that is no function would be got by its own __get__.
  const Value get = *rt.type_of(self)->lookup(rt.names.get.get());
  return rt.call(get, {self, of, Value(owner)});
}
void user_descr_set(Runtime& rt, const Value& self, const Value& instance, const Value& value) {
  if (value.is_bound()) {
    if (call_special(rt, self, rt.names.set.get(), {instance, value}).is_bound()) return;
    rt.raise(rt.types.attribute_error, "__set__");
  }
  if (call_special(rt, self, rt.names.delete_.get(), {instance}).is_bound()) return;
  rt.raise(rt.types.attribute_error, "__delete__");
}

Value user_make(Runtime& rt, Type* cls, const Arguments& arguments) {
  Value found = *cls->lookup(rt.names.new_.get());
  if (auto* method = found.to<StaticMethod>()) found = method->function;
  Values values;
  values.reserve(arguments.positional + arguments.named + 1);
  values.emplace_back(cls);
  values.insert(values.end(), arguments.values,
                arguments.values + arguments.positional + arguments.named);
  Arguments call = arguments;
  call.values = values.data();
  ++call.positional;
  return rt.call(found, call);
}

void user_init(Runtime& rt, const Value& self, const Arguments& arguments) {
  const Value method = *rt.type_of(self)->lookup(rt.names.init.get());
  Values values;
  values.reserve(arguments.positional + arguments.named + 1);
  values.push_back(self);
  values.insert(values.end(), arguments.values,
                arguments.values + arguments.positional + arguments.named);
  Arguments call = arguments;
  call.values = values.data();
  ++call.positional;
  const Value out = rt.call(method, call);
  if (!out.is_none()) {
    fail(ErrorKind::Type, "__init__() should return None, not '", rt.type_name(out), "'");
  }
}

}  // namespace

void Runtime::inherit_slots(Type& cls) {
  if (!cls.is_user) return;
  Slots out;
  const auto take = [&](auto member, auto generic, std::initializer_list<const Str*> wanted) {
    for (Type* type : cls.mro()) {
      if (type->is_user) {
        for (const Str* name : wanted) {
          if (type->own().find(name)) {
            out.*member = generic;
            return;
          }
        }
      } else if (type->slots.*member) {
        out.*member = type->slots.*member;
        return;
      }
    }
  };
  const Names& n = names;
  cls.finishing = nullptr;
  for (Type* type : cls.mro()) {
    if (!type->own().find(n.del.get())) continue;
    cls.finishing = garbage_.get();
    garbage_->has_finalizers = true;
    break;
  }
  take(&Slots::repr, user_repr, {n.repr.get()});
  take(&Slots::str, user_str, {n.str.get()});
  take(&Slots::format, user_format, {n.format.get()});
  take(&Slots::hash, user_hash, {n.hash.get()});
  take(&Slots::truth, user_truth, {n.bool_.get()});
  take(&Slots::length, user_length, {n.len.get()});
  take(&Slots::compare, user_compare,
       {n.lt.get(), n.le.get(), n.eq.get(), n.ne.get(), n.gt.get(), n.ge.get()});
  take(&Slots::get_item, user_get_item, {n.getitem.get()});
  take(&Slots::set_item, user_set_item, {n.setitem.get()});
  take(&Slots::del_item, user_del_item, {n.delitem.get()});
  take(&Slots::contains, user_contains, {n.contains.get()});
  take(&Slots::iterate, user_iterate, {n.iter.get()});
  take(&Slots::next, user_next, {n.next.get()});
  take(&Slots::call, user_call, {n.call.get()});
  take(&Slots::get_attr, user_get_attr, {n.getattr.get(), n.getattribute.get()});
  take(&Slots::set_attr, user_set_attr, {n.setattr.get()});
  take(&Slots::del_attr, user_del_attr, {n.delattr.get()});
  take(&Slots::descr_get, user_descr_get, {n.get.get()});
  take(&Slots::descr_set, user_descr_set, {n.set.get(), n.delete_.get()});
  take(&Slots::make, user_make, {n.new_.get()});
  take(&Slots::init, user_init, {n.init.get()});
  take(&Slots::unary, user_unary, {n.neg.get(), n.pos.get(), n.invert.get()});
  const auto take_operators = [&](auto member, auto generic, auto name_of) {
    std::vector<const Str*> operators;
    for (int op = 0; op <= static_cast<int>(BinaryOp::Or); ++op) {
      name_of(static_cast<BinaryOp>(op), operators);
    }
    for (Type* type : cls.mro()) {
      if (!type->is_user) {
        if (!(type->slots.*member)) continue;
        out.*member = type->slots.*member;
        return;
      }
      for (const Str* name : operators) {
        if (!type->own().find(name)) continue;
        out.*member = generic;
        return;
      }
    }
  };
  take_operators(&Slots::binary, user_binary, [&](BinaryOp op, auto& out_names) {
    out_names.push_back(forward_name(*this, op));
    out_names.push_back(reflected_name(*this, op));
  });
  take_operators(&Slots::inplace, user_inplace, [&](BinaryOp op, auto& out_names) {
    out_names.push_back(inplace_name(*this, op));
  });
  cls.slots = out;
}

}  // namespace gradpad::lang
