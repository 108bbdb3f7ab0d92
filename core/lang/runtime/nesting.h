// How deep C++ may call itself over what a program builds or calls: until the stack is nearly used
// up, and no deeper than Python's recursion limit.
#pragma once

#include <cstdint>

#ifdef __EMSCRIPTEN__
#include <emscripten/stack.h>
#endif

namespace gradpad::lang {

/// The recursion limit of CPython, for calls of the language and for what it counts with them.
inline constexpr int32_t kRecursionLimit = 1000;

/// A kind of step deeper.
struct NestingStep {
  const char* doing;     // how the RecursionError ends
  int32_t counted;       // 1: counts towards the recursion limit, as it does in CPython
  int32_t engine_bytes;  // what one takes at most of a JavaScript engine's stack
};

namespace nesting {
inline constexpr NestingStep kCall{"", 1, 1700};
inline constexpr NestingStep kRepr{" while getting the repr of an object", 1, 1400};
inline constexpr NestingStep kStr{" while getting the str of an object", 1, 1400};
inline constexpr NestingStep kComparison{" in comparison", 1, 1400};
inline constexpr NestingStep kInstanceCheck{" in __instancecheck__", 1, 1400};
inline constexpr NestingStep kSubclassCheck{" in __subclasscheck__", 1, 1400};
inline constexpr NestingStep kIteration{"", 0, 500};
inline constexpr NestingStep kHash{"", 0, 900};
inline constexpr NestingStep kAttribute{"", 0, 900};
}  // namespace nesting

/// WebAssembly calls on a stack of the engine's that cannot be asked how much of it is left: what
/// stands on it is estimated. The smallest is that of a worker in Chromium, 500 KB. Natively there
/// is one stack, and the estimate is not looked at.
inline constexpr int32_t kEngineStack = 400'000;

#ifdef __EMSCRIPTEN__

/// Whether little is left of the stack in WebAssembly's memory.
inline bool is_stack_low() noexcept {
  constexpr uintptr_t kReserve = 128 * 1024;
  return emscripten_stack_get_current() < emscripten_stack_get_end() + kReserve;
}

#else

/// Below this address little is left of the thread's stack. Not known before the first question.
extern constinit thread_local uintptr_t stack_floor;
bool find_stack_floor(uintptr_t here) noexcept;

inline bool is_stack_low() noexcept {
  const auto here = reinterpret_cast<uintptr_t>(__builtin_frame_address(0));
  return here < stack_floor && find_stack_floor(here);
}

#endif

}  // namespace gradpad::lang
