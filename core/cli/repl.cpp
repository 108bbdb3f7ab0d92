// gradpad repl: a prompt as Python's.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "commands.h"
#include "lang/session/session.h"

#ifdef GRADPAD_HAS_LIBEDIT
#include <editline/readline.h>
#include <unistd.h>
#endif

namespace gradpad::cli {

namespace {

lang::Session* running = nullptr;

/// A line without its end; nothing at the end of input.
std::optional<std::string> read_line(const char* prompt) {
#ifdef GRADPAD_HAS_LIBEDIT
  if (isatty(STDIN_FILENO)) {
    const std::unique_ptr<char, decltype(&std::free)> line(readline(prompt), std::free);
    if (!line) return std::nullopt;
    if (*line) add_history(line.get());
    return std::string(line.get());
  }
#endif
  std::cout << prompt << std::flush;
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

/// Lines up to where they can be run: a block ends at an empty line.
std::optional<std::string> read_program() {
  std::optional<std::string> line = read_line(">>> ");
  if (!line) return std::nullopt;
  std::string source = *line + "\n";
  bool block = false;
  while (lang::Session::is_incomplete(source) || block) {
    block = block || lang::Session::is_incomplete(source);
    line = read_line("... ");
    if (!line) break;
    source += *line + "\n";
    if (line->find_first_not_of(" \t") == std::string::npos &&
        !lang::Session::is_incomplete(source)) {
      break;
    }
  }
  return source;
}

}  // namespace

int repl() {
  std::cout << "Gradpad. Ctrl-D leaves.\n";
  lang::Session session(/*keep_globals=*/true);
  running = &session;
  lang::RunOptions options;
  options.on_stdout = [](std::string_view text) { std::cout << text << std::flush; };
  options.on_stderr = [](std::string_view text) { std::cerr << text; };
  options.max_bytes = usable_memory();
  options.max_output = 0;
  options.filename = "<stdin>";
  options.inspect = false;
  options.interactive = true;
  while (const std::optional<std::string> source = read_program()) {
    std::signal(SIGINT, [](int) { running->interrupt(); });
    const lang::RunResult result = session.run(*source, options);
    std::signal(SIGINT, SIG_DFL);
    if (result.error) {
      std::cerr << result.error->traceback;
      if (result.error->hint) std::cerr << "Hint: " << result.error->hint.text() << "\n";
    } else if (result.exit_status) {
      return *result.exit_status;
    }
  }
  std::cout << "\n";
  return 0;
}

}  // namespace gradpad::cli
