// gradpad: runs programs, prompts for them, lists operations, describes the build.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>

#include "commands.h"

namespace gradpad::cli {

namespace {

int command_line(int argc, char** argv) {
  CLI::App app("Runs PyTorch-style Python with automatic differentiation.", "gradpad");
  app.set_version_flag("--version", GRADPAD_VERSION);
  app.require_subcommand(0, 1);

  RunArguments run_arguments;
  CLI::App* run_command = app.add_subcommand("run", "Run a program");
  run_command->add_option("FILE", run_arguments.file, "The program; - reads it from standard input")
      ->required();
  run_command->add_option("--max-seconds", run_arguments.max_seconds, "Stop it after so long")
      ->check(CLI::PositiveNumber);
  run_command
      ->add_option(
          "--max-bytes", run_arguments.max_bytes,
          "Let objects and tensors take so much memory; 1.5MB and the like are understood; "
          "otherwise nine tenths of this machine's")
      ->transform(CLI::AsSizeValue(false));

  CLI::App* repl_command = app.add_subcommand("repl", "Read lines and run them");
  bool json = false;
  CLI::App* ops_command = app.add_subcommand("ops", "List all operations with their signatures");
  ops_command->add_flag("--json", json, "As JSON, with texts");
  CLI::App* info_command = app.add_subcommand("info", "Say what this build and machine offer");

  CLI11_PARSE(app, argc, argv);
  if (*run_command) return run(run_arguments);
  if (*repl_command) return repl();
  if (*ops_command) return ops(json);
  if (*info_command) return info();
  std::cerr << app.help();
  return 2;
}

}  // namespace

}  // namespace gradpad::cli

int main(int argc, char** argv) {
  try {
    return gradpad::cli::command_line(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "gradpad: %s\n", error.what());
    return 1;
  }
}
