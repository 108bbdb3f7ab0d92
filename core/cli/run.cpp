// gradpad run FILE
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "commands.h"
#include "lang/session/session.h"

namespace gradpad::cli {

namespace {

lang::Session* running = nullptr;

void write_to(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
}

}  // namespace

int run(const RunArguments& arguments) {
  std::string source;
  if (arguments.file == "-") {
    source.assign(std::istreambuf_iterator<char>(std::cin), {});
  } else {
    std::ifstream file(arguments.file, std::ios::binary);
    // A folder can be opened, but not read.
    if (!file || std::filesystem::is_directory(arguments.file)) {
      std::cerr << "gradpad: can't open file '" << arguments.file << "'\n";
      return 2;
    }
    source.assign(std::istreambuf_iterator<char>(file), {});
  }
  lang::Session session;
  running = &session;
  std::signal(SIGINT, [](int) { running->interrupt(); });
  lang::RunOptions options;
  options.on_stdout = [](std::string_view text) { write_to(stdout, text); };
  options.on_stderr = [](std::string_view text) {
    // What was printed before a warning stands before it.
    std::fflush(stdout);
    write_to(stderr, text);
  };
  options.max_seconds = arguments.max_seconds;
  options.max_bytes = arguments.max_bytes;
  options.filename = arguments.file == "-" ? "<stdin>" : arguments.file;
  options.max_output = 0;  // it goes where its reader wants it
  options.inspect = false;
  const lang::RunResult result = session.run(source, options);
  std::fflush(stdout);
  std::signal(SIGINT, SIG_DFL);
  if (!result.error) return result.exit_status.value_or(0);
  write_to(stderr, result.error->traceback);
  if (result.error->hint) write_to(stderr, "Hint: " + result.error->hint.text() + "\n");
  // What a shell reports of a program that Ctrl-C ended.
  return result.error->type == "KeyboardInterrupt" ? 128 + SIGINT : 1;
}

}  // namespace gradpad::cli
