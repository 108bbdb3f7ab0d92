// A small vector of sizes or strides; up to five stand in place, more on the heap.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>

namespace gradpad {

class Dims {
 public:
  Dims() = default;
  Dims(std::initializer_list<int64_t> values) { assign(values.begin(), values.size()); }
  explicit Dims(std::span<const int64_t> values) { assign(values.data(), values.size()); }
  Dims(size_t count, int64_t value) {
    resize(count);
    std::fill(begin(), end(), value);
  }
  // Copies take the whole of `local_`: a fixed size needs no call, a variable one does.
  Dims(const Dims& other) : size_(other.size_), local_(other.local_) {
    if (other.heap_) assign(other.heap_.get(), other.size_);
  }
  Dims(Dims&& other) noexcept
      : size_(other.size_),
        capacity_(other.capacity_),
        local_(other.local_),
        heap_(std::move(other.heap_)) {
    other.size_ = 0;
  }
  Dims& operator=(const Dims& other) {
    if (other.heap_ || heap_) {
      if (this != &other) assign(other.data(), other.size_);
    } else {
      size_ = other.size_;
      local_ = other.local_;
    }
    return *this;
  }
  Dims& operator=(Dims&& other) noexcept {
    if (this != &other) {
      size_ = other.size_;
      capacity_ = other.capacity_;
      local_ = other.local_;
      heap_ = std::move(other.heap_);
      other.size_ = 0;
    }
    return *this;
  }
  ~Dims() = default;

  size_t size() const { return size_; }
  int64_t ssize() const { return static_cast<int64_t>(size_); }
  bool empty() const { return size_ == 0; }
  int64_t* data() { return heap_ ? heap_.get() : local_.data(); }
  const int64_t* data() const { return heap_ ? heap_.get() : local_.data(); }
  int64_t* begin() { return data(); }
  int64_t* end() { return data() + size_; }
  const int64_t* begin() const { return data(); }
  const int64_t* end() const { return data() + size_; }
  /// Indexed with any integer type; no wrapping of negatives, no check.
  template <class Index>
  int64_t& operator[](Index i) {
    return data()[i];
  }
  template <class Index>
  int64_t operator[](Index i) const {
    return data()[i];
  }
  int64_t back() const { return data()[size_ - 1]; }
  operator std::span<const int64_t>() const { return {data(), size_}; }

  void push_back(int64_t value) {
    resize(size_ + 1);
    data()[size_ - 1] = value;
  }
  void insert(int64_t at, int64_t value) {
    resize(size_ + 1);
    std::move_backward(begin() + at, end() - 1, end());
    data()[at] = value;
  }
  void erase(int64_t at) {
    std::move(begin() + at + 1, end(), begin() + at);
    --size_;
  }
  /// New places are zero.
  void resize(size_t count) {
    if (count > kLocal && (!heap_ || count > capacity_)) {
      const size_t capacity = std::max({count, 2 * kLocal, size_t{2} * capacity_});
      auto grown = std::make_unique<int64_t[]>(capacity);
      std::copy_n(data(), size_, grown.get());
      heap_ = std::move(grown);
      capacity_ = static_cast<uint32_t>(capacity);
    }
    if (count > size_) std::fill(data() + size_, data() + count, 0);
    size_ = static_cast<uint32_t>(count);
  }

  bool operator==(const Dims& other) const {
    if (size_ != other.size_) return false;
    const int64_t *a = data(), *b = other.data();
    for (uint32_t i = 0; i < size_; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }

 private:
  static constexpr size_t kLocal = 5;
  void assign(const int64_t* values, size_t count) {
    size_ = 0;
    if (count > kLocal) resize(count);
    size_ = static_cast<uint32_t>(count);
    std::copy_n(values, count, data());
  }

  uint32_t size_ = 0;
  uint32_t capacity_ = 0;
  std::array<int64_t, kLocal> local_{};
  std::unique_ptr<int64_t[]> heap_;
};

using Shape = Dims;
using Strides = Dims;

/// The product of the sizes. Throws when it does not fit 63 bits.
int64_t numel_of(const Shape& shape);
/// "[2, 3]", as PyTorch prints sizes.
std::string to_string(const Dims& dims);
/// "torch.Size([2, 3])".
std::string size_repr(const Shape& shape);
/// Strides of a row-major tensor of this shape.
Strides contiguous_strides(const Shape& shape);
/// The shape both broadcast to; throws PyTorch's text where they do not.
Shape broadcast_shapes(const Shape& a, const Shape& b);
/// A dimension index counted from the front; negative ones count from the end. `dim` of 0 is
/// treated as 1, as PyTorch does for 0-dimensional tensors.
int64_t wrap_dim(int64_t index, int64_t dim);
/// The same where 0 dimensions do not count as one; IndexError.
int64_t existing_dim(int64_t index, int64_t dim);

}  // namespace gradpad
