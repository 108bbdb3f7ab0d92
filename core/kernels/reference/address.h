// Addresses of the reference device. Its memory is the host's, but its addresses are not: they are
// moved out of what a processor can address, so that code which reads a tensor of this device by
// itself, instead of through a kernel, ends there and then. Kernels move them back.
#pragma once

#include <cstdint>

namespace gradpad::kernels::reference {

static_assert(sizeof(void*) == 8, "the reference device needs room beside the host's addresses");
/// Above what user space has on x86-64 with four levels of page tables, and on AArch64.
inline constexpr uintptr_t kElsewhere = uintptr_t{1} << 52;

inline void* to_device(void* host) {
  return reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(host) ^ kElsewhere);
}

/// The host's address of an address of the device; null stays.
template <class T>
T* host(T* device) {
  return device == nullptr ? nullptr
                           : reinterpret_cast<T*>(reinterpret_cast<uintptr_t>(device) ^ kElsewhere);
}
template <class T>
T* host_as(void* device) {
  return static_cast<T*>(host(device));
}
template <class T>
const T* host_as(const void* device) {
  return static_cast<const T*>(host(device));
}

/// What sums of T are taken in.
template <class T>
struct WideOf {
  using type = uint64_t;  // integers wrap around
};
template <>
struct WideOf<float> {
  using type = double;
};
template <>
struct WideOf<double> {
  using type = long double;
};
template <class T>
using Wide = typename WideOf<T>::type;

}  // namespace gradpad::kernels::reference
