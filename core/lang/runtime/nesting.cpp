// Where the stack of a thread ends.
#include "lang/runtime/nesting.h"

#include <algorithm>

#if defined(__linux__) || defined(__APPLE__)
#include <pthread.h>
#endif

namespace gradpad::lang {

#ifndef __EMSCRIPTEN__

constinit thread_local uintptr_t stack_floor = UINTPTR_MAX;

namespace {

struct StackBounds {
  uintptr_t low;
  uintptr_t high;
};

StackBounds stack_bounds() noexcept {
#if defined(__APPLE__)
  const auto high = reinterpret_cast<uintptr_t>(pthread_get_stackaddr_np(pthread_self()));
  return {high - pthread_get_stacksize_np(pthread_self()), high};
#elif defined(__linux__)
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return {0, 0};
  void* low = nullptr;
  size_t bytes = 0;
  const bool known = pthread_attr_getstack(&attributes, &low, &bytes) == 0;
  pthread_attr_destroy(&attributes);
  if (!known) return {0, 0};
  const auto begin = reinterpret_cast<uintptr_t>(low);
  return {begin, begin + bytes};
#else
  return {0, 0};
#endif
}

}  // namespace

bool find_stack_floor(uintptr_t here) noexcept {
  if (stack_floor != UINTPTR_MAX) return true;
  // For what runs without asking again: a kernel, a dtor, the unwinder.
  constexpr uintptr_t kReserve = 512 * 1024;
  constexpr uintptr_t kUnknown = 512 * 1024;
  StackBounds bounds = stack_bounds();
  if (here < bounds.low || here >= bounds.high) {
    // A system that does not say, or a stack of the host's own making.
    bounds = {here - std::min(here, kUnknown), here};
  }
  stack_floor = bounds.low + std::min(kReserve, (bounds.high - bounds.low) / 4);
  return here < stack_floor;
}

#endif

}  // namespace gradpad::lang
