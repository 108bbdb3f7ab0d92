// Arithmetic on shapes and strides.
#include "gradpad/tensor/dims.h"

#include "gradpad/tensor/error.h"

namespace gradpad {

int64_t numel_of(const Shape& shape) {
  int64_t count = 1;
  bool overflow = false;
  for (int64_t size : shape) overflow |= __builtin_mul_overflow(count, size, &count);
  if (overflow && std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  if (overflow) fail("numel: integer multiplication overflow");
  return count;
}

std::string to_string(const Dims& dims) {
  std::string text = "[";
  for (size_t i = 0; i < dims.size(); ++i) {
    if (i) text += ", ";
    text += std::to_string(dims[i]);
  }
  return text + "]";
}

std::string size_repr(const Shape& shape) { return "torch.Size(" + to_string(shape) + ")"; }

Strides contiguous_strides(const Shape& shape) {
  Strides strides;
  strides.resize(shape.size());
  int64_t step = 1;
  for (int64_t i = shape.ssize() - 1; i >= 0; --i) {
    strides[i] = step;
    step *= std::max<int64_t>(shape[i], 1);
  }
  return strides;
}

Shape broadcast_shapes(const Shape& a, const Shape& b) {
  const Shape& longer = a.size() >= b.size() ? a : b;
  const Shape& shorter = a.size() >= b.size() ? b : a;
  Shape result = longer;
  const int64_t shift = longer.ssize() - shorter.ssize();
  for (int64_t i = shorter.ssize() - 1; i >= 0; --i) {
    const int64_t x = longer[i + shift], y = shorter[i];
    if (x == y || y == 1) continue;
    if (x != 1) {
      fail("The size of tensor a (", &longer == &a ? x : y, ") must match the size of tensor b (",
           &longer == &a ? y : x, ") at non-singleton dimension ", i + shift);
    }
    result[i + shift] = y;
  }
  return result;
}

int64_t wrap_dim(int64_t index, int64_t dim) {
  const int64_t range = std::max<int64_t>(dim, 1);
  if (index < -range || index >= range) {
    fail(ErrorKind::Index, "Dimension out of range (expected to be in range of [", -range, ", ",
         range - 1, "], but got ", index, ")");
  }
  return index < 0 ? index + range : index;
}

int64_t existing_dim(int64_t index, int64_t dim) {
  if (dim == 0) {
    fail(ErrorKind::Index, "Dimension specified as ", index, " but tensor has no dimensions");
  }
  return wrap_dim(index, dim);
}

}  // namespace gradpad
