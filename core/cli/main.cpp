// gradpad: runs programs, prompts for them, lists operations, describes the build.
#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "commands.h"

int main(int argc, char** argv) {
  CLI::App app("Runs PyTorch-style Python with automatic differentiation.", "gradpad");
  app.set_version_flag("--version", GRADPAD_VERSION);
  app.require_subcommand(0, 1);

  gradpad::cli::RunArguments run;
  CLI::App* run_command = app.add_subcommand("run", "Run a program");
  run_command->add_option("FILE", run.file, "The program; - reads it from standard input")
      ->required();
  run_command->add_option("--max-seconds", run.max_seconds, "Stop it after so long")
      ->check(CLI::PositiveNumber);
  run_command
      ->add_option(
          "--max-bytes", run.max_bytes,
          "Let objects and tensors take so much memory; 1.5MB and the like are understood; "
          "otherwise nine tenths of this machine's")
      ->transform(CLI::AsSizeValue(false));

  CLI::App* repl_command = app.add_subcommand("repl", "Read lines and run them");
  bool json = false;
  CLI::App* ops_command = app.add_subcommand("ops", "List all operations with their signatures");
  ops_command->add_flag("--json", json, "As JSON, with texts");
  CLI::App* info_command = app.add_subcommand("info", "Say what this build and machine offer");

  CLI11_PARSE(app, argc, argv);
  try {
    if (*run_command) return gradpad::cli::run(run);
    if (*repl_command) return gradpad::cli::repl();
    if (*ops_command) return gradpad::cli::ops(json);
    if (*info_command) return gradpad::cli::info();
  } catch (const std::exception& error) {
    std::cerr << "gradpad: " << error.what() << "\n";
    return 1;
  }
  std::cerr << app.help();
  return 2;
}
