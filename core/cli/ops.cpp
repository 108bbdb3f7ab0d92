// gradpad ops: the table of operations.
#include <cstdio>
#include <iostream>
#include <string>

#include "commands.h"
#include "ops/registry.h"

namespace gradpad::cli {

namespace {

struct SpaceName {
  Space space;
  const char* prefix;
};
constexpr SpaceName kSpaces[] = {
    {kTorch, "torch."},           {kMethod, "Tensor."},       {kFunctional, "torch.nn.functional."},
    {kSpecial, "torch.special."}, {kLinalg, "torch.linalg."},
};

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
      out += buffer;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string names_of(const Op& op, bool json) {
  std::string out;
  const auto add = [&](const std::string& name) {
    out += (out.empty() ? "" : ", ") + (json ? quoted(name) : name);
  };
  for (const SpaceName& space : kSpaces) {
    if (op.in(space.space)) add(space.prefix + std::string(op.name));
  }
  if (op.in(kInPlace)) add("Tensor." + std::string(op.name) + "_");
  return out;
}

}  // namespace

int ops(bool json) {
  if (!json) {
    for (const Op& op : all_ops()) {
      std::cout << op.entry->schema << "\n    " << names_of(op, false) << "\n    " << op.entry->doc
                << "\n";
    }
    return 0;
  }
  std::cout << "[";
  const char* separator = "\n";
  for (const Op& op : all_ops()) {
    std::cout << separator << "  {\"name\": " << quoted(op.name)
              << ", \"schema\": " << quoted(op.entry->schema) << ", \"names\": ["
              << names_of(op, true) << "], \"doc\": " << quoted(op.entry->doc) << "}";
    separator = ",\n";
  }
  std::cout << "\n]\n";
  return 0;
}

}  // namespace gradpad::cli
