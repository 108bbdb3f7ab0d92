// The commands of `gradpad`. Each returns the exit status.
#pragma once

#include <cstdint>
#include <string>

namespace gradpad::cli {

struct RunArguments {
  std::string file;
  double max_seconds = 0;
  int64_t max_bytes = 0;
};

int run(const RunArguments& arguments);
int repl();
int ops(bool json);
int info();

}  // namespace gradpad::cli
