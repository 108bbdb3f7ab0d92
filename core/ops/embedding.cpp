// Embedding, vectors of unit length, gates, and normalisation across channels.
#include <algorithm>
#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/norm.h"
#include "gradpad/ops/pool.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "kernels/kernels.h"
#include "ops/composite.h"
#include "ops/entry.h"
#include "ops/host.h"

namespace gradpad {

namespace {

Tensor checked_places(const Variable& input, int64_t rows) {
  if (input.dtype() != DType::Int64 && input.dtype() != DType::Int32) {
    fail(
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: "
        "Long, "
        "Int; but got ",
        tensor_type_name(input.dtype()), " instead (while checking arguments for embedding)");
  }
  const Tensor places = input.data().to(DType::Int64).contiguous();
  const int64_t wrong =
      kernels::kernels(places.device())
          .fold_index(nullptr, places.data<int64_t>(), {.count = places.numel(), .size = rows});
  if (wrong >= 0) fail(ErrorKind::Index, "index out of range in self");
  return places;
}

/// What each row's gradient counts: 0 for padding, one over how often the row is named.
Variable row_factors(const Variable& places, int64_t rows, int64_t padding, bool by_frequency,
                     DType dtype) {
  const Variable ones(Tensor::full({places.numel()}, 1, dtype, places.device()));
  Variable factors = ones;
  if (by_frequency) {
    const Variable none(Tensor::zeros({rows}, dtype, places.device()));
    factors = ones / index_select(index_add(none, 0, places, ones), 0, places);
  }
  factors = masked_fill(factors, eq(places, padding), Variable(0.0));
  return reshape(factors, {places.numel(), 1});
}

}  // namespace

Variable embedding(const Variable& input, const Variable& weight,
                   std::optional<int64_t> padding_idx, bool scale_grad_by_freq) {
  if (weight.dim() != 2) fail("'weight' must be 2-D");
  const int64_t rows = weight.size(0), width = weight.size(1);
  int64_t padding = -1;
  if (padding_idx) {
    if (*padding_idx >= rows || *padding_idx < -rows) {
      fail(ErrorKind::Assertion, "Padding_idx must be within num_embeddings");
    }
    padding = *padding_idx < 0 ? *padding_idx + rows : *padding_idx;
  }
  const Tensor places = checked_places(input, rows);
  const Tensor table = weight.data().contiguous();
  Shape shape = input.shape();
  shape.push_back(width);
  Tensor data = Tensor::empty(shape, weight.dtype(), weight.device());
  kernels::kernels_for(table, places)
      .gather_rows(data.bytes(), table.bytes(), places.data<int64_t>(), places.numel(), width,
                   weight.dtype());
  return differentiable(
      "EmbeddingBackward0", std::move(data), {weight}, {saved_input(Variable(places))},
      [=](Backward& b, const Variable& g) -> Variables {
        const Variable flat = reshape(b.saved(0), {-1});
        Variable grads = reshape(g, {flat.numel(), width});
        if (padding >= 0 || scale_grad_by_freq) {
          grads = grads * row_factors(flat, rows, padding, scale_grad_by_freq, g.dtype());
        }
        return {index_add(Variable(Tensor::zeros({rows, width}, g.dtype(), g.device())), 0, flat,
                          grads)};
      });
}

Variable normalize(const Variable& input, double p, const Dims& dim, double eps) {
  const Variable size = clamp(norm(input, p, dim, true), eps, {});
  return input / expand(size, input.shape());
}

Variable glu(const Variable& input, int64_t dim) {
  if (input.dim() == 0) fail("glu does not support 0-dimensional tensors");
  const int64_t d = wrap_dim(dim, input.dim());
  if (input.size(d) % 2 != 0) {
    fail("Halving dimension must be even, but dimension ", d, " is size ", input.size(d));
  }
  const int64_t half = input.size(d) / 2;
  return ops::fused("GluBackward0", {input}, [=](const Variables& in) {
    return narrow(in[0], d, 0, half) * sigmoid(narrow(in[0], d, half, half));
  });
}

namespace {

/// Rows that are too long are shortened in the weight itself.
void shorten_rows(const Variable& weight, const Tensor& places, double max_norm, double norm_type) {
  GradModeGuard no_grad(false);
  const ops::HostArray<int64_t> named(places);
  std::vector<int64_t> used(named.begin(), named.end());
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  for (int64_t place : used) {
    const Variable row(weight.data().select(0, place));
    const double size = norm(row, norm_type).item().to_double();
    if (size <= max_norm) continue;
    change_in_place(row, [&] { row.data().copy_from((row * (max_norm / (size + 1e-7))).data()); });
  }
}

Variable embedding_functional(const Variable& input, const Variable& weight,
                              std::optional<int64_t> padding_idx, std::optional<double> max_norm,
                              double norm_type, bool scale_grad_by_freq, bool sparse) {
  if (sparse) fail(ErrorKind::NotImplemented, "sparse gradients are not available");
  if (max_norm && weight.dim() == 2) {
    shorten_rows(weight, checked_places(input, weight.size(0)), *max_norm, norm_type);
  }
  return embedding(input, weight, padding_idx, scale_grad_by_freq);
}
Variable embedding_torch(const Variable& weight, const Variable& indices, int64_t padding_idx,
                         bool scale_grad_by_freq, bool sparse) {
  const auto padding = padding_idx < 0 ? std::nullopt : std::optional<int64_t>(padding_idx);
  return embedding_functional(indices, weight, padding, {}, 2, scale_grad_by_freq, sparse);
}

/// input / (k + alpha * mean of squares of `size` neighbouring channels)^beta.
Variable local_response_norm(const Variable& input, int64_t size, double alpha, double beta,
                             double k) {
  if (input.dim() < 3) {
    fail(ErrorKind::Value,
         "Expected 3D or higher dimensionality                          input (got ", input.dim(),
         " dimensions)");
  }
  if (input.numel() == 0) return input;
  const int64_t n = input.size(0), channels = input.size(1);
  const int64_t rest = input.numel() / (n * channels);
  const Variable squares = reshape(square(input), {n, 1, channels, rest});
  const Variable padded = pad(squares, {0, 0, size / 2, (size - 1) / 2});
  const Variable means = avg_pool2d(padded, {size, 1}, {1, 1});
  return input / pow(reshape(means, input.shape()) * alpha + k, beta);
}

}  // namespace

GRADPAD_DEFINE_OP(
    embedding_functional,
    "embedding(Tensor input, Tensor weight, int? padding_idx=None, float? max_norm=None, float "
    "norm_type=2.0, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor",
    "Rows of `weight` at the places that `input` (int64 or int32) names. Row `padding_idx` gets "
    "no gradient. max_norm shortens the rows used, in place. IndexError for a place out of "
    "range.\n"
    "Derivative: g added to the rows of `weight` that were taken.\n"
    "Shape: the places' with the length of a row behind.\n"
    "Dtypes: places int64 or int32; weight floating.\n"
    "Errors: IndexError for a place out of range.",
    "I[2,2]<3, T[3,2]; I[]<3, T[3,2]", kFunctional, boxed<&embedding_functional>);
GRADPAD_DEFINE_OP(
    embedding,
    "embedding(Tensor weight, Tensor indices, int padding_idx=-1, bool scale_grad_by_freq=False, "
    "bool sparse=False) -> Tensor",
    "Rows of `weight` at the places that `indices` names.", "T[3,2], I[2,2]<3", kTorch,
    boxed<&embedding_torch>);
GRADPAD_DEFINE_OP(normalize,
                  "normalize(Tensor input, float p=2.0, int[1] dim=1, float eps=1e-12) -> Tensor",
                  "input / max(norm, eps) along `dim`: vectors of length 1.\n"
                  "Derivative: (g - result * the sum of g * result) / norm.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: float32 and float64.\n"
                  "Errors: IndexError for a dimension out of range.",
                  "T[2,3]; T[2,3], 1, 0", kFunctional, boxed<&normalize>);
GRADPAD_DEFINE_OP(
    glu, "glu(Tensor input, int dim=-1) -> Tensor",
    "The first half along `dim` times the sigmoid of the second.\n"
    "Derivative: g * sigmoid(b); g * a * sigmoid(b) * (1 - sigmoid(b)) for the halves a and b.\n"
    "Shape: half as long along `dim`.\n"
    "Dtypes: floating.\n"
    "Errors: RuntimeError for an odd size; IndexError for a dimension out of range.",
    "T[2,4]; T[2,3], 0", kFunctional, boxed<&glu>);
GRADPAD_DEFINE_OP(local_response_norm,
                  "local_response_norm(Tensor input, int size, float alpha=1e-4, float beta=0.75, "
                  "float k=1.0) -> "
                  "Tensor",
                  "input / (k + alpha * mean of squares of `size` neighbouring channels)^beta.\n"
                  "Derivative: through the quotient and the mean of the neighbours.\n"
                  "Shape: that of `input`.\n"
                  "Dtypes: floating.\n"
                  "Errors: ValueError for less than three dimensions.",
                  "T[2,4,2], 2, 0.5; T[1,3,2,2], 3, 0.5, 2", kFunctional,
                  boxed<&local_response_norm>);

}  // namespace gradpad
