// How much memory a program may take.
#include <unistd.h>

#include "commands.h"

namespace gradpad::cli {

int64_t usable_memory() {
#ifdef _SC_PHYS_PAGES
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  if (pages > 0 && page > 0) return static_cast<int64_t>(pages) * page / 10 * 9;
#endif
  return 0;
}

}  // namespace gradpad::cli
