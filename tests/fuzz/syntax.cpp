// Source text: the lexer and the parser give a tree or a SyntaxFailure whose place is in the text.
#include "gradpad/tensor/error.h"
#include "input.h"
#include "lang/syntax/parser.h"

using namespace gradpad;
using namespace gradpad::lang;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Source source("fuzz.py", std::string(reinterpret_cast<const char*>(data), size), false);
  try {
    parse(source);
  } catch (const SyntaxFailure& failure) {
    // One line beyond the last: where the text ends too early.
    fuzz::expect(failure.span.line >= 0 && failure.span.line <= source.line_count() + 1,
                 "the error is in the text");
    fuzz::expect(!failure.message.empty(), "the error says what");
  } catch (const Error& error) {
    fuzz::expect(error.kind() == ErrorKind::Memory, error.message());
  }
  return 0;
}
