// Views: other shapes and strides of the same storage.
#include <limits>

#include "gradpad/tensor/tensor.h"

namespace gradpad {

Tensor Tensor::expand(const Shape& shape) const {
  const int64_t shift = shape.ssize() - dim();
  if (shift < 0) {
    fail("expand(torch.", tensor_type_name(dtype_).substr(6), "{", to_string(shape_),
         "}, size=", to_string(shape), "): the number of sizes provided (", shape.ssize(),
         ") must be greater or equal to the number of dimensions in the tensor (", dim(), ")");
  }
  Shape sizes = shape;
  Strides strides;
  strides.resize(shape.size());
  for (int64_t i = shape.ssize() - 1; i >= 0; --i) {
    const int64_t own = i - shift;
    if (own < 0) {
      if (sizes[i] < 0) {
        fail("The expanded size of the tensor (", sizes[i],
             ") isn't allowed in a leading, non-existing dimension ", i);
      }
      continue;
    }
    if (sizes[i] == -1) sizes[i] = shape_[own];
    if (sizes[i] == shape_[own]) {
      strides[i] = strides_[own];
    } else if (shape_[own] != 1) {
      fail("The expanded size of the tensor (", sizes[i], ") must match the existing size (",
           shape_[own], ") at non-singleton dimension ", i, ".  Target sizes: ", to_string(shape),
           ".  Tensor sizes: ", to_string(shape_));
    }
  }
  return Tensor(*this, sizes, strides, offset_);
}

Tensor Tensor::permute(std::span<const int64_t> order) const {
  if (static_cast<int64_t>(order.size()) != dim()) {
    fail(
        "permute(sparse_coo): number of dimensions in the tensor input does not match the length "
        "of the desired ordering of dimensions i.e. input.dim() = ",
        dim(), " is not equal to len(dims) = ", order.size());
  }
  Shape shape;
  Strides strides;
  std::array<bool, 64> seen{};
  for (int64_t d : order) {
    const int64_t from = wrap_dim(d, dim());
    if (seen[static_cast<size_t>(from)]) fail("permute(): duplicate dims are not allowed.");
    seen[static_cast<size_t>(from)] = true;
    shape.push_back(shape_[from]);
    strides.push_back(strides_[from]);
  }
  return Tensor(*this, shape, strides, offset_);
}

Tensor Tensor::transpose(int64_t a, int64_t b) const {
  a = wrap_dim(a, dim());
  b = wrap_dim(b, dim());
  Tensor result = *this;
  if (dim() == 0) return result;
  std::swap(result.shape_[a], result.shape_[b]);
  std::swap(result.strides_[a], result.strides_[b]);
  return Tensor(*this, result.shape_, result.strides_, offset_);
}

Tensor Tensor::select(int64_t d, int64_t index) const {
  if (dim() == 0) fail(ErrorKind::Index, "select() cannot be applied to a 0-dim tensor.");
  d = wrap_dim(d, dim());
  if (index < -shape_[d] || index >= shape_[d]) {
    fail(ErrorKind::Index, "index ", index, " is out of bounds for dimension ", d, " with size ",
         shape_[d]);
  }
  if (index < 0) index += shape_[d];
  Shape shape = shape_;
  Strides strides = strides_;
  shape.erase(d);
  strides.erase(d);
  return Tensor(*this, shape, strides, offset_ + index * strides_[d]);
}

Tensor Tensor::slice(int64_t d, int64_t start, int64_t stop, int64_t step) const {
  if (dim() == 0) fail("slice() cannot be applied to a 0-dim tensor.");
  if (step <= 0) fail("slice step must be positive");
  d = wrap_dim(d, dim());
  const int64_t size = shape_[d];
  if (start < 0) start += size;
  if (stop < 0) stop += size;
  start = std::clamp<int64_t>(start, 0, size);
  stop = std::clamp<int64_t>(stop, start, size);
  Shape shape = shape_;
  Strides strides = strides_;
  shape[d] = (stop - start) / step + ((stop - start) % step != 0);
  strides[d] = strides_[d] * step;
  return Tensor(*this, shape, strides, offset_ + start * strides_[d]);
}

Tensor Tensor::unsqueeze(int64_t d) const {
  d = wrap_dim(d, dim() + 1);
  Shape shape = shape_;
  Strides strides = strides_;
  strides.insert(d, d < dim() ? shape_[d] * strides_[d] : 1);
  shape.insert(d, 1);
  return Tensor(*this, shape, strides, offset_);
}

Tensor Tensor::squeeze(int64_t d) const {
  d = wrap_dim(d, dim());
  if (dim() == 0 || shape_[d] != 1) return *this;
  Shape shape = shape_;
  Strides strides = strides_;
  shape.erase(d);
  strides.erase(d);
  return Tensor(*this, shape, strides, offset_);
}

Tensor Tensor::diagonal(int64_t shift, int64_t a, int64_t b) const {
  const int64_t given_a = a, given_b = b;
  a = wrap_dim(a, dim());
  b = wrap_dim(b, dim());
  if (a == b) fail("diagonal dimensions cannot be identical ", given_a, ", ", given_b);
  const int64_t rows = shape_[a] + std::min<int64_t>(shift, 0);
  const int64_t columns = shape_[b] - std::max<int64_t>(shift, 0);
  const int64_t length = std::max<int64_t>(std::min({rows, columns, shape_[a], shape_[b]}), 0);
  int64_t offset = offset_;
  if (length > 0) offset += shift >= 0 ? shift * strides_[b] : -shift * strides_[a];
  Shape shape = shape_;
  Strides strides = strides_;
  shape.erase(std::max(a, b));
  strides.erase(std::max(a, b));
  shape.erase(std::min(a, b));
  strides.erase(std::min(a, b));
  shape.push_back(length);
  strides.push_back(strides_[a] + strides_[b]);
  return Tensor(*this, shape, strides, offset);
}

Tensor Tensor::unfold(int64_t d, int64_t size, int64_t step) const {
  d = wrap_dim(d, dim());
  const int64_t room = dim() == 0 ? 1 : shape_[d];
  if (size > room) {
    fail("maximum size for tensor at dimension ", d, " is ", room, " but size is ", size);
  }
  if (step <= 0) fail("step is ", step, " but must be > 0");
  Shape shape = shape_;
  Strides strides = strides_;
  shape.push_back(size);
  strides.push_back(dim() == 0 ? 1 : strides_[d]);
  if (dim() > 0) {
    shape[d] = (room - size) / step + 1;
    strides[d] = strides_[d] * step;
  }
  return Tensor(*this, shape, strides, offset_);
}

std::optional<Tensor> Tensor::try_view(const Shape& shape) const {
  if (contiguous_) return Tensor(*this, shape, contiguous_strides(shape), offset_);
  if (numel_ == 0) return Tensor(*this, shape, contiguous_strides(shape), offset_);
  // Walk from the end: a run of old dimensions that is one block in memory is split again among
  // new dimensions of the same product.
  Strides strides;
  strides.resize(shape.size());
  int64_t view = shape.ssize() - 1;
  int64_t base_stride = strides_.empty() ? 1 : strides_.back();
  int64_t old_count = 1, new_count = 1;
  for (int64_t d = dim() - 1; d >= 0; --d) {
    old_count *= shape_[d];
    const bool block_ends =
        d == 0 || (shape_[d - 1] != 1 && strides_[d - 1] != old_count * base_stride);
    if (!block_ends) continue;
    while (view >= 0 && (new_count < old_count || shape[view] == 1)) {
      strides[view] = new_count * base_stride;
      new_count *= shape[view];
      --view;
    }
    if (new_count != old_count) return std::nullopt;
    if (d > 0) {
      base_stride = strides_[d - 1];
      old_count = new_count = 1;
    }
  }
  if (view >= 0) return std::nullopt;
  return Tensor(*this, shape, strides, offset_);
}

Tensor Tensor::reshape(const Shape& shape) const {
  if (auto view = try_view(shape)) return *view;
  return *clone().try_view(shape);
}

Shape infer_shape(const Shape& shape, int64_t numel) {
  int64_t known = 1, unknown = -1;
  for (int64_t i = 0; i < shape.ssize(); ++i) {
    if (shape[i] == -1) {
      if (unknown >= 0) fail("only one dimension can be inferred");
      unknown = i;
    } else if (shape[i] < 0) {
      fail("invalid shape dimension ", shape[i]);
    } else if (__builtin_mul_overflow(known, shape[i], &known)) {
      fail("shape '", to_string(shape), "' is invalid for input of size ", numel);
    }
  }
  Shape result = shape;
  if (unknown >= 0) {
    if (known == 0) {
      fail("cannot reshape tensor of 0 elements into shape ", to_string(shape),
           " because the unspecified dimension size -1 can be any value and is ambiguous");
    }
    if (numel % known == 0) {
      result[unknown] = numel / known;
      return result;
    }
  } else if (known == numel) {
    return result;
  }
  fail("shape '", to_string(shape), "' is invalid for input of size ", numel);
}

}  // namespace gradpad
