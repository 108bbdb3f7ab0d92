// Whether other threads may be running. While there is but one, counts are plain numbers and locks
// are not taken; a program pays for threads once it has started one.
#pragma once

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

namespace gradpad {

/// False where a program cannot start a thread at all.
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool kHasThreads = false;
#else
inline constexpr bool kHasThreads = true;
#endif

/// False only where no other thread can be running.
inline bool has_threads() noexcept {
  if constexpr (!kHasThreads) return false;
#if __has_include(<sys/single_threaded.h>)
  return !__libc_single_threaded;
#else
  return true;
#endif
}

}  // namespace gradpad
