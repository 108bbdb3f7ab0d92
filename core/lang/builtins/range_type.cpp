// range.
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "lang/runtime/slices.h"

namespace gradpad::lang {

namespace {

Range& self_of(const Value& self) { return *self.as<Range>(); }

Value range_repr(Runtime& rt, const Value& self) {
  const Range& r = self_of(self);
  std::string text = text_of({"range(", std::to_string(r.start), ", ", std::to_string(r.stop)});
  if (r.step != 1) text += ", " + std::to_string(r.step);
  return rt.make_str(text + ")");
}

// Equal ranges hold the same numbers: only the count, the first and, of several, the step count.
int64_t range_hash(Runtime& rt, const Value& self) {
  const Range& r = self_of(self);
  const Value none = Value::none();
  return rt.hash(rt.make_tuple(
      {Value(r.count), r.count > 0 ? Value(r.start) : none, r.count > 1 ? Value(r.step) : none}));
}

bool range_truth(Runtime&, const Value& self) { return self_of(self).count > 0; }
int64_t range_length(Runtime&, const Value& self) { return self_of(self).count; }

Value range_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  const Range* b = other.to<Range>();
  if (!b || (op != CompareOp::Eq && op != CompareOp::Ne)) return rt.not_implemented();
  const Range& a = self_of(self);
  const bool equal = a.count == b->count &&
                     (a.count == 0 || (a.start == b->start && (a.count == 1 || a.step == b->step)));
  return Value(equal == (op == CompareOp::Eq));
}

Value range_get_item(Runtime& rt, const Value& self, const Value& key) {
  const Range& r = self_of(self);
  if (const Slice* slice = key.to<Slice>()) {
    const SliceIndices at = resolve_slice(rt, *slice, r.count);
    int64_t step = 0;
    if (__builtin_mul_overflow(r.step, at.step, &step)) step = at.step > 0 ? r.step : -r.step;
    return rt.make<Range>(r.at(at.start), r.at(at.stop), step);
  }
  int64_t index = 0;
  if (!read_index(rt, key, r.count, index)) fail_index_type(rt, "range", key);
  if (index < 0 || index >= r.count) {
    fail_with(ErrorKind::Index, {"range object index out of range"});
  }
  return Value(r.at(index));
}

/// Where the number stands in the range, or -1.
int64_t find_number(const Range& r, int64_t number) {
  const bool inside =
      r.step > 0 ? number >= r.start && number < r.stop : number <= r.start && number > r.stop;
  if (!inside) return -1;
  const uint64_t distance = r.step > 0
                                ? static_cast<uint64_t>(number) - static_cast<uint64_t>(r.start)
                                : static_cast<uint64_t>(r.start) - static_cast<uint64_t>(number);
  const uint64_t step =
      r.step > 0 ? static_cast<uint64_t>(r.step) : 0 - static_cast<uint64_t>(r.step);
  return distance % step == 0 ? static_cast<int64_t>(distance / step) : -1;
}

int64_t find_any(Runtime& rt, const Range& r, const Value& item) {
  if (item.is_integral()) return find_number(r, item.as_int());
  Ticker tick(rt);
  for (int64_t i = 0; i < r.count; ++i) {
    tick();
    if (rt.equal(Value(r.at(i)), item)) return i;
  }
  return -1;
}

bool range_contains(Runtime& rt, const Value& self, const Value& item) {
  return find_any(rt, self_of(self), item) >= 0;
}

class RangeIterator final : public Iterator {
 public:
  RangeIterator(int64_t first, int64_t step, int64_t count)
      : next_(first), step_(step), left_(count) {}
  bool next(Runtime&, Value& out) override {
    if (left_ == 0) return false;
    out.set_int(next_);
    // Wraps behind the last number, which nobody sees.
    next_ = static_cast<int64_t>(static_cast<uint64_t>(next_) + static_cast<uint64_t>(step_));
    --left_;
    return true;
  }
  int64_t remaining(Runtime&) override { return left_; }

 private:
  int64_t next_;
  int64_t step_;
  int64_t left_;
};

Value range_iterate(Runtime& rt, const Value& self) {
  const Range& r = self_of(self);
  return rt.make_iterator<RangeIterator>("range_iterator", r.start, r.step, r.count);
}

Value range_reversed(Runtime& rt, Value* a) {
  const Range& r = self_of(a[0]);
  const int64_t last = r.count > 0 ? r.at(r.count - 1) : 0;
  return rt.make_iterator<RangeIterator>("range_iterator", last, -r.step, r.count);
}

Value range_make(Runtime& rt, Type*, const Arguments& arguments) {
  check_positional("range", arguments, 1, 3);
  const Value* a = arguments.values;
  if (arguments.positional == 1) return rt.make<Range>(0, rt.to_index(a[0]), 1);
  const int64_t start = rt.to_index(a[0]);
  const int64_t stop = rt.to_index(a[1]);
  const int64_t step = arguments.positional == 3 ? rt.to_index(a[2]) : 1;
  if (step == 0) fail_value({"range() arg 3 must not be zero"});
  return rt.make<Range>(start, stop, step);
}

Value range_index(Runtime& rt, Value* a) {
  const int64_t at = find_any(rt, self_of(a[0]), a[1]);
  if (at < 0) {
    fail_value({a[1].is_integral() ? rt.repr(a[1])->view() : "sequence.index(x): x",
                a[1].is_integral() ? " is not in range" : " not in sequence"});
  }
  return Value(at);
}

Value range_count(Runtime& rt, Value* a) {
  return Value(find_any(rt, self_of(a[0]), a[1]) >= 0 ? 1 : 0);
}

Value get_start(Runtime&, const Value& self) { return Value(self_of(self).start); }
Value get_stop(Runtime&, const Value& self) { return Value(self_of(self).stop); }
Value get_step(Runtime&, const Value& self) { return Value(self_of(self).step); }

constexpr Method kMethods[] = {
    {"index", "self, value, /", range_index},
    {"count", "self, value, /", range_count},
    {"__reversed__", "self, /", range_reversed},
};
constexpr Getter kGetters[] = {
    {"start", get_start},
    {"stop", get_stop},
    {"step", get_step},
};

}  // namespace

void define_range(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = range_repr;
  spec.slots.hash = range_hash;
  spec.slots.truth = range_truth;
  spec.slots.length = range_length;
  spec.slots.compare = range_compare;
  spec.slots.get_item = range_get_item;
  spec.slots.contains = range_contains;
  spec.slots.iterate = range_iterate;
  spec.slots.make = range_make;
  spec.methods = kMethods;
  spec.getters = kGetters;
  spec.doc = "range(stop) or range(start, stop[, step])";
  rt.define(rt.types.range, spec);
}

}  // namespace gradpad::lang
