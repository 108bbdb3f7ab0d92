// The commands of `gradpad`. Each returns the exit status.
#pragma once

#include <cstdint>
#include <string>

namespace gradpad::cli {

/// What programs may take of this machine's memory where nothing else is said: an error at its line
/// is better than a program that the system ends. 0 where the size of the memory is not known.
int64_t usable_memory();

struct RunArguments {
  std::string file;
  double max_seconds = 0;
  int64_t max_bytes = usable_memory();
};

int run(const RunArguments& arguments);
int repl();
int ops(bool json);
int info();

}  // namespace gradpad::cli
