// Running sums, products, maxima and minima.
#include <cmath>

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"
#include "ops/reduce_data.h"

namespace gradpad {

namespace {

/// Integers and bool accumulate as int64.
Variable accumulated_type(const Variable& input, std::optional<DType> dtype) {
  if (dtype) return convert(input, *dtype);
  return is_floating(input.dtype()) ? input : convert(input, DType::Int64);
}

/// out[i] = step(out[i - 1], in[i]) along `dim`, from out[0] = in[0].
template <class Step>
Tensor scan(const Tensor& input, int64_t dim, Step step) {
  const Tensor source = input.contiguous();
  Tensor out = Tensor::empty(source.shape(), source.dtype());
  if (source.numel() == 0) return out;
  const auto shape = ops::shape_around(source.shape(), dim);
  dispatch(source.dtype(), [&]<class T>() {
    const T* in = source.data<T>();
    T* result = out.data<T>();
    for (int64_t o = 0; o < shape.outer; ++o) {
      std::copy_n(in, shape.inner, result);
      for (int64_t i = shape.inner; i < shape.n * shape.inner; ++i) {
        result[i] = static_cast<T>(step(result[i - shape.inner], in[i]));
      }
      in += shape.n * shape.inner;
      result += shape.n * shape.inner;
    }
  });
  return out;
}

/// sum of x[i], x[i+1], … along `dim`.
Variable reversed_cumsum(const Variable& x, int64_t dim) {
  return x.dim() == 0 ? x : flip(cumsum(flip(x, {dim}), dim), {dim});
}

/// d/dx[k] of cumprod is, for each j >= k, the product of the other factors up to j. With a zero
/// among them it cannot be had by division and is multiplied up, one k after the other.
Variable cumprod_gradient(const Variable& g, const Variable& x, const Variable& result,
                          int64_t dim) {
  if (x.dim() == 0) return g;
  const bool has_zero = any(eq(x.detach(), 0)).item().truth();
  if (!has_zero) return reversed_cumsum(g * result, dim) / x;
  const int64_t n = x.size(dim);
  Variables columns;
  for (int64_t k = 0; k < n; ++k) {
    const Variable later = cumprod(narrow(x, dim, k + 1, n - k - 1), dim);
    Variable grads = narrow(g, dim, k + 1, n - k - 1) * later;
    Variable column = narrow(g, dim, k, 1) + sum(grads, Dims{dim}, true);
    if (k > 0) column = column * prod(narrow(x, dim, 0, k), dim, true);
    columns.push_back(column);
  }
  return cat(columns, dim);
}

template <class Better>
ValuesIndices running(std::string_view node, const Variable& input, int64_t dim, Better better) {
  dim = wrap_dim(dim, input.dim());
  const Tensor source = input.data().contiguous();
  Tensor values = Tensor::empty(source.shape(), source.dtype());
  Tensor indices = Tensor::zeros(source.shape(), DType::Int64);
  const auto shape = ops::shape_around(source.shape(), dim);
  if (source.numel() > 0) {
    dispatch(source.dtype(), [&]<class T>() {
      const T* in = source.data<T>();
      T* value = values.data<T>();
      int64_t* index = indices.data<int64_t>();
      for (int64_t o = 0; o < shape.outer; ++o) {
        std::copy_n(in, shape.inner, value);
        for (int64_t i = shape.inner; i < shape.n * shape.inner; ++i) {
          const int64_t before = i - shape.inner;
          // NaN stays, and comes in; the comparison is false with it on either side.
          const bool take =
              in[i] != in[i] || (value[before] == value[before] && !better(value[before], in[i]));
          value[i] = take ? in[i] : value[before];
          index[i] = take ? i / shape.inner : index[before];
        }
        in += shape.n * shape.inner;
        value += shape.n * shape.inner;
        index += shape.n * shape.inner;
      }
    });
  }
  const Variables results = differentiable_many(
      node, {values, indices}, {input}, {saved_input(Variable(indices))},
      [=, from = input.shape()](Backward& b, const Variables& grads) -> Variables {
        const Variable zeros(Tensor::zeros(from, grads[0].dtype()));
        return {scatter_add(zeros, dim, b.saved(0), grads[0])};
      });
  return {results[0], results[1]};
}

}  // namespace

Variable cumsum(const Variable& given, int64_t dim, std::optional<DType> dtype) {
  const Variable input = accumulated_type(given, dtype);
  dim = wrap_dim(dim, input.dim());
  Tensor data = scan(input.data(), dim, [](auto a, auto b) { return a + b; });
  return differentiable(
      "CumsumBackward0", std::move(data), {input}, {},
      [dim](Backward&, const Variable& g) -> Variables { return {reversed_cumsum(g, dim)}; });
}

Variable cumprod(const Variable& given, int64_t dim, std::optional<DType> dtype) {
  const Variable input = accumulated_type(given, dtype);
  dim = wrap_dim(dim, input.dim());
  Tensor data = scan(input.data(), dim, [](auto a, auto b) { return a * b; });
  return differentiable_of(
      "CumprodBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [dim](Backward& b, const Variable& g) -> Variables {
        return {cumprod_gradient(g, b.saved(0), b.saved(1), dim)};
      });
}

