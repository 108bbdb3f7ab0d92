// Views and their derivatives. The gradient of a view has the view's shape; its derivative puts it
// back into the shape of the input.
#include "gradpad/ops/views.h"

#include "gradpad/autograd/function.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/inplace.h"
#include "kernels/kernels.h"
#include "ops/pointwise/all.h"

namespace gradpad {

namespace {

/// Zeros of the input's shape with `g` written where the view looks.
template <class View>
Variable scattered(const Variable& g, const Shape& shape, std::string_view name, View view) {
  Tensor data = Tensor::zeros(shape, g.dtype(), g.device());
  view(data).copy_from(g.data());
  return differentiable(name, std::move(data), {g}, {},
                        [view](Backward&, const Variable& gg) { return Variables{view(gg)}; });
}

}  // namespace

Variable view(const Variable& input, const Shape& size) {
  const Shape shape = infer_shape(size, input.numel());
  auto data = input.data().try_view(shape);
  if (!data) {
    fail(
        "view size is not compatible with input tensor's size and stride (at least one dimension "
        "spans across two contiguous subspaces). Use .reshape(...) instead.");
  }
  return differentiable_view("ViewBackward0", *data, input,
                             [from = input.shape()](Backward&, const Variable& g) -> Variables {
                               return {reshape(g, from)};
                             });
}

Variable reshape(const Variable& input, const Shape& size) {
  const Shape shape = infer_shape(size, input.numel());
  auto data = input.data().try_view(shape);
  const auto derivative = [from = input.shape()](Backward&, const Variable& g) -> Variables {
    return {reshape(g, from)};
  };
  if (data) return differentiable_view("ReshapeAliasBackward0", *data, input, derivative);
  return view(clone(input), shape);
}

Variable t(const Variable& input) {
  if (input.dim() > 2) {
    fail("t() expects a tensor with <= 2 dimensions, but self is ", input.dim(), "D");
  }
  Tensor data = input.dim() < 2 ? input.data() : input.data().transpose(0, 1);
  return differentiable_view("TBackward0", data, input,
                             [](Backward&, const Variable& g) -> Variables { return {t(g)}; });
}

Variable transpose(const Variable& input, int64_t dim0, int64_t dim1) {
  return differentiable_view(
      "TransposeBackward0", input.data().transpose(dim0, dim1), input,
      [=](Backward&, const Variable& g) -> Variables { return {transpose(g, dim0, dim1)}; });
}

Variable permute(const Variable& input, const Dims& dims) {
  Tensor data = input.data().permute(dims);
  return differentiable_view("PermuteBackward0", data, input,
                             [dims](Backward&, const Variable& g) -> Variables {
                               Dims inverse(dims.size(), 0);
                               for (int64_t i = 0; i < dims.ssize(); ++i)
                                 inverse[wrap_dim(dims[i], dims.ssize())] = i;
                               return {permute(g, inverse)};
                             });
}

Variable squeeze(const Variable& input) {
  Tensor data = input.data();
  for (int64_t d = input.dim() - 1; d >= 0; --d) data = data.squeeze(d);
  return differentiable_view("SqueezeBackward0", data, input,
                             [from = input.shape()](Backward&, const Variable& g) -> Variables {
                               return {reshape(g, from)};
                             });
}

Variable squeeze(const Variable& input, int64_t dim) {
  return differentiable_view("SqueezeBackward1", input.data().squeeze(dim), input,
                             [from = input.shape()](Backward&, const Variable& g) -> Variables {
                               return {reshape(g, from)};
                             });
}

Variable unsqueeze(const Variable& input, int64_t dim) {
  dim = wrap_dim(dim, input.dim() + 1);
  return differentiable_view(
      "UnsqueezeBackward0", input.data().unsqueeze(dim), input,
      [dim](Backward&, const Variable& g) -> Variables { return {squeeze(g, dim)}; });
}

Variable expand(const Variable& input, const Shape& size) {
  // The engine sums the gradient to the input's shape.
  return differentiable_view("ExpandBackward0", input.data().expand(size), input,
                             [](Backward&, const Variable& g) -> Variables { return {g}; });
}

Variable select(const Variable& input, int64_t dim, int64_t index) {
  Tensor data = input.data().select(dim, index);
  return differentiable_view(
      "SelectBackward0", data, input,
      [=, from = input.shape()](Backward&, const Variable& g) -> Variables {
        return {scattered(g, from, "SelectBackwardBackward0", [=](const auto& x) {
          if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Tensor>) {
            return x.select(dim, index);
          } else {
            return select(x, dim, index);
          }
        })};
      });
}

