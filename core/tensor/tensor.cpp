// Creation of tensors, element access and copies.
#include "gradpad/tensor/tensor.h"

#include <cstring>

#include "tensor/convert.h"
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

/// Byte strides for a walk in the order of `shape`, to which the tensor broadcasts.
Strides byte_strides(const Tensor& tensor, const Shape& shape) {
  Strides strides(shape.size(), 0);
  const int64_t shift = shape.ssize() - tensor.dim();
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    if (tensor.shape()[d] != 1) {
      strides[d + shift] = tensor.strides()[d] * item_size(tensor.dtype());
    }
  }
  return strides;
}

/// Printing, tolist() and others go from dimension to dimension, kernels keep a place for each.
void check_dims(int64_t dims) {
  constexpr int64_t kMostDims = 64;
  if (dims > kMostDims) fail("only tensors with up to ", kMostDims, " dims are supported");
}

bool overlaps(const Tensor& a, const Tensor& b) {
  return a.shares_storage(b) && a.numel() > 0 && b.numel() > 0;
}

}  // namespace

void fail_undefined(std::string_view caller) {
  fail("Expected a proper Tensor but got None (or an undefined Tensor in C++)",
       caller.empty() ? "" : " in ", caller);
}

Tensor::Tensor(const Tensor& of, Shape shape, Strides strides, int64_t offset)
    : storage_(of.storage_),
      offset_(offset),
      numel_(numel_of(shape)),
      shape_(std::move(shape)),
      strides_(std::move(strides)),
      dtype_(of.dtype_),
      contiguous_(row_major(shape_, strides_)),
      device_(of.device_) {
  check_dims(dim());
}

void Tensor::check_count(int64_t got, int64_t expected) {
  if (got != expected) {
    fail(ErrorKind::Value, "got ", got, " values for a shape of ", expected, " elements");
  }
}

Tensor Tensor::allocated(const Shape& shape, DType dtype, Device device,
                         Ref<Storage> (*allocate)(int64_t)) {
  check_dims(shape.ssize());
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
  result.storage_ = device.is_cpu() ? allocate(bytes) : Storage::allocate_on(device, bytes);
  result.numel_ = numel;
  result.dtype_ = dtype;
  result.device_ = device;
  return result;
}

Tensor Tensor::empty(const Shape& shape, DType dtype, Device device) {
  return allocated(shape, dtype, device, Storage::allocate);
}

Tensor Tensor::zeros(const Shape& shape, DType dtype, Device device) {
  Tensor result = allocated(shape, dtype, device, Storage::allocate_zeros);
  if (!device.is_cpu()) result.fill(0);
  return result;
}

Tensor Tensor::full(const Shape& shape, Scalar value, DType dtype, Device device) {
  Tensor result = empty(shape, dtype, device);
  result.fill(value);
  return result;
}

Tensor Tensor::scalar(Scalar value, DType dtype, Device device) {
  return full({}, value, dtype, device);
}

void store_scalar(void* element, Scalar value, DType dtype) {
  dispatch(dtype, [&]<class T>() {
    *static_cast<T*>(element) = value.is_float() ? convert_element<T>(value.to_double())
                                                 : convert_element<T>(value.to_int());
  });
}

void Tensor::fill(Scalar value) const {
  if (!device_.is_cpu()) {
    copy_from(scalar(value, dtype_));
    return;
  }
  if (numel_ == 1) {
    store_scalar(bytes(), value, dtype_);
    return;
  }
  dispatch(dtype_, [&]<class T>() {
    T element;
    store_scalar(&element, value, dtype_);
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
  if (!device_.is_cpu()) return cpu().item();
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

Tensor Tensor::on_storage(Ref<Storage> storage) const {
  Tensor result = *this;
  result.storage_ = std::move(storage);
  return result;
}

Tensor Tensor::contiguous() const { return contiguous_ ? *this : clone(); }

Tensor Tensor::clone() const {
  check_defined("clone");
  Tensor result = empty(shape_, dtype_, device_);
  result.copy_from(*this);
  return result;
}

Tensor Tensor::to(DType dtype) const {
  if (dtype == dtype_) return *this;
  Tensor result = empty(shape_, dtype, device_);
  result.copy_from(*this);
  return result;
}

Tensor Tensor::to(Device device) const {
  if (device == device_) return *this;
  Tensor result = empty(shape_, dtype_, device);
  result.copy_from(*this);
  return result;
}

void Tensor::copy_from(const Tensor& source) const {
  check_defined("copy_from");
  source.check_defined("copy_from");
  if (source.device_ != device_) {
    copy_across(source);
    return;
  }
  if (overlaps(*this, source)) {
    // Views of one storage may overlap in any way: read all before writing.
    if (source.offset_ == offset_ && source.strides_ == strides_ && source.shape_ == shape_) return;
    Tensor apart = empty(source.shape_, source.dtype_, device_);
    apart.copy_from(source);
    copy_from(apart);
    return;
  }
  const bool same_shape = source.shape_ == shape_;
  if (same_shape && contiguous_ && source.contiguous_ && source.dtype_ == dtype_ &&
      device_.is_cpu()) {
    std::memcpy(bytes(), source.bytes(), static_cast<size_t>(numel_ * item_size(dtype_)));
    return;
  }
  // Checks that the source broadcasts.
  if (!same_shape) source.expand(shape_);
  const Strides to = byte_strides(*this, shape_), from = byte_strides(source, shape_);
  find_memory(device_.type)
      ->copy({bytes(), dtype_, to.data()}, {source.bytes(), source.dtype_, from.data()},
             shape_.data(), static_cast<int>(dim()));
}

/// Packed and converted on the source's side, moved, and spread on this one's.
void Tensor::copy_across(const Tensor& source) const {
  const Tensor packed = source.to(dtype_).contiguous();
  const int64_t size = packed.numel_ * item_size(dtype_);
  if (size == 0) return;
  if (!source.device_.is_cpu() && !device_.is_cpu()) {
    copy_from(packed.to(Device()));
    return;
  }
  // Whole into a packed tensor of this device, which may be this one.
  const bool direct = contiguous_ && packed.shape_ == shape_;
  const Tensor arrived = direct ? *this : empty(packed.shape_, dtype_, device_);
  if (device_.is_cpu()) {
    find_memory(source.device_.type)
        ->to_host(source.device_.index, arrived.bytes(), packed.bytes(), size);
  } else {
    find_memory(device_.type)->from_host(device_.index, arrived.bytes(), packed.bytes(), size);
  }
  if (!direct) copy_from(arrived);
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
  return Tensor(*this, shape, strides, offset);
}

}  // namespace gradpad