Variable logcumsumexp(const Variable& input, int64_t dim) {
  dim = wrap_dim(dim, input.dim());
  if (!is_floating(input.dtype())) {
    fail("\"logcumsumexp_out_cpu\" not implemented for '", scalar_type_name(input.dtype()), "'");
  }
  Tensor data = scan(input.data(), dim, []<class T>(T a, T b) -> T {
    const T low = std::min(a, b), high = std::max(a, b);
    if (low != low || high != high) return static_cast<T>(a + b);
    // Equal infinities would give inf - inf.
    if (low == high && std::isinf(static_cast<double>(low))) return high;
    return static_cast<T>(high + std::log1p(std::exp(low - high)));
  });
  return differentiable_of(
      "LogcumsumexpBackward0", std::move(data), Variables{input},
      [&](const Tensor& result) { return Saved{saved_input(input), saved_output(result)}; },
      [dim](Backward& b, const Variable& g) -> Variables {
        // d out[j] / d x[i] = exp(x[i] - out[j]) for j >= i. A shift by the largest keeps the
        // factors finite.
        const Variable x = b.saved(0), out = b.saved(1);
        if (x.dim() == 0) return {g};
        const Variable shift = amax(x, {dim}, true).detach();
        return {exp(x - shift) * reversed_cumsum(g * exp(shift - out), dim)};
      });
}

ValuesIndices cummax(const Variable& input, int64_t dim) {
  return running("CummaxBackward0", input, dim, [](auto a, auto b) { return a > b; });
}
ValuesIndices cummin(const Variable& input, int64_t dim) {
  return running("CumminBackward0", input, dim, [](auto a, auto b) { return a < b; });
}

GRADPAD_DEFINE_OP(cumsum, "cumsum(Tensor input, int dim, *, dtype? dtype=None) -> Tensor",
                  "Running sums along `dim`; integers and bool give int64.",
                  "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere | kInPlace, boxed<&cumsum>);
GRADPAD_DEFINE_OP(cumprod, "cumprod(Tensor input, int dim, *, dtype? dtype=None) -> Tensor",
                  "Running products along `dim`; integers and bool give int64.",
                  "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere | kInPlace, boxed<&cumprod>);
GRADPAD_DEFINE_OP(logcumsumexp, "logcumsumexp(Tensor input, int dim) -> Tensor",
                  "log(cumsum(exp(input))) along `dim`, without overflow.",
                  "T[2,3], 0; T[2,3], 1; T[], 0", kEverywhere, boxed<&logcumsumexp>);
GRADPAD_DEFINE_OP(cummax, "cummax(Tensor input, int dim) -> (Tensor values, Tensor indices)",
                  "Running maxima along `dim` and where they are: of equals the last.",
                  "D[2,4], 1; D[3,2], 0", kEverywhere, boxed<&cummax>);
GRADPAD_DEFINE_OP(cummin, "cummin(Tensor input, int dim) -> (Tensor values, Tensor indices)",
                  "Running minima along `dim` and where they are: of equals the last.",
                  "D[2,4], 1; D[3,2], 0", kEverywhere, boxed<&cummin>);

}  // namespace gradpad
