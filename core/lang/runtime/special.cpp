// Names of special methods, and the methods through which built-in slots can be called by name.
#include "lang/runtime/special.h"

#include <algorithm>
#include <array>

namespace gradpad::lang {

namespace {

using NameMember = Ref<Str> Names::*;

constexpr NameMember kForward[] = {&Names::add,     &Names::sub,      &Names::mul,  &Names::matmul,
                                   &Names::truediv, &Names::floordiv, &Names::mod,  &Names::pow,
                                   &Names::lshift,  &Names::rshift,   &Names::and_, &Names::xor_,
                                   &Names::or_};
constexpr NameMember kReflected[] = {
    &Names::radd,      &Names::rsub, &Names::rmul, &Names::rmatmul, &Names::rtruediv,
    &Names::rfloordiv, &Names::rmod, &Names::rpow, &Names::rlshift, &Names::rrshift,
    &Names::rand,      &Names::rxor, &Names::ror};
constexpr NameMember kInplace[] = {
    &Names::iadd,      &Names::isub, &Names::imul, &Names::imatmul, &Names::itruediv,
    &Names::ifloordiv, &Names::imod, &Names::ipow, &Names::ilshift, &Names::irshift,
    &Names::iand,      &Names::ixor, &Names::ior};
constexpr NameMember kCompare[] = {&Names::lt, &Names::le, &Names::eq,
                                   &Names::ne, &Names::gt, &Names::ge};
constexpr NameMember kUnary[] = {&Names::neg, &Names::pos, &Names::invert};

template <class Op>
Str* name_of(const Runtime& rt, const NameMember* table, Op op) {
  return (rt.names.*table[static_cast<size_t>(op)]).get();
}

/// A special method over a slot: `call` gets the slots of the owner and `arity` arguments.
struct SlotMethod {
  NameMember name;
  int arity;
  int op;
  bool (*given)(const Slots& slots);
  Value (*call)(Runtime& rt, const Slots& slots, int op, const Value* a);
};

template <auto Member>
bool has(const Slots& slots) {
  return slots.*Member != nullptr;
}

Value call_reflected(Runtime& rt, const Slots& s, int op, const Value* a) {
  return s.binary(rt, static_cast<BinaryOp>(op), a[1], a[0]);
}
Value call_forward(Runtime& rt, const Slots& s, int op, const Value* a) {
  return s.binary(rt, static_cast<BinaryOp>(op), a[0], a[1]);
}
Value call_inplace(Runtime& rt, const Slots& s, int op, const Value* a) {
  return s.inplace(rt, static_cast<BinaryOp>(op), a[0], a[1]);
}
Value call_compare(Runtime& rt, const Slots& s, int op, const Value* a) {
  return s.compare(rt, static_cast<CompareOp>(op), a[0], a[1]);
}
Value call_unary(Runtime& rt, const Slots& s, int op, const Value* a) {
  return s.unary(rt, static_cast<UnaryOp>(op), a[0]);
}
Value call_next(Runtime& rt, const Slots& s, int, const Value* a) {
  Value out;
  if (!s.next(rt, a[0], out)) rt.raise(rt.types.stop_iteration, "");
  return out;
}
Str* attribute_name(Runtime& rt, const Value& v) {
  return rt.intern(rt.to_str(v, "attribute name")).get();
}

std::vector<SlotMethod> make_slot_methods() {
  std::vector<SlotMethod> m;
  using S = const Slots&;
  using A = const Value*;
  m.push_back({&Names::repr, 1, 0, has<&Slots::repr>,
               [](Runtime& rt, S s, int, A a) { return s.repr(rt, a[0]); }});
  m.push_back({&Names::str, 1, 0, has<&Slots::str>,
               [](Runtime& rt, S s, int, A a) { return s.str(rt, a[0]); }});
  m.push_back({&Names::format, 2, 0, has<&Slots::format>,
               [](Runtime& rt, S s, int, A a) { return s.format(rt, a[0], a[1]); }});
  m.push_back({&Names::hash, 1, 0, has<&Slots::hash>,
               [](Runtime& rt, S s, int, A a) { return Value(s.hash(rt, a[0])); }});
  m.push_back({&Names::bool_, 1, 0, has<&Slots::truth>,
               [](Runtime& rt, S s, int, A a) { return Value(s.truth(rt, a[0])); }});
  m.push_back({&Names::len, 1, 0, has<&Slots::length>,
               [](Runtime& rt, S s, int, A a) { return Value(s.length(rt, a[0])); }});
  m.push_back({&Names::getitem, 2, 0, has<&Slots::get_item>,
               [](Runtime& rt, S s, int, A a) { return s.get_item(rt, a[0], a[1]); }});
  m.push_back({&Names::setitem, 3, 0, has<&Slots::set_item>, [](Runtime& rt, S s, int, A a) {
                 s.set_item(rt, a[0], a[1], a[2]);
                 return Value::none();
               }});
  m.push_back({&Names::delitem, 2, 0, has<&Slots::del_item>, [](Runtime& rt, S s, int, A a) {
                 s.del_item(rt, a[0], a[1]);
                 return Value::none();
               }});
  m.push_back({&Names::contains, 2, 0, has<&Slots::contains>,
               [](Runtime& rt, S s, int, A a) { return Value(s.contains(rt, a[0], a[1])); }});
  m.push_back({&Names::iter, 1, 0, has<&Slots::iterate>,
               [](Runtime& rt, S s, int, A a) { return s.iterate(rt, a[0]); }});
  m.push_back({&Names::next, 1, 0, has<&Slots::next>, call_next});
  m.push_back({&Names::getattribute, 2, 0, has<&Slots::get_attr>, [](Runtime& rt, S s, int, A a) {
                 return s.get_attr(rt, a[0], attribute_name(rt, a[1]));
               }});
  m.push_back({&Names::setattr, 3, 0, has<&Slots::set_attr>, [](Runtime& rt, S s, int, A a) {
                 s.set_attr(rt, a[0], attribute_name(rt, a[1]), a[2]);
                 return Value::none();
               }});
  m.push_back({&Names::delattr, 2, 0, has<&Slots::del_attr>, [](Runtime& rt, S s, int, A a) {
                 s.del_attr(rt, a[0], attribute_name(rt, a[1]));
                 return Value::none();
               }});
  for (int op = 0; op < static_cast<int>(std::size(kForward)); ++op) {
    m.push_back({kForward[op], 2, op, has<&Slots::binary>, call_forward});
    m.push_back({kReflected[op], 2, op, has<&Slots::binary>, call_reflected});
    m.push_back({kInplace[op], 2, op, has<&Slots::inplace>, call_inplace});
  }
  for (int op = 0; op < static_cast<int>(std::size(kCompare)); ++op) {
    m.push_back({kCompare[op], 2, op, has<&Slots::compare>, call_compare});
  }
  for (int op = 0; op < static_cast<int>(std::size(kUnary)); ++op) {
    m.push_back({kUnary[op], 1, op, has<&Slots::unary>, call_unary});
  }
  return m;
}

const std::vector<SlotMethod>& slot_methods() {
  static const std::vector<SlotMethod> methods = make_slot_methods();
  return methods;
}

Value call_slot_method(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  const auto& method = *static_cast<const SlotMethod*>(self.data);
  if (arguments.named > 0) {
    fail(ErrorKind::Type, "wrapper ", self.name, "() takes no keyword arguments");
  }
  const auto given = static_cast<int>(arguments.positional);
  if (given == 0) {
    fail(ErrorKind::Type, "descriptor '", self.name, "' of '", self.owner->name(),
         "' object needs an argument");
  }
  if (!rt.is_instance(arguments.values[0], self.owner)) {
    fail(ErrorKind::Type, "descriptor '", self.name, "' requires a '", self.owner->name(),
         "' object but received a '", rt.type_name(arguments.values[0]), "'");
  }
  if (given != method.arity) {
    fail(ErrorKind::Type, "expected ", method.arity - 1, " argument", method.arity == 2 ? "" : "s",
         ", got ", given - 1);
  }
  return method.call(rt, self.owner->slots, method.op, arguments.values);
}

/// `cls.__init__(self, ...)` of a built-in type.
Value call_init(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  if (arguments.positional == 0 || !rt.is_instance(arguments.values[0], self.owner)) {
    fail(ErrorKind::Type, "descriptor '__init__' of '", self.owner->name(),
         "' object needs an argument");
  }
  Arguments rest = arguments;
  ++rest.values;
  --rest.positional;
  self.owner->slots.init(rt, arguments.values[0], rest);
  return Value::none();
}

/// `cls.__call__(self, ...)` of a built-in type.
Value call_call(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  if (arguments.positional == 0) {
    fail(ErrorKind::Type, "descriptor '__call__' of '", self.owner->name(),
         "' object needs an argument");
  }
  if (!rt.is_instance(arguments.values[0], self.owner)) {
    fail(ErrorKind::Type, "descriptor '__call__' requires a '", self.owner->name(),
         "' object but received a '", rt.type_name(arguments.values[0]), "'");
  }
  Arguments rest = arguments;
  ++rest.values;
  --rest.positional;
  return self.owner->slots.call(rt, arguments.values[0], rest);
}

/// `base.__new__(cls, ...)`.
Value call_new(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  Type* cls = arguments.positional > 0 ? arguments.values[0].to<Type>() : nullptr;
  if (!cls) {
    fail(ErrorKind::Type, self.owner->name(), ".__new__(): not enough arguments");
  }
  if (!cls->is_subtype_of(self.owner)) {
    fail(ErrorKind::Type, self.owner->name(), ".__new__(", cls->name(), "): ", cls->name(),
         " is not a subtype of ", self.owner->name());
  }
  // The object must get the C++ class that the methods of its type expect.
  const auto layout =
      std::ranges::find_if(cls->mro(), [](const Type* type) { return !type->is_user; });
  if ((*layout)->slots.make != self.owner->slots.make) {
    fail(ErrorKind::Type, self.owner->name(), ".__new__(", cls->name(), ") is not safe, use ",
         (*layout)->name(), ".__new__()");
  }
  Arguments rest = arguments;
  ++rest.values;
  --rest.positional;
  return self.owner->slots.make(rt, cls, rest);
}

Ref<NativeFunction> raw_method(Runtime& rt, Type* owner, const Str* name,
                               decltype(NativeFunction::raw) raw, const void* data) {
  auto method = rt.make<NativeFunction>();
  method->name = name->text();
  method->raw = raw;
  method->data = data;
  method->owner = owner;
  return method;
}

}  // namespace

Str* forward_name(const Runtime& rt, BinaryOp op) { return name_of(rt, kForward, op); }
Str* reflected_name(const Runtime& rt, BinaryOp op) { return name_of(rt, kReflected, op); }
Str* inplace_name(const Runtime& rt, BinaryOp op) { return name_of(rt, kInplace, op); }
Str* compare_name(const Runtime& rt, CompareOp op) { return name_of(rt, kCompare, op); }
Str* unary_name(const Runtime& rt, UnaryOp op) { return name_of(rt, kUnary, op); }

Value call_found(Runtime& rt, const Value& found, const Value& self,
                 std::initializer_list<Value> arguments) {
  constexpr size_t kMost = 8;
  const bool method = found.is<Function>() || found.is<NativeFunction>();
  std::array<Value, kMost> values;
  Arguments call;
  call.values = values.data();
  if (method) values[call.positional++] = self;
  for (const Value& argument : arguments) values[call.positional++] = argument;
  if (method) return rt.call(found, call);
  const auto get = rt.type_of(found)->slots.descr_get;
  return rt.call(get ? get(rt, found, self, rt.type_of(self)) : found, call);
}

Value call_special(Runtime& rt, const Value& self, Str* name,
                   std::initializer_list<Value> arguments) {
  const Value* found = rt.type_of(self)->lookup(name);
  if (!found) return {};
  const Value held = *found;
  return call_found(rt, held, self, arguments);
}

void add_slot_methods(Runtime& rt, Type* type, const Slots& given) {
  const auto add = [&](const Ref<Str>& name, decltype(NativeFunction::raw) raw, const void* data) {
    if (type->own().find(name.get())) return;
    type->own().set(name.get(), raw_method(rt, type, name.get(), raw, data));
  };
  for (const SlotMethod& method : slot_methods()) {
    if (method.given(given)) add(rt.names.*method.name, call_slot_method, &method);
  }
  if (given.init) add(rt.names.init, call_init, nullptr);
  if (given.call) add(rt.names.call, call_call, nullptr);
  if (given.make) {
    const Ref<NativeFunction> make = raw_method(rt, type, rt.names.new_.get(), call_new, nullptr);
    type->own().set(rt.names.new_.get(), rt.make<StaticMethod>(Value(make)));
  }
  if (given.compare && !given.hash) type->own().set(rt.names.hash.get(), Value::none());
}

}  // namespace gradpad::lang