Variable slice(const Variable& input, int64_t dim, int64_t start, int64_t end, int64_t step) {
  Tensor data = input.data().slice(dim, start, end, step);
  return differentiable_view(
      "SliceBackward0", data, input,
      [=, from = input.shape()](Backward&, const Variable& g) -> Variables {
        return {scattered(g, from, "SliceBackwardBackward0", [=](const auto& x) {
          if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Tensor>) {
            return x.slice(dim, start, end, step);
          } else {
            return slice(x, dim, start, end, step);
          }
        })};
      });
}

Variable narrow(const Variable& input, int64_t dim, int64_t start, int64_t length) {
  if (input.dim() == 0) fail("narrow() cannot be applied to a 0-dim tensor.");
  const int64_t size = input.size(dim);
  if (length < 0) fail("narrow(): length must be non-negative.");
  if (start < -size || start > size) {
    fail(ErrorKind::Index, "start out of range (expected to be in range of [", -size, ", ", size,
         "], but got ", start, ")");
  }
  if (start < 0) start += size;
  if (start + length > size) {
    fail("start (", start, ") + length (", length, ") exceeds dimension size (", size, ").");
  }
  return slice(input, dim, start, start + length, 1);
}

Variable diagonal(const Variable& input, int64_t offset, int64_t dim1, int64_t dim2) {
  Tensor data = input.data().diagonal(offset, dim1, dim2);
  return differentiable_view(
      "DiagonalBackward0", data, input,
      [=, from = input.shape()](Backward&, const Variable& g) -> Variables {
        return {scattered(g, from, "DiagonalBackwardBackward0", [=](const auto& x) {
          if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Tensor>) {
            return x.diagonal(offset, dim1, dim2);
          } else {
            return diagonal(x, offset, dim1, dim2);
          }
        })};
      });
}

namespace {

/// Places of a storage that the elements of a view look at, overlapping ones included, gathered
/// from or added into a 1-d tensor of the whole storage range.
struct Places {
  Shape shape;
  Strides strides;
  int64_t offset;

  int64_t span() const {
    int64_t last = offset;
    for (size_t i = 0; i < shape.size(); ++i) last += (shape[i] - 1) * strides[i];
    return last + 1;
  }
  /// Of each element in row-major order, counted from `low`.
  Tensor positions(int64_t low, Device device) const {
    Tensor result = Tensor::empty({numel_of(shape)}, DType::Int64, device);
    kernels::kernels(device).positions(result.data<int64_t>(), shape.data(), strides.data(),
                                       static_cast<int>(shape.size()), offset - low);
    return result;
  }
};

Variable gather_places(const Variable& input, const Places& from, const Places& to);

/// The elements of a storage range from `low`, `span` long, as sums of values at places.
class Range {
 public:
  Range(const Places& a, const Places& b, const Tensor& like)
      : low_(std::min(a.offset, b.offset)),
        sums_(Tensor::zeros({std::max<int64_t>(std::max(a.span(), b.span()) - low_, 0)},
                            like.dtype(), like.device())) {}

