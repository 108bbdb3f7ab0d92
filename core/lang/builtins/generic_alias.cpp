// The aliases `list[int]` and the unions `int | None`: they print, compare and, where that means
// something, make objects and answer isinstance. Nothing is checked by them.
#include "lang/builtins/generic_alias.h"

#include "lang/builtins/support.h"
#include "lang/builtins/types.h"
#include "lang/runtime/object_type.h"

namespace gradpad::lang {

namespace {

class GenericAlias final : public Container {
 public:
  GenericAlias(Value origin_, Value arguments_)
      : Container(Kind::Plain), origin(std::move(origin_)), arguments(std::move(arguments_)) {}
  void visit(ReferenceVisitor& visitor) override {
    origin.visit(visitor);
    arguments.visit(visitor);
  }
  void clear_references() noexcept override {
    origin.clear();
    arguments.clear();
  }
  Value origin;     // unbound for a union
  Value arguments;  // a Tuple
};

GenericAlias& alias_of(const Value& v) { return *v.as<GenericAlias>(); }

std::string argument_text(Runtime& rt, const Value& v) {
  if (v.is_none() || v.same(Value(rt.types.none))) return "None";
  if (v.same(rt.ellipsis())) return "...";
  if (const Type* type = v.to<Type>()) return full_name(*type);
  if (v.is<List>()) {
    const Runtime::Nesting nesting(rt, nesting::kRepr);
    std::string text = "[";
    for (const Value& item : Values(v.as<List>()->items)) {
      if (text.size() > 1) text += ", ";
      text += argument_text(rt, item);
    }
    return text + "]";
  }
  return rt.repr(v)->text();
}

std::string joined(Runtime& rt, const Value& arguments, std::string_view between) {
  std::string text;
  for (const Value& argument : *arguments.as<Tuple>()) {
    if (!text.empty()) text += between;
    text += argument_text(rt, argument);
  }
  return text;
}

Value alias_repr(Runtime& rt, const Value& self) {
  const GenericAlias& alias = alias_of(self);
  const Runtime::Nesting nesting(rt, nesting::kRepr);
  const std::string inside = joined(rt, alias.arguments, ", ");
  return rt.make_str(
      text_of({argument_text(rt, alias.origin), "[", inside.empty() ? "()" : inside, "]"}));
}

Value union_repr(Runtime& rt, const Value& self) {
  const Runtime::Nesting nesting(rt, nesting::kRepr);
  return rt.make_str(joined(rt, alias_of(self).arguments, " | "));
}

Value alias_call(Runtime& rt, const Value& self, const Arguments& arguments) {
  return rt.call(alias_of(self).origin, arguments);
}

Value alias_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  const bool alike = rt.type_of(other) == rt.type_of(self);
  if (!alike || (op != CompareOp::Eq && op != CompareOp::Ne)) return rt.not_implemented();
  const GenericAlias& a = alias_of(self);
  const GenericAlias& b = alias_of(other);
  const bool equal = a.origin.same(b.origin) && rt.equal(a.arguments, b.arguments);
  return Value(equal == (op == CompareOp::Eq));
}

int64_t alias_hash(Runtime& rt, const Value& self) { return rt.hash(alias_of(self).arguments); }

bool may_join(Runtime& rt, const Value& v) {
  return v.is_none() || v.is<Type>() || rt.type_of(v) == rt.types.generic_alias ||
         rt.type_of(v) == rt.types.union_type;
}

/// a | b of types: the members of both, each once.
Value join_types(Runtime& rt, BinaryOp op, const Value& a, const Value& b) {
  if (op != BinaryOp::Or || !may_join(rt, a) || !may_join(rt, b)) return rt.not_implemented();
  Values members;
  const auto add_one = [&](const Value& v) {
    const Value member = v.is_none() ? Value(rt.types.none) : v;
    for (const Value& known : members) {
      if (rt.equal(known, member)) return;
    }
    members.push_back(member);
  };
  for (const Value* side : {&a, &b}) {
    if (Tuple* inner = union_members(rt, *side)) {
      for (const Value& member : *inner) add_one(member);
    } else {
      add_one(*side);
    }
  }
  if (members.size() == 1) return members[0];
  return rt.make_of<GenericAlias>(rt.types.union_type, Value(),
                                  rt.make_tuple(std::span<const Value>(members)));
}

Value alias_origin(Runtime&, const Value& self) { return alias_of(self).origin; }
Value alias_args(Runtime&, const Value& self) { return alias_of(self).arguments; }

constexpr Getter kAliasGetters[] = {{"__origin__", alias_origin}, {"__args__", alias_args}};
constexpr Getter kUnionGetters[] = {{"__args__", alias_args}};

}  // namespace

Value make_generic_alias(Runtime& rt, Value* a) {
  const Value arguments = a[1].is<Tuple>() ? a[1] : Value(rt.make_tuple({a[1]}));
  return rt.make_of<GenericAlias>(rt.types.generic_alias, a[0], arguments);
}

Tuple* union_members(const Runtime& rt, const Value& v) noexcept {
  const bool is_union = v.is_object() && v.as_object()->type() == rt.types.union_type;
  return is_union ? alias_of(v).arguments.as<Tuple>() : nullptr;
}

void define_generic_alias(Runtime& rt) {
  TypeSpec alias;
  alias.slots.repr = alias_repr;
  alias.slots.call = alias_call;
  alias.slots.compare = alias_compare;
  alias.slots.hash = alias_hash;
  alias.slots.binary = join_types;
  alias.getters = kAliasGetters;
  rt.define(rt.types.generic_alias, alias);
  TypeSpec joined_types;
  joined_types.slots.repr = union_repr;
  joined_types.slots.compare = alias_compare;
  joined_types.slots.hash = alias_hash;
  joined_types.slots.binary = join_types;
  joined_types.getters = kUnionGetters;
  rt.define(rt.types.union_type, joined_types);
  rt.types.generic_alias->module = "types";
  rt.types.union_type->module = "types";
  // `int | None` asks the type of types.
  rt.types.type->slots.binary = join_types;
}

}  // namespace gradpad::lang
