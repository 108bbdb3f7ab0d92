// The bridge to the host, for what is computed there on every device: plans, tables of indices, and
// operations that are rare or small. On the CPU it costs nothing; another device's elements are
// copied each way.
#pragma once

#include "gradpad/tensor/tensor.h"

namespace gradpad::ops {

/// Row-major elements that the host reads and writes.
template <class T>
class HostArray {
 public:
  /// The elements of a tensor, converted to T. Not to be written: they may be the tensor's own.
  explicit HostArray(const Tensor& tensor)
      : tensor_(tensor.cpu().to(dtype_of<T>).contiguous()), data_(tensor_.data<T>()) {}

  static HostArray empty(const Shape& shape) {
    return HostArray(Tensor::empty(shape, dtype_of<T>));
  }
  static HostArray zeros(const Shape& shape) {
    return HostArray(Tensor::zeros(shape, dtype_of<T>));
  }

  int64_t size() const { return tensor_.numel(); }
  T& operator[](int64_t i) const { return data_[i]; }
  T* begin() const { return data_; }
  T* end() const { return data_ + size(); }

  /// What was written, on the device where it belongs.
  Tensor on(Device device) const { return tensor_.to(device); }

 private:
  Tensor tensor_;
  T* data_;
};

}  // namespace gradpad::ops
