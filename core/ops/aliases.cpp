// Second names of operations, as PyTorch has them.
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

Variable true_divide(const Variable& input, const Variable& other) { return div(input, other); }
Variable negative(const Variable& input) { return neg(input); }
Variable fix(const Variable& input) { return trunc(input); }
Variable ravel(const Variable& input) { return contiguous(view(contiguous(input), {-1})); }

}  // namespace

GRADPAD_DEFINE_OP(true_divide, "true_divide(Tensor|Scalar input, Tensor|Scalar other) -> Tensor",
                  "Alias of div.", "T[2,3], P[3]", kEverywhere | kInPlace, boxed<&true_divide>);
GRADPAD_DEFINE_OP(
    divide,
    "divide(Tensor|Scalar input, Tensor|Scalar other, *, str? rounding_mode=None) -> Tensor",
    "Alias of div.", "T[2,3], P[3]", kEverywhere | kInPlace, boxed<&div>);
GRADPAD_DEFINE_OP(multiply, "multiply(Tensor|Scalar input, Tensor|Scalar other) -> Tensor",
                  "Alias of mul.", "T[2,3], T[3]", kEverywhere | kInPlace, boxed<&mul>);
GRADPAD_DEFINE_OP(subtract,
                  "subtract(Tensor|Scalar input, Tensor|Scalar other, *, Scalar alpha=1) -> Tensor",
                  "Alias of sub.", "T[2,3], T[3]", kEverywhere | kInPlace, boxed<&sub>);
GRADPAD_DEFINE_OP(negative, "negative(Tensor input) -> Tensor", "Alias of neg.", "T[2,3]",
                  kEverywhere | kInPlace, boxed<&negative>);
GRADPAD_DEFINE_OP(absolute, "absolute(Tensor input) -> Tensor", "Alias of abs.", "P[2,3]",
                  kEverywhere | kInPlace, boxed<&abs>);
GRADPAD_DEFINE_OP(clip,
                  "clip(Tensor input, Tensor|Scalar? min=None, Tensor|Scalar? max=None) -> Tensor",
                  "Alias of clamp.", "D[2,3], -0.7, 0.6", kEverywhere | kInPlace, boxed<&clamp>);
GRADPAD_DEFINE_OP(fix, "fix(Tensor input) -> Tensor", "Alias of trunc.", "T[2,3]",
                  kEverywhere | kInPlace, boxed<&fix>);
GRADPAD_DEFINE_OP(arcsin, "arcsin(Tensor input) -> Tensor", "Alias of asin.", "U[2,3]",
                  kEverywhere | kInPlace, boxed<&asin>);
GRADPAD_DEFINE_OP(arccos, "arccos(Tensor input) -> Tensor", "Alias of acos.", "U[2,3]",
                  kEverywhere | kInPlace, boxed<&acos>);
GRADPAD_DEFINE_OP(arctan, "arctan(Tensor input) -> Tensor", "Alias of atan.", "T[2,3]",
                  kEverywhere | kInPlace, boxed<&atan>);
GRADPAD_DEFINE_OP(arctan2, "arctan2(Tensor input, Tensor other) -> Tensor", "Alias of atan2.",
                  "P[2,3], P[2,3]", kEverywhere | kInPlace, boxed<&atan2>);
GRADPAD_DEFINE_OP(not_equal, "not_equal(Tensor input, Tensor|Scalar other) -> Tensor",
                  "Alias of ne.", "none: gives integers or bool", kEverywhere, boxed<&ne>);
GRADPAD_DEFINE_OP(less, "less(Tensor input, Tensor|Scalar other) -> Tensor", "Alias of lt.",
                  "none: gives integers or bool", kEverywhere, boxed<&lt>);
GRADPAD_DEFINE_OP(less_equal, "less_equal(Tensor input, Tensor|Scalar other) -> Tensor",
                  "Alias of le.", "none: gives integers or bool", kEverywhere, boxed<&le>);
GRADPAD_DEFINE_OP(greater, "greater(Tensor input, Tensor|Scalar other) -> Tensor", "Alias of gt.",
                  "none: gives integers or bool", kEverywhere, boxed<&gt>);
GRADPAD_DEFINE_OP(greater_equal, "greater_equal(Tensor input, Tensor|Scalar other) -> Tensor",
                  "Alias of ge.", "none: gives integers or bool", kEverywhere, boxed<&ge>);
GRADPAD_DEFINE_OP(ravel, "ravel(Tensor(a) input) -> Tensor(a)",
                  "The elements in row-major order, 1-d; a view where possible.\n"
                  "Derivative: g in the shape of `input`.\n"
                  "Shape: [number of elements].\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: none beside wrong types of arguments.",
                  "T[2,3]", kEverywhere, boxed<&ravel>);
GRADPAD_DEFINE_OP(moveaxis,
                  "moveaxis(Tensor(a) input, int[1] source, int[1] destination) -> Tensor(a)",
                  "Alias of movedim.", "T[2,3,2], 0, 2", kEverywhere, boxed<&movedim>);
GRADPAD_DEFINE_OP(swapdims, "swapdims(Tensor(a) input, int dim0, int dim1) -> Tensor(a)",
                  "Alias of transpose.", "T[2,3], 0, 1", kEverywhere | kInPlace, boxed<&transpose>);

}  // namespace gradpad
