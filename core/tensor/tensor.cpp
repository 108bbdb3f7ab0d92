// Creation of tensors, element access and copies.
#include "gradpad/tensor/tensor.h"

#include <cstring>
#include <limits>

#include "tensor/iterate.h"

namespace gradpad {

namespace {

bool row_major(const Shape& shape, const Strides& strides) {
  int64_t step = 1;
  for (int64_t i = shape.ssize() - 1; i >= 0; --i) {
    if (shape[i] == 0) return true;
    if (shape[i] == 1) continue;
    if (strides[i] != step) return false;
    step *= shape[i];
  }
  return true;
}

template <class To, class From>
To convert(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From{0};
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    // Out-of-range values are undefined in C++; saturate, as WebAssembly does.
    if (!(value == value)) return To{0};
    using Limits = std::numeric_limits<To>;
    if constexpr (sizeof(To) == 1) return static_cast<To>(convert<int64_t>(value));
    if (value >= static_cast<From>(Limits::max())) return Limits::max();
    if (value <= static_cast<From>(Limits::min())) return Limits::min();
    return static_cast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

template <class To, class From>
void copy_row(char* const* pointers, const int64_t* strides, int64_t n) {
  char* to = pointers[0];
  const char* from = pointers[1];
  if constexpr (std::is_same_v<To, From>) {
    if (strides[0] == sizeof(To) && strides[1] == sizeof(From)) {
      std::memmove(to, from, static_cast<size_t>(n) * sizeof(To));
      return;
    }
  }
  if (strides[0] == sizeof(To) && strides[1] == sizeof(From)) {
    auto* out = reinterpret_cast<To*>(to);
    auto* in = reinterpret_cast<const From*>(from);
    for (int64_t i = 0; i < n; ++i) out[i] = convert<To>(in[i]);
    return;
  }
  for (int64_t i = 0; i < n; ++i) {
    *reinterpret_cast<To*>(to + i * strides[0]) =
        convert<To>(*reinterpret_cast<const From*>(from + i * strides[1]));
  }
}

bool overlaps(const Tensor& a, const Tensor& b) {
  return a.shares_storage(b) && a.numel() > 0 && b.numel() > 0;
}

}  // namespace

void fail_undefined(std::string_view caller) {
  fail("Expected a proper Tensor but got None (or an undefined Tensor in C++)",
       caller.empty() ? "" : " in ", caller);
}

Tensor::Tensor(Ref<Storage> storage, DType dtype, Shape shape, Strides strides, int64_t offset)
    : storage_(std::move(storage)),
      offset_(offset),
      numel_(numel_of(shape)),
      shape_(std::move(shape)),
      strides_(std::move(strides)),
      dtype_(dtype),
      contiguous_(row_major(shape_, strides_)) {}

void Tensor::check_count(int64_t got, int64_t expected) {
  if (got != expected) {
    fail(ErrorKind::Value, "got ", got, " values for a shape of ", expected, " elements");
  }
}

Tensor Tensor::allocated(const Shape& shape, DType dtype, Ref<Storage> (*allocate)(int64_t)) {
  Tensor result;
  result.shape_ = shape;
  result.strides_.resize(shape.size());
  int64_t step = 1, numel = 1, bytes = 0;
  bool overflow = false;
  for (int64_t i = shape.ssize() - 1; i >= 0; --i) {
    if (shape[i] < 0) {
      fail("Trying to create tensor with negative dimension ", shape[i], ": ", to_string(shape));
    }
    result.strides_[i] = step;
    if (__builtin_mul_overflow(step, std::max<int64_t>(shape[i], 1), &step)) step = 0;
    overflow |= __builtin_mul_overflow(numel, shape[i], &numel);
  }
  if (overflow) numel = numel_of(shape);
  if (__builtin_mul_overflow(numel, item_size(dtype), &bytes)) {
    fail("Storage size calculation overflowed with sizes=", to_string(shape));
  }
  result.storage_ = allocate(bytes);
  result.numel_ = numel;
  result.dtype_ = dtype;
  return result;
}

Tensor Tensor::empty(const Shape& shape, DType dtype) {
  return allocated(shape, dtype, Storage::allocate);
}

Tensor Tensor::zeros(const Shape& shape, DType dtype) {
  return allocated(shape, dtype, Storage::allocate_zeros);
}

Tensor Tensor::full(const Shape& shape, Scalar value, DType dtype) {
  Tensor result = empty(shape, dtype);
  result.fill(value);
  return result;
}

Tensor Tensor::scalar(Scalar value, DType dtype) { return full({}, value, dtype); }

void store_scalar(void* element, Scalar value, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    *static_cast<T*>(element) =
        value.is_float() ? convert<T>(value.to_double()) : convert<T>(value.to_int());
  });
}

