// Hints: what is added to an error of Python's or PyTorch's, to say what to do instead. Each has an
// id, by which the page finds it in the reader's language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gradpad::lang {

// X(id, text); {name} is filled in.
#define GRADPAD_HINTS(X)                                                                        \
  X(did_you_mean, "Did you mean: '{name}'?")                                                    \
  X(no_module, "There are torch and parts of the standard library.")                            \
  X(no_package, "There is no {name} here, but torch and parts of the standard library.")        \
  X(cpu_only,                                                                                   \
    "Everything here runs on the CPU. Write device = 'cuda' if torch.cuda.is_available() else " \
    "'cpu' to have code that runs in both places.")                                             \
  X(no_numpy, "There is no NumPy here. Use .tolist() for the numbers as lists.")                \
  X(no_async, "Everything runs at once here: there is no async code.")                          \
  X(no_match, "Use if and elif.")                                                               \
  X(no_groups, "There are no exception groups here.")                                           \
  X(no_character_names, "Write the character itself, or \\u and its number.")                   \
  X(nested_too_deep, "Split the expression: give parts of it names.")                           \
  X(backslash_in_fstring, "Give the part with the backslash a name first.")

enum class HintId : uint8_t {
  none,
#define X(id, text) id,
  GRADPAD_HINTS(X)
#undef X
};

struct Hint {
  HintId id = HintId::none;
  std::string name = {};

  explicit operator bool() const { return id != HintId::none; }
  /// "did_you_mean"; empty for none.
  std::string_view key() const;
  /// In English.
  std::string text() const;
};

}  // namespace gradpad::lang
