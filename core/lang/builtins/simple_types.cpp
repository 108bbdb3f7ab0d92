// The small ones: slice, None, NotImplemented and Ellipsis.
#include "lang/builtins/sequence_ops.h"
#include "lang/builtins/types.h"
#include "lang/runtime/slices.h"

namespace gradpad::lang {

namespace {

// --- slice
// -----------------------------------------------------------------------------------------

Slice& slice_of(const Value& v) { return *v.as<Slice>(); }

Value slice_repr(Runtime& rt, const Value& self) {
  const Slice& s = slice_of(self);
  return rt.make_str(text_of({"slice(", rt.repr(s.start)->view(), ", ", rt.repr(s.stop)->view(),
                              ", ", rt.repr(s.step)->view(), ")"}));
}

Value slice_compare(Runtime& rt, CompareOp op, const Value& self, const Value& other) {
  const Slice* b = other.to<Slice>();
  if (!b) return rt.not_implemented();
  const Slice& a = slice_of(self);
  return rt.compare(op, rt.make_tuple({a.start, a.stop, a.step}),
                    rt.make_tuple({b->start, b->stop, b->step}));
}

Value slice_make(Runtime& rt, Type*, const Arguments& arguments) {
  check_positional("slice", arguments, 1, 3);
  const Value* a = arguments.values;
  const Value none = Value::none();
  if (arguments.positional == 1) return rt.make<Slice>(none, a[0], none);
  return rt.make<Slice>(a[0], a[1], arguments.positional == 3 ? a[2] : none);
}

Value slice_indices(Runtime& rt, Value* a) {
  const int64_t length = rt.to_index(a[1]);
  if (length < 0) fail_value({"length should not be negative"});
  const SliceIndices at = resolve_slice(rt, slice_of(a[0]), length);
  return rt.make_tuple({Value(at.start), Value(at.stop), Value(at.step)});
}

Value slice_start(Runtime&, const Value& self) { return slice_of(self).start; }
Value slice_stop(Runtime&, const Value& self) { return slice_of(self).stop; }
Value slice_step(Runtime&, const Value& self) { return slice_of(self).step; }

constexpr Method kSliceMethods[] = {{"indices", "self, len, /", slice_indices}};
constexpr Getter kSliceGetters[] = {
    {"start", slice_start},
    {"stop", slice_stop},
    {"step", slice_step},
};

// --- None, NotImplemented, Ellipsis
// ----------------------------------------------------------------

Value none_repr(Runtime& rt, const Value&) { return rt.intern("None"); }
bool none_truth(Runtime&, const Value&) { return false; }
int64_t none_hash(Runtime&, const Value&) { return 0xFCA86420; }
Value none_make(Runtime&, Type*, const Arguments& arguments) {
  check_positional("NoneType", arguments, 0, 0);
  return Value::none();
}

Value ellipsis_repr(Runtime& rt, const Value&) { return rt.intern("Ellipsis"); }
Value ellipsis_make(Runtime& rt, Type*, const Arguments&) { return rt.ellipsis(); }
Value not_implemented_repr(Runtime& rt, const Value&) { return rt.intern("NotImplemented"); }
Value not_implemented_make(Runtime& rt, Type*, const Arguments&) { return rt.not_implemented(); }

}  // namespace

void define_slice(Runtime& rt) {
  TypeSpec spec;
  spec.slots.repr = slice_repr;
  spec.slots.compare = slice_compare;
  spec.slots.make = slice_make;
  spec.methods = kSliceMethods;
  spec.getters = kSliceGetters;
  spec.doc = "slice(stop) or slice(start, stop[, step])";
  rt.define(rt.types.slice, spec);
}

void define_singletons(Runtime& rt) {
  TypeSpec none;
  none.slots.repr = none_repr;
  none.slots.truth = none_truth;
  none.slots.hash = none_hash;
  none.slots.make = none_make;
  rt.define(rt.types.none, none);
  TypeSpec ellipsis;
  ellipsis.slots.repr = ellipsis_repr;
  ellipsis.slots.make = ellipsis_make;
  rt.define(rt.types.ellipsis, ellipsis);
  TypeSpec not_implemented;
  not_implemented.slots.repr = not_implemented_repr;
  not_implemented.slots.make = not_implemented_make;
  rt.define(rt.types.not_implemented, not_implemented);
}

}  // namespace gradpad::lang
