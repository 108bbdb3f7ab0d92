// The clock of the benchmarks: the processor time of this thread where there is such a thing, so
// that other work on the machine disturbs little.
#pragma once

#include <chrono>
#include <ctime>

namespace gradpad::bench {

/// Seconds since some moment.
inline double now() {
#if defined(CLOCK_THREAD_CPUTIME_ID) && !defined(__EMSCRIPTEN__)
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
#else
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

}  // namespace gradpad::bench
