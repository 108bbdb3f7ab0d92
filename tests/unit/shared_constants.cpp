// What C++ and TypeScript share, wasm/js/constants.ts, is what C++ says. To write it anew:
//
//   build/native/bin/gradpad_tests "the constants as TypeScript" > wasm/js/constants.ts
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "../../wasm/wire.h"
#include "gradpad/tensor/dtype.h"
#include "lang/syntax/hint.h"
#include "ops/signature.h"

using namespace gradpad;

namespace {

using Names = std::vector<std::string>;

std::string quoted(const Names& names, const char* between) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "'" : between) + name + "'";
  return text;
}

/// `export type Name = 'a' | 'b';`, as Prettier lays it out.
std::string union_type(const std::string& comment, const std::string& name, const Names& names) {
  const std::string head = "\n/** " + comment + " */\nexport type " + name + " =";
  const std::string line = head + " " + quoted(names, " | '") + ";";
  if (line.size() - line.rfind('\n') <= 101) return line + "\n";
  return head + "\n  | " + quoted(names, "\n  | '") + ";\n";
}

std::string constants() {
  Names dtypes, types, hints, errors;
  for (DType dtype : kDTypes) dtypes.emplace_back(dtype_name(dtype));
  for (int i = 0; i < kArgTypeCount; ++i) types.emplace_back(type_word(static_cast<ArgType>(i)));
#define X(id, text) hints.emplace_back(#id);
  GRADPAD_HINTS(X)
#undef X
#define X(name) errors.emplace_back(exception_name(ErrorKind::name));
  GRADPAD_ERROR_KINDS(X)
#undef X
  std::string text =
      "// What C++ and TypeScript share. Made from C++ by tests/unit/shared_constants.cpp, which "
      "also\n"
      "// checks it.\n";
  text += union_type("Element types.", "DType", dtypes);
  text += "\n/** In the order of C++'s DType. */\nexport const dtypes: readonly DType[] = [" +
          quoted(dtypes, ", '") + "];\n";
  text += union_type("Types of parameters and results of operations.", "ArgType", types);
  text += union_type("Ids of the hints beside errors.", "HintId", hints);
  text += union_type("Names of the errors that come from C++.", "ErrorName", errors);
  text += "\n/** What a value on the wire is. */\nexport const enum Tag {\n";
#define X(name) text += "  " #name ",\n";
  GRADPAD_WIRE_TAGS(X)
#undef X
  return text + "}\n";
}

}  // namespace

TEST_CASE("TypeScript has the constants of C++", "[wasm]") {
  const auto root = std::filesystem::path(__FILE__).parent_path().parent_path().parent_path();
  std::ifstream file(root / "wasm/js/constants.ts");
  std::ostringstream text;
  text << file.rdbuf();
  CHECK(text.str() == constants());
}

TEST_CASE("the constants as TypeScript", "[.record]") { std::cout << constants(); }
