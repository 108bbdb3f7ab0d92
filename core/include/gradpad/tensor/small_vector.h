// A vector whose first N elements stand in place: most operations have one to three inputs, and a
// heap allocation for each would cost more than the operation.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <utility>

namespace gradpad {

template <class T, size_t N>
class SmallVector {
 public:
  SmallVector() noexcept {}
  SmallVector(std::initializer_list<T> values) {
    reserve(values.size());
    for (const T& value : values) emplace_back(value);
  }
  explicit SmallVector(size_t count) {
    reserve(count);
    while (size_ < count) emplace_back();
  }
  SmallVector(const SmallVector& other) {
    reserve(other.size_);
    for (const T& value : other) emplace_back(value);
  }
  SmallVector(SmallVector&& other) noexcept { take(other); }
  SmallVector& operator=(const SmallVector& other) {
    if (this != &other) *this = SmallVector(other);
    return *this;
  }
  SmallVector& operator=(SmallVector&& other) noexcept {
    if (this != &other) {
      destroy();
      take(other);
    }
    return *this;
  }
  ~SmallVector() { destroy(); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* data() { return data_; }
  const T* data() const { return data_; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T& front() { return data_[0]; }
  const T& front() const { return data_[0]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }

  template <class... Args>
  T& emplace_back(Args&&... args) {
    if (size_ == capacity_) {
      // The argument may live inside this vector: build it before the elements move.
      T value(std::forward<Args>(args)...);
      reserve(2 * capacity_);
      return *new (data_ + size_++) T(std::move(value));
    }
    return *new (data_ + size_++) T(std::forward<Args>(args)...);
  }
  void push_back(const T& value) { emplace_back(value); }
  void push_back(T&& value) { emplace_back(std::move(value)); }
  void pop_back() { data_[--size_].~T(); }
  void clear() {
    while (size_ > 0) pop_back();
  }
  void resize(size_t count) {
    while (size_ > count) pop_back();
    reserve(count);
    while (size_ < count) emplace_back();
  }
  void reserve(size_t count) {
    if (count <= capacity_) return;
    T* grown = std::allocator<T>().allocate(count);
    for (size_t i = 0; i < size_; ++i) {
      new (grown + i) T(std::move(data_[i]));
      data_[i].~T();
    }
    release_heap();
    data_ = grown;
    capacity_ = count;
  }

 private:
  T* local() { return reinterpret_cast<T*>(local_); }
  void release_heap() {
    if (data_ != local()) std::allocator<T>().deallocate(data_, capacity_);
  }
  void destroy() {
    clear();
    release_heap();
    data_ = local();
    capacity_ = N;
  }
  /// Takes the elements of `other`; this vector is empty and local.
  void take(SmallVector& other) noexcept {
    if (other.data_ != other.local()) {
      data_ = std::exchange(other.data_, other.local());
      capacity_ = std::exchange(other.capacity_, N);
      size_ = std::exchange(other.size_, 0);
      return;
    }
    for (size_t i = 0; i < other.size_; ++i) new (data_ + i) T(std::move(other.data_[i]));
    size_ = other.size_;
    other.clear();
  }

  alignas(T) std::byte local_[N * sizeof(T)];
  T* data_ = local();
  size_t size_ = 0;
  size_t capacity_ = N;
};

}  // namespace gradpad