void Tensor::fill(Scalar value) const {
  if (numel_ == 1) {
    store_scalar(bytes(), value, dtype_);
    return;
  }
  dispatch(dtype_, [&]<class T>() {
    const T element = value.is_float() ? convert<T>(value.to_double()) : convert<T>(value.to_int());
    if (contiguous_) {
      std::fill_n(data<T>(), numel_, element);
      return;
    }
    for_each_row(shape_, {LoopOperand(*this)},
                 [&](char* const* pointers, const int64_t* strides, int64_t n) {
                   for (int64_t i = 0; i < n; ++i) {
                     *reinterpret_cast<T*>(pointers[0] + i * strides[0]) = element;
                   }
                 });
  });
}

Scalar Tensor::item() const {
  if (numel_ != 1) {
    fail(ErrorKind::Value, "only one element tensors can be converted to Python scalars");
  }
  return dispatch(dtype_, [&]<class T>() -> Scalar {
    if constexpr (std::is_same_v<T, uint8_t>) return Scalar(int64_t{*data<T>()});
    if constexpr (std::is_same_v<T, int32_t>) return Scalar(int64_t{*data<T>()});
    if constexpr (!std::is_same_v<T, uint8_t> && !std::is_same_v<T, int32_t>) {
      return Scalar(*data<T>());
    }
  });
}

Scalar Tensor::at(int64_t position) const {
  int64_t place = offset_;
  for (int64_t d = dim() - 1; d >= 0; --d) {
    place += position % shape_[d] * strides_[d];
    position /= shape_[d];
  }
  return as_strided({}, {}, place).item();
}

Tensor Tensor::contiguous() const { return contiguous_ ? *this : clone(); }

Tensor Tensor::clone() const {
  check_defined("clone");
  Tensor result = empty(shape_, dtype_);
  result.copy_from(*this);
  return result;
}

Tensor Tensor::to(DType dtype) const {
  if (dtype == dtype_) return *this;
  Tensor result = empty(shape_, dtype);
  result.copy_from(*this);
  return result;
}

void Tensor::copy_from(const Tensor& source) const {
  check_defined("copy_from");
  source.check_defined("copy_from");
  if (overlaps(*this, source)) {
    // Views of one storage may overlap in any way: read all before writing.
    if (source.offset_ == offset_ && source.strides_ == strides_ && source.shape_ == shape_) return;
    Tensor apart = empty(source.shape_, source.dtype_);
    apart.copy_from(source);
    copy_from(apart);
    return;
  }
  const Tensor from = source.shape_ == shape_ ? source : source.expand(shape_);
  dispatch(dtype_, [&]<class To>() {
    dispatch(from.dtype_, [&]<class From>() {
      for_each_row(shape_, {LoopOperand(*this), LoopOperand(from)}, copy_row<To, From>);
    });
  });
}

Tensor Tensor::as_strided(const Shape& shape, const Strides& strides, int64_t offset) const {
  check_defined("as_strided");
  int64_t last = offset;
  for (size_t i = 0; i < shape.size(); ++i) last += (shape[i] - 1) * strides[i];
  const int64_t room = storage_->bytes() / item_size(dtype_);
  if (numel_of(shape) > 0 && (offset < 0 || last >= room)) {
    fail("setStorage: sizes ", to_string(shape), ", strides ", to_string(strides),
         ", storage offset ", offset, ", and itemsize ", item_size(dtype_),
         " requiring a storage size of ", (last + 1) * item_size(dtype_),
         " are out of bounds for storage of size ", storage_->bytes());
  }
  return Tensor(storage_, dtype_, shape, strides, offset);
}

}  // namespace gradpad
