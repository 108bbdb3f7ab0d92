// len, sum, min, max, any, all, sorted: what makes one value of many.
#include "lang/builtins/functions.h"
#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

namespace {

Value builtin_len(Runtime& rt, Value* a) { return Value(rt.length(a[0])); }

Value builtin_any(Runtime& rt, Value* a) {
  bool found = false;
  rt.for_each(a[0], [&](Value& item) {
    found = rt.truth(item);
    return !found;
  });
  return Value(found);
}

Value builtin_all(Runtime& rt, Value* a) {
  bool all = true;
  rt.for_each(a[0], [&](Value& item) { return all = rt.truth(item); });
  return Value(all);
}

Value builtin_sum(Runtime& rt, Value* a) {
  Value total = a[1];
  if (total.is<Str>()) fail_type({"sum() can't sum strings [use ''.join(seq) instead]"});
  rt.for_each(a[0], [&](Value& item) {
    int64_t sum = 0;
    if (total.is_int() && item.is_int() &&
        !__builtin_add_overflow(total.as_int(), item.as_int(), &sum)) {
      total.set_int(sum);
    } else if (total.is_float() && item.is_number()) {
      total.set_float(total.as_float() + item.as_number());
    } else {
      total = rt.binary(BinaryOp::Add, total, item);
    }
    return true;
  });
  return total;
}

Value extreme(Runtime& rt, Value* a, const char* name, CompareOp better) {
  const Value& key = a[0];
  const Value& otherwise = a[1];
  const Tuple& args = *a[2].as<Tuple>();
  if (args.size() == 0) fail_type({name, " expected at least 1 argument, got 0"});
  if (args.size() > 1 && otherwise.is_bound()) {
    fail_type({"Cannot specify a default for ", name, "() with multiple positional arguments"});
  }
  Value best;
  Value best_key;
  rt.for_each(args.size() == 1 ? args[0] : a[2], [&](Value& item) {
    Value item_key = key.is_none() ? item : rt.call(key, {item});
    if (best.is_unbound() || rt.truth(rt.compare(better, item_key, best_key))) {
      best = item;
      best_key = std::move(item_key);
    }
    return true;
  });
  if (best.is_bound()) return best;
  if (otherwise.is_bound()) return otherwise;
  fail_value({name, "() arg is an empty sequence"});
}

Value builtin_min(Runtime& rt, Value* a) { return extreme(rt, a, "min", CompareOp::Lt); }
Value builtin_max(Runtime& rt, Value* a) { return extreme(rt, a, "max", CompareOp::Gt); }

Value builtin_sorted(Runtime& rt, Value* a) {
  Values values = rt.to_values(a[0]);
  sort_values(rt, values, a[1], rt.truth(a[2]));
  return rt.make_list(std::move(values));
}

constexpr const char* kExtreme = "*args, key=None, default=?";

constexpr Method kFunctions[] = {
    {"len", "obj, /", builtin_len, "Return the number of items in a container."},
    {"any", "iterable, /", builtin_any,
     "Return True if bool(x) is True for any x in the iterable."},
    {"all", "iterable, /", builtin_all,
     "Return True if bool(x) is True for all values x in the iterable."},
    {"sum", "iterable, /, start=0", builtin_sum,
     "Return the sum of a 'start' value (default: 0) plus an iterable of numbers"},
    {"min", kExtreme, builtin_min, "Return the smallest item or argument."},
    {"max", kExtreme, builtin_max, "Return the biggest item or argument."},
    {"sorted", "iterable, /, *, key=None, reverse=False", builtin_sorted,
     "Return a new list containing all items from the iterable in ascending order."},
};

}  // namespace

std::span<const Method> reducing_functions() { return kFunctions; }

}  // namespace gradpad::lang
