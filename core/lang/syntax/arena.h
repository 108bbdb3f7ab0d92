// Memory that is given back all at once.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace gradpad::lang {

/// Holds only what needs no destructor.
class Arena {
 public:
  template <class T, class... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }
  template <class T>
  std::span<T> copy(const std::vector<T>& items) {
    if (items.empty()) return {};
    auto* data = static_cast<T*>(allocate(sizeof(T) * items.size(), alignof(T)));
    std::uninitialized_copy(items.begin(), items.end(), data);
    return {data, items.size()};
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    auto* data = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(data, text.data(), text.size());
    return {data, text.size()};
  }

 private:
  void* allocate(size_t bytes, size_t alignment) {
    size_t offset = (used_ + alignment - 1) & ~(alignment - 1);
    if (blocks_.empty() || offset + bytes > size_) {
      size_ = bytes > kBlock ? bytes : kBlock;
      blocks_.push_back(std::make_unique<std::byte[]>(size_));
      offset = 0;
    }
    used_ = offset + bytes;
    return blocks_.back().get() + offset;
  }
  static constexpr size_t kBlock = 16 * 1024;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  size_t used_ = 0;
  size_t size_ = 0;
};

}  // namespace gradpad::lang