  void add(const Tensor& values, const Tensor& places) const {
    kernels::kernels_for(values, places)
        .scatter_add_rows(sums_.bytes(), values.bytes(), places.data<int64_t>(), places.numel(), 1,
                          values.dtype());
  }
  Tensor at(const Tensor& places) const {
    Tensor result = Tensor::empty(places.shape(), sums_.dtype(), sums_.device());
    kernels::kernels_for(sums_, places)
        .gather_rows(result.bytes(), sums_.bytes(), places.data<int64_t>(), places.numel(), 1,
                     sums_.dtype());
    return result;
  }
  Tensor positions(const Places& of) const { return of.positions(low_, sums_.device()); }

 private:
  int64_t low_;
  Tensor sums_;
};

/// How often `seen` sees each of its own places.
Tensor sights(const Places& seen, const Places& other, const Tensor& like) {
  const Range counts(seen, other, like);
  const Tensor places = counts.positions(seen);
  counts.add(Tensor::full(places.shape(), 1, like.dtype(), like.device()), places);
  return counts.at(places);
}

Tensor divided(const Tensor& values, const Tensor& divisors) {
  ops::pointwise_into(ops::def_of<ops::Div>, values, {Variable(values), Variable(divisors)});
  return values;
}

void check_floating(const Variable& input) {
  dispatch_floating(input.dtype(), "as_strided", []<class T>() {});
}

/// out[p of `to`] = sum of input elements whose place in `from` is p. `to` may see a place twice
/// (expanded inputs): each sight then gets its share.
Variable move_places(const Variable& input, const Places& from, const Places& to) {
  check_floating(input);
  const Range range(from, to, input.data());
  range.add(input.data().contiguous(), range.positions(from));
  Tensor data = divided(range.at(range.positions(to)), sights(to, from, input.data()));
  return differentiable(
      "AsStridedScatterBackward0", data.reshape(to.shape), {input}, {},
      [=](Backward&, const Variable& g) -> Variables { return {gather_places(g, to, from)}; });
}

/// The transpose of move_places(…, to, from).
Variable gather_places(const Variable& input, const Places& from, const Places& to) {
  check_floating(input);
  const Range range(from, to, input.data());
  const Tensor shares =
      divided(input.data().clone().reshape({input.numel()}), sights(from, to, input.data()));
  range.add(shares, range.positions(from));
  return differentiable(
      "AsStridedBackwardBackward0", range.at(range.positions(to)).reshape(to.shape), {input}, {},
      [=](Backward&, const Variable& g) -> Variables { return {move_places(g, to, from)}; });
}

}  // namespace

Variable as_strided(const Variable& input, const Shape& size, const Strides& stride,
                    int64_t storage_offset) {
  for (int64_t s : stride) {
    if (s < 0)
      fail("as_strided: Negative strides are not supported at the moment, got strides: ",
           to_string(stride));
  }
  if (size.size() != stride.size()) {
    fail("mismatch in length of strides and shape");
  }
  Tensor data = input.data().as_strided(size, stride, storage_offset);
  const Places seen{size, stride, storage_offset};
  const Places whole{input.shape(), input.data().strides(), input.data().offset()};
  return differentiable_view(
      "AsStridedBackward0", data, input,
      [=](Backward&, const Variable& g) -> Variables { return {move_places(g, seen, whole)}; });
}

Variable unfold(const Variable& input, int64_t dimension, int64_t size, int64_t step) {
  Tensor data = input.data().unfold(dimension, size, step);
  // Windows overlap: their gradients are added where they look, as those of any strided view.
  const Tensor packed = Tensor::empty(input.shape(), input.dtype(), input.device());
  const Tensor windows = packed.unfold(dimension, size, step);
  const Places seen{windows.shape(), windows.strides(), windows.offset()};
  const Places whole{packed.shape(), packed.strides(), packed.offset()};
  return differentiable_view(
      "UnfoldBackward0", data, input,
      [=](Backward&, const Variable& g) -> Variables { return {move_places(g, seen, whole)}; });
}

}  // namespace gradpad
