// The texts of hints.
#include "lang/syntax/hint.h"

#include <utility>

namespace gradpad::lang {

namespace {

// clang-format off
constexpr std::pair<std::string_view, std::string_view> kHints[] = {
    {"", ""},
#define X(id, text) {#id, text},
    GRADPAD_HINTS(X)
#undef X
};
// clang-format on

}  // namespace

std::string_view Hint::key() const { return kHints[static_cast<size_t>(id)].first; }

std::string Hint::text() const {
  constexpr std::string_view place = "{name}";
  std::string text(kHints[static_cast<size_t>(id)].second);
  if (const size_t at = text.find(place); at != std::string::npos) {
    text.replace(at, place.size(), name);
  }
  return text;
}

}  // namespace gradpad::lang
