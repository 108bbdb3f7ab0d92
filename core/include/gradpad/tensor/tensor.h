// Tensor: a strided view of shared storage. It knows nothing of gradients.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "gradpad/tensor/device.h"
#include "gradpad/tensor/dims.h"
#include "gradpad/tensor/dtype.h"
#include "gradpad/tensor/error.h"
#include "gradpad/tensor/ref.h"
#include "gradpad/tensor/storage.h"

namespace gradpad {

class Tensor {
 public:
  /// The undefined tensor: no storage, no elements. Whatever needs storage throws RuntimeError.
  Tensor() = default;

  // New row-major tensors. RuntimeError where the device is not available.

  /// Uninitialised.
  static Tensor empty(const Shape& shape, DType dtype, Device device = {});
  static Tensor zeros(const Shape& shape, DType dtype, Device device = {});
  /// Every element is `value`, converted to `dtype`.
  static Tensor full(const Shape& shape, Scalar value, DType dtype, Device device = {});
  /// 0-dimensional.
  static Tensor scalar(Scalar value, DType dtype, Device device = {});
  static Tensor scalar(Scalar value) { return scalar(value, value.dtype()); }
  /// A row-major copy of `values`, on the CPU; their number must be the shape's.
  template <class T>
  static Tensor from(std::span<const T> values, const Shape& shape) {
    Tensor result = empty(shape, dtype_of<T>);
    check_count(static_cast<int64_t>(values.size()), result.numel());
    std::copy(values.begin(), values.end(), result.data<T>());
    return result;
  }
  template <class T>
  static Tensor from(std::initializer_list<T> values, const Shape& shape) {
    return from(std::span<const T>(values.begin(), values.size()), shape);
  }

  bool defined() const { return static_cast<bool>(storage_); }
  DType dtype() const { return dtype_; }
  Device device() const { return device_; }
  int64_t dim() const { return shape_.ssize(); }
  int64_t numel() const { return numel_; }
  const Shape& shape() const { return shape_; }
  const Strides& strides() const { return strides_; }
  /// Size of a dimension; negative indices count from the end. IndexError where there is no such
  /// dimension.
  int64_t size(int64_t d) const { return shape_[existing_dim(d, dim())]; }
  int64_t stride(int64_t d) const { return strides_[existing_dim(d, dim())]; }
  int64_t offset() const { return offset_; }
  bool is_contiguous() const { return contiguous_; }
  const Ref<Storage>& storage(const char* caller = GRADPAD_CALLER) const {
    check_defined(caller);
    return storage_;
  }
  bool shares_storage(const Tensor& other) const { return storage_ == other.storage_; }

  /// The address of the first element on its device; the caller knows the dtype. Only the CPU's can
  /// be read and written here: others are for kernels.
  template <class T>
  T* data(const char* caller = GRADPAD_CALLER) const {
    check_defined(caller);
    return reinterpret_cast<T*>(storage_->data()) + offset_;
  }
  char* bytes(const char* caller = GRADPAD_CALLER) const {
    check_defined(caller);
    return reinterpret_cast<char*>(storage_->data()) + offset_ * item_size(dtype_);
  }

  /// The one element; RuntimeError for any other number of elements.
  Scalar item() const;
  /// The element at a row-major position.
  Scalar at(int64_t position) const;

  /// This tensor if it is row-major, else a row-major copy.
  Tensor contiguous() const;
  /// A row-major copy.
  Tensor clone() const;
  /// This tensor if it has the dtype, else a converted row-major copy.
  Tensor to(DType dtype) const;
  /// This tensor if it is there, else a row-major copy on that device.
  Tensor to(Device device) const;
  /// This tensor if the host can read it, else a row-major copy: the bridge for what is computed on
  /// the host.
  Tensor cpu() const { return device_.is_cpu() ? *this : to(Device()); }
  /// Copies the elements of `source`, of any device, broadcast to this shape and converted to this
  /// dtype.
  void copy_from(const Tensor& source) const;
  void fill(Scalar value) const;

  /// Another view of the same storage; bounds are checked against it.
  Tensor as_strided(const Shape& shape, const Strides& strides, int64_t offset) const;

  /// The same view of another storage, which has at least as many bytes.
  Tensor on_storage(Ref<Storage> storage) const;

  // Views (tensor/view.cpp). Dimension arguments may be negative.
  Tensor expand(const Shape& shape) const;
  Tensor permute(std::span<const int64_t> order) const;
  Tensor transpose(int64_t a, int64_t b) const;
  Tensor select(int64_t d, int64_t index) const;
  /// Elements start, start + step, … below stop along `d`; bounds are clamped as Python clamps
  /// them.
  Tensor slice(int64_t d, int64_t start, int64_t stop, int64_t step) const;
  Tensor narrow(int64_t d, int64_t start, int64_t length) const {
    return slice(d, start, start + length, 1);
  }
  Tensor unsqueeze(int64_t d) const;
  Tensor squeeze(int64_t d) const;
  Tensor diagonal(int64_t shift, int64_t a, int64_t b) const;
  /// Windows of `size` every `step` along `d`, as a new last dimension.
  Tensor unfold(int64_t d, int64_t size, int64_t step) const;
  /// The same elements in row-major order under another shape, without a copy; nothing when the
  /// strides do not allow it. The shape holds no -1.
  std::optional<Tensor> try_view(const Shape& shape) const;
  /// As try_view, copying where needed.
  Tensor reshape(const Shape& shape) const;

 private:
  /// A view of the same storage.
  Tensor(const Tensor& of, Shape shape, Strides strides, int64_t offset);
  static Tensor allocated(const Shape& shape, DType dtype, Device device,
                          Ref<Storage> (*allocate)(int64_t));
  void check_defined(const char* caller) const {
    if (!storage_) [[unlikely]]
      fail_undefined(caller);
  }
  static void check_count(int64_t got, int64_t expected);
  void copy_across(const Tensor& source) const;

  Ref<Storage> storage_;
  int64_t offset_ = 0;
  int64_t numel_ = 0;
  Shape shape_;
  Strides strides_;
  DType dtype_ = DType::Float32;
  bool contiguous_ = true;
  Device device_;
};

/// Writes one element of `dtype`, converted from `value`.
void store_scalar(void* element, Scalar value, DType dtype);

/// The shape with its one -1 replaced by what `numel` elements need; PyTorch's texts on error.
Shape infer_shape(const Shape& shape, int64_t numel);

}  // namespace gradpad
