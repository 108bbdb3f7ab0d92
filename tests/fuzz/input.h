// Values made of a fuzzer's bytes, and what a target does where something does not hold.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

namespace gradpad::fuzz {

/// Reads an input from its front; beyond its end everything is 0.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  template <class T>
  T take() {
    T value{};
    const size_t count = size_ < sizeof(T) ? size_ : sizeof(T);
    if (count) std::memcpy(&value, data_, count);
    data_ += count;
    size_ -= count;
    return value;
  }
  /// From `low` to `high`, both included.
  int64_t between(int64_t low, int64_t high) {
    const auto range = static_cast<uint64_t>(high - low) + 1;
    const uint64_t drawn = range <= 256 ? take<uint8_t>() : take<uint64_t>();
    return low + static_cast<int64_t>(range == 0 ? drawn : drawn % range);
  }
  bool coin() { return (take<uint8_t>() & 1) != 0; }
  bool empty() const { return size_ == 0; }
  std::string_view rest() const { return {reinterpret_cast<const char*>(data_), size_}; }

 private:
  const uint8_t* data_;
  size_t size_;
};

/// Ends the run as a finding.
inline void expect(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

}  // namespace gradpad::fuzz
