// Repeating, reversing and shifting.
#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/host.h"
#include "ops/reduce_data.h"

namespace gradpad {

Variable repeat(const Variable& input, const Dims& repeats) {
  const int64_t extra = repeats.ssize() - input.dim();
  if (extra < 0) {
    fail(
        "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
        "tensor");
  }
  // [1, s0, 1, s1, …] expanded to [r0, s0, r1, s1, …].
  Shape apart, expanded, shape;
  Dims repeated;
  for (int64_t d = 0; d < repeats.ssize(); ++d) {
    const int64_t size = d < extra ? 1 : input.shape()[d - extra];
    repeated.push_back(apart.ssize());
    apart.push_back(1);
    apart.push_back(size);
    expanded.push_back(repeats[d]);
    expanded.push_back(size);
    shape.push_back(repeats[d] * size);
  }
  for (int64_t r : repeats) {
    if (r < 0) {
      fail("Trying to create tensor with negative dimension ",
           *std::min_element(shape.begin(), shape.end()), ": ", to_string(shape));
    }
  }
  Tensor data = input.data().reshape(apart).expand(expanded).clone().reshape(shape);
  return differentiable("RepeatBackward0", std::move(data), {input}, {},
                        [=, from = input.shape()](Backward&, const Variable& g) -> Variables {
                          if (repeated.empty()) return {g};
                          return {reshape(sum(reshape(g, expanded), repeated), from)};
                        });
}

Variable tile(const Variable& input, const Dims& dims) {
  Dims repeats = dims;
  while (repeats.ssize() < input.dim()) repeats.insert(0, 1);
  return repeat(input, repeats);
}

namespace {

Variable repeat_rows(const Variable& given, const Tensor& index, std::optional<int64_t> dim) {
  return index_select(given, dim.value_or(0), Variable(index));
}

}  // namespace

Variable repeat_interleave(const Variable& given, int64_t repeats, std::optional<int64_t> dim) {
  if (repeats < 0) fail("repeats can not be negative");
  const Variable input = dim ? given : reshape(given, {-1});
  const int64_t d = wrap_dim(dim.value_or(0), input.dim());
  const int64_t n = input.dim() == 0 ? 1 : input.shape()[d];
  const auto index = ops::HostArray<int64_t>::empty({n * repeats});
  for (int64_t i = 0; i < n * repeats; ++i) index[i] = i / repeats;
  return repeat_rows(input, index.on(input.device()), d);
}

Variable repeat_interleave(const Variable& given, const Variable& repeats,
                           std::optional<int64_t> dim) {
  if (repeats.dim() > 1) {
    fail("repeat_interleave only accept 1D vector as repeat");
  }
  if (repeats.dtype() != DType::Int64 && repeats.dtype() != DType::Int32) {
    fail("\"repeat_interleave_cpu\" not implemented for '", scalar_type_name(repeats.dtype()), "'");
  }
  if (repeats.numel() == 1) {
    return repeat_interleave(given, repeats.data().at(0).to_int(), dim);
  }
  const Variable input = dim ? given : reshape(given, {-1});
  const int64_t d = wrap_dim(dim.value_or(0), input.dim());
  const int64_t n = input.dim() == 0 ? 1 : input.shape()[d];
  if (repeats.numel() != n) fail("repeats must have the same size as input along dim");
  const ops::HostArray<int64_t> counts(repeats.data());
  int64_t total = 0;
  for (int64_t i = 0; i < n; ++i) {
    if (counts[i] < 0) fail("repeats can not be negative");
    total += counts[i];
  }
  const auto index = ops::HostArray<int64_t>::empty({total});
  int64_t* next = index.begin();
  for (int64_t i = 0; i < n; ++i) next = std::fill_n(next, counts[i], i);
  return repeat_rows(input, index.on(input.device()), d);
}

namespace {

/// Two blocks change places.
Tensor rolled(const Tensor& input, int64_t d, int64_t shift) {
  const int64_t n = input.shape()[d];
  if (n == 0) return input.contiguous();
  const int64_t start = ((-shift) % n + n) % n;
  Tensor out = Tensor::empty(input.shape(), input.dtype(), input.device());
  out.narrow(d, 0, n - start).copy_from(input.narrow(d, start, n - start));
  out.narrow(d, n - start, start).copy_from(input.narrow(d, 0, start));
  return out;
}

/// Read backwards along `dims`, which a tensor's own strides cannot say.
Tensor reversed(const Tensor& input, const Dims& dims) {
  Tensor out = Tensor::empty(input.shape(), input.dtype(), input.device());
  if (out.numel() == 0) return out;
  const int64_t item = item_size(input.dtype());
  Strides to = out.strides(), from = input.strides();
  char* start = input.bytes();
  for (int64_t& stride : to) stride *= item;
  for (int64_t& stride : from) stride *= item;
  for (int64_t d : dims) {
    if (input.dim() == 0) break;
    start += (input.shape()[d] - 1) * from[d];
    from[d] = -from[d];
  }
  find_memory(input.device().type)
      ->copy({out.bytes(), out.dtype(), to.data()}, {start, input.dtype(), from.data()},
             out.shape().data(), static_cast<int>(out.dim()));
  return out;
}

}  // namespace

Variable flip(const Variable& input, const Dims& dims) {
  Dims wrapped;
  if (!dims.empty()) wrapped = ops::reduction_dims(dims, input.dim());
  Tensor data = reversed(input.data(), wrapped);
  return differentiable(
      "FlipBackward0", std::move(data), {input}, {},
      [wrapped](Backward&, const Variable& g) -> Variables { return {flip(g, wrapped)}; });
}

Variable roll(const Variable& input, const Dims& shifts, const Dims& dims) {
  if (shifts.empty()) fail("`shifts` required");
  if (shifts.size() != dims.size() && !(dims.empty() && shifts.size() == 1)) {
    fail("shifts and dimensions must align. shifts: ", shifts.size(), ", dims:", dims.size());
  }
  Tensor data = dims.empty() ? input.data().reshape({input.numel()}) : input.data();
  if (dims.empty()) {
    data = rolled(data, 0, shifts[0]).reshape(input.shape());
  } else {
    for (size_t i = 0; i < dims.size(); ++i) {
      data = rolled(data, wrap_dim(dims[i], input.dim()), shifts[i]);
    }
  }
  return differentiable("RollBackward0", std::move(data), {input}, {},
                        [=](Backward&, const Variable& g) -> Variables {
                          Dims back = shifts;
                          for (int64_t& shift : back) shift = -shift;
                          return {roll(g, back, dims)};
                        });
}

Variable rot90(const Variable& input, int64_t k, const Dims& dims) {
  if (dims.size() != 2) fail("expected total rotation dims == 2, but got dims = ", dims.size());
  if (input.dim() < 2) fail("expected total dims >= 2, but got total dims = ", input.dim());
  const int64_t a = wrap_dim(dims[0], input.dim()), b = wrap_dim(dims[1], input.dim());
  if (a == b) {
    fail("expected rotation dims to be different, but got dim0 = ", dims[0],
         " and dim1 = ", dims[1]);
  }
  k = (k % 4 + 4) % 4;
  Tensor data;
  {
    GradModeGuard no_grad(false);
    if (k == 1)
      data = transpose(flip(input, {b}), a, b).data().contiguous();
    else if (k == 2)
      data = flip(input, {a, b}).data();
    else if (k == 3)
      data = transpose(flip(input, {a}), a, b).data().contiguous();
    else
      data = input.data().clone();
  }
  return differentiable(
      "Rot90Backward0", std::move(data), {input}, {},
      [=](Backward&, const Variable& g) -> Variables { return {rot90(g, -k, {a, b})}; });
}

namespace {

Variable fliplr(const Variable& input) {
  if (input.dim() < 2) fail("Input must be >= 2-d.");
  return flip(input, {1});
}
Variable flipud(const Variable& input) {
  if (input.dim() < 1) fail("Input must be >= 1-d.");
  return flip(input, {0});
}

/// out[i] = input[i + 1] - input[i], n times over.
Variable diff(const Variable& input, int64_t n, int64_t dim, const Variable& prepend,
              const Variable& append) {
  if (input.dim() == 0) fail("diff expects input to be at least one-dimensional");
  if (n < 0) fail("order must be non-negative but got ", n);
  Variables parts;
  if (prepend.defined()) parts.push_back(prepend);
  parts.push_back(input);
  if (append.defined()) parts.push_back(append);
  Variable result = parts.size() > 1 ? cat(parts, dim) : input;
  for (int64_t i = 0; i < n; ++i) {
    const int64_t size = result.size(dim);
    if (size == 0) return result;
    const Variable upper = narrow(result, dim, 1, size - 1);
    const Variable lower = narrow(result, dim, 0, size - 1);
    result = result.dtype() == DType::Bool ? logical_xor(upper, lower) : upper - lower;
  }
  return result;
}

}  // namespace

GRADPAD_DEFINE_OP(repeat, "repeat(Tensor input, int[] repeats) -> Tensor",
                  "The whole repeated so often along each dimension; new ones come in front.\n"
                  "Derivative: g summed over the repetitions.\n"
                  "Shape: the sizes times `repeats`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for fewer repeats than dimensions, or negative ones.",
                  "T[2,3], [2,1]; T[2], [2,3]; T[], [2]; T[], []", kMethod, boxed<&repeat>);
GRADPAD_DEFINE_OP(tile, "tile(Tensor input, int[] dims) -> Tensor",
                  "As repeat, missing repeats in front being 1.\n"
                  "Derivative: g summed over the repetitions.\n"
                  "Shape: the sizes times `dims`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for negative repeats.",
                  "T[2,3], [2]; T[2], [2,2]", kEverywhere, boxed<&tile>);
GRADPAD_DEFINE_OP(
    repeat_interleave, "repeat_interleave(Tensor input, int repeats, int? dim=None) -> Tensor",
    "Each element repeated along `dim`; without it, of the flattened tensor.\n"
    "Derivative: g summed over the repetitions.\n"
    "Shape: `dim` longer by the repetitions; without it [number].\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for negative repeats, or a number of them that does not fit; IndexError "
    "for a dimension out of range.",
    "T[2,2], 2; T[2,2], 3, 1", kEverywhere,
    boxed<overload<const Variable&, int64_t, std::optional<int64_t>>(repeat_interleave)>);
GRADPAD_DEFINE_OP(
    repeat_interleave_tensor,
    "repeat_interleave(Tensor input, Tensor repeats, int? dim=None) -> Tensor",
    "Each element repeated its own number of times along `dim`; without it, of the flattened "
    "tensor.",
    "T[2,2], I[2]<3, 0", kEverywhere,
    boxed<overload<const Variable&, const Variable&, std::optional<int64_t>>(repeat_interleave)>);
GRADPAD_DEFINE_OP(
    flip, "flip(Tensor input, int[] dims) -> Tensor",
    "Reversed along `dims`.\n"
    "Derivative: g reversed along `dims`.\n"
    "Shape: that of `input`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a dimension named twice; IndexError for one out of range.",
    "T[2,3], [0]; T[2,3], [0,1]; T[2,3], []", kEverywhere, boxed<&flip>);
GRADPAD_DEFINE_OP(fliplr, "fliplr(Tensor input) -> Tensor",
                  "The columns in reverse order.\n"
                  "Derivative: g with its columns reversed.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for less than two dimensions.",
                  "T[2,3]", kEverywhere, boxed<&fliplr>);
GRADPAD_DEFINE_OP(flipud, "flipud(Tensor input) -> Tensor",
                  "The rows in reverse order.\n"
                  "Derivative: g with its rows reversed.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for a tensor without dimensions.",
                  "T[2,3]", kEverywhere, boxed<&flipud>);
GRADPAD_DEFINE_OP(
    roll, "roll(Tensor input, int[1] shifts, int[1] dims=[]) -> Tensor",
    "Shifted along `dims`, what leaves at the end entering at the start; flattened without "
    "`dims`.\n"
    "Derivative: g shifted back.\n"
    "Shape: that of `input`.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError where shifts and dims are not of one length; IndexError for a dimension "
    "out of range.",
    "T[2,3], 1; T[2,3], 1, 1; T[2,3], [1,-1], [0,1]", kEverywhere, boxed<&roll>);
GRADPAD_DEFINE_OP(rot90, "rot90(Tensor input, int k=1, int[] dims=[0,1]) -> Tensor",
                  "Turned by 90 degrees k times from dims[0] towards dims[1].\n"
                  "Derivative: g turned back.\n"
                  "Shape: the two sizes exchanged for odd k.\n"
                  "Dtypes: any; the result has that of `input`.\n"
                  "Errors: RuntimeError for other than two dimensions, or twice the same.",
                  "T[2,3]; T[2,3], 2; T[2,3,2], 3, [1,2]", kEverywhere, boxed<&rot90>);
GRADPAD_DEFINE_OP(
    diff,
    "diff(Tensor input, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None) -> Tensor",
    "Differences of neighbours along `dim`, n times over.\n"
    "Derivative: the negative differences of g.\n"
    "Shape: `dim` shorter by n.\n"
    "Dtypes: any; the result has that of `input`.\n"
    "Errors: RuntimeError for a tensor without dimensions; IndexError for a dimension out of "
    "range.",
    "T[4]; T[2,4], 2, 1; T[3], append=T[1]", kEverywhere, boxed<&diff>);

}  // namespace gradpad
