// Programs of the tests, changed token by token, in a session with bounds: whatever they do ends in
// a result. The next good program then runs as in a fresh session.
#include <random>
#include <vector>

#include "input.h"
#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.'; }

/// Words, runs of blanks, string literals of one line, and single characters.
std::vector<std::string_view> tokens_of(std::string_view text) {
  std::vector<std::string_view> tokens;
  for (size_t at = 0; at < text.size();) {
    size_t end = at + 1;
    const char first = text[at];
    if (is_word(first)) {
      while (end < text.size() && is_word(text[end])) ++end;
    } else if (first == ' ') {
      while (end < text.size() && text[end] == ' ') ++end;
    } else if (first == '\'' || first == '"') {
      while (end < text.size() && text[end] != first && text[end] != '\n') ++end;
      if (end < text.size()) ++end;
    }
    tokens.push_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

/// What is interesting anywhere.
constexpr std::string_view kVocabulary[] = {
    "0",
    "1",
    "-1",
    "2",
    "9223372036854775807",
    "1e308",
    "nan",
    "None",
    "True",
    "''",
    "[]",
    "()",
    "{}",
    "lambda",
    "yield",
    "return",
    "raise",
    "x",
    "self",
    "*",
    "**",
    "@",
    ":=",
    "if",
    "else",
    "for",
    "in",
    "while",
    "try:",
    "del",
    "global",
    "nonlocal",
    "class",
    "def",
    "import",
    "torch",
    "torch.ones(3)",
    "[0]",
    "[:]",
    ".grad",
    ".T",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n    ",
    "=",
    "+=",
    "//",
    "%",
    "<<",
    "is not",
    "not in",
    "...",
    ".data",
    "assert",
    "finally",
    "except:",
    "continue",
    "break",
    "with",
    "as",
    "f'{x}'",
};

}  // namespace

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size,
                                          unsigned int seed) {
  std::minstd_rand random(seed);
  const auto below = [&](size_t n) { return n ? random() % n : 0; };
  const std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string_view> tokens = tokens_of(text);
  const std::vector<std::string_view> own = tokens;
  for (size_t changes = 1 + below(4); changes > 0; --changes) {
    const size_t place = below(tokens.size() + 1);
    const auto at = tokens.begin() + static_cast<std::ptrdiff_t>(place);
    const std::string_view other = own.empty() || below(3) == 0
                                       ? kVocabulary[below(std::size(kVocabulary))]
                                       : own[below(own.size())];
    switch (below(5)) {
      case 0:
        if (at != tokens.end()) tokens.erase(at);
        break;
      case 1:
        tokens.insert(at, other);
        break;
      case 2: {  // a stretch once more, elsewhere
        if (own.empty()) break;
        const size_t from = below(own.size());
        const size_t length = std::min(1 + below(20), own.size() - from);
        tokens.insert(at, own.begin() + static_cast<std::ptrdiff_t>(from),
                      own.begin() + static_cast<std::ptrdiff_t>(from + length));
        break;
      }
      default:
        if (at != tokens.end()) *at = other;
    }
  }
  std::string result;
  for (const std::string_view token : tokens) result += token;
  result.resize(std::min(result.size(), max_size));
  std::memcpy(data, result.data(), result.size());
  return result.size();
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Session session;
  RunOptions options;
  options.max_seconds = 0.5;
  options.max_bytes = int64_t{64} << 20;
  size_t printed = 0;
  options.on_stdout = [&](std::string_view text) { printed += text.size(); };
  options.on_stderr = options.on_stdout;
  session.run({reinterpret_cast<const char*>(data), size}, options);

  RunOptions plain;
  plain.inspect = false;
  const RunResult after = session.run("import torch\nprint(6 * 7, torch.ones(2).sum())\n", plain);
  fuzz::expect(after.stdout_text == "42 tensor(2.)\n",
               "the next program: " + after.stdout_text +
                   (after.error ? after.error->traceback : std::string()));
  return 0;
}
