// The syntax library by itself: this executable links nothing that could run a program.
#include <catch2/catch_test_macros.hpp>
#include <random>

#include "gradpad/tensor/error.h"
#include "lang/syntax/parser.h"

namespace gradpad::lang {
namespace {

Source source_of(std::string text) { return Source("<test>", std::move(text), false); }

constexpr const char* kProgram = R"(import torch.nn as nn
from math import (sin, cos)

@decorated
class Net(nn.Module, metaclass=Meta):
    "Text."
    def __init__(self, n: int = 3, *rest, key=None, **more) -> None:
        super().__init__()
        self.x, *self.y = [i ** 2 for i in range(n) if i % 2], {1: 'a', **more}, {*rest}

    def step(self):
        global total
        for i, j in zip(self.x, self.y[1:-1, ::2]):
            try:
                total += (yield i if i < j <= 3 else not j) or 0x_ff
            except (ValueError, TypeError) as e:
                raise RuntimeError(f"{e!r:>{10}} {i=}") from e
            finally:
                del self.x[0]
        else:
            while (k := 1.5e3) and True: break
        with open('f') as f, lock: return lambda a, /, *, b=1: a @ b
)";

TEST_CASE("a name is one object wherever it stands") {
  const Source source = source_of("a = b + a\nb.a = a\n");
  const Tree tree = parse(source);
  REQUIRE(tree.body.size() == 2);
  const auto* assign = tree.body[0]->as<AssignStmt>();
  const auto* sum = assign->value->as<BinaryExpr>();
  const auto* target = tree.body[1]->as<AssignStmt>()->targets[0]->as<AttributeExpr>();
  const Name* a = assign->targets[0]->as<NameExpr>()->name;
  CHECK(sum->right->as<NameExpr>()->name == a);
  CHECK(target->name == a);
  CHECK(a->text == "a");
  REQUIRE(tree.names().size() == 2);
  for (uint32_t i = 0; i < 2; ++i) CHECK(tree.names()[i]->number == i);
}

TEST_CASE("each function, class and comprehension has a scope of its own") {
  const Source source = source_of("def f(): return lambda: [x for x in y]\nclass C: pass\n");
  const Tree tree = parse(source);
  CHECK(tree.scope_count() == 4);
  CHECK(tree.body[0]->as<FunctionStmt>()->scope != tree.body[1]->as<ClassStmt>()->scope);
}

TEST_CASE("a tree outlives its source") {
  Tree tree;
  {
    const Source source = source_of("some_name = 'a text'\n");
    tree = parse(source);
  }
  const auto* assign = tree.body[0]->as<AssignStmt>();
  CHECK(assign->targets[0]->as<NameExpr>()->name->text == "some_name");
  CHECK(assign->value->as<ConstantExpr>()->text == "a text");
}

TEST_CASE("what does not parse is a SyntaxFailure with its place") {
  const Source source = source_of("x = 1\ny = (2 +\n");
  try {
    (void)parse(source);
    FAIL("it parsed");
  } catch (const SyntaxFailure& failure) {
    CHECK(failure.message == "'(' was never closed");
    CHECK(failure.span == Span{2, 4, 2, 5});
  }
}

TEST_CASE("what is looked for ahead is looked for up to where the lexer failed") {
  const auto message_of = [](const char* text) {
    try {
      (void)parse(source_of(text));
    } catch (const SyntaxFailure& failure) {
      return failure.message;
    }
    return std::string();
  };
  CHECK(message_of("def find(items, (\"b\"], \"b\"):\n    pass\n") ==
        "closing parenthesis ']' does not match opening parenthesis '('");
  CHECK(message_of("f(lambda(: {}[\"missing\n") ==
        "unterminated string literal (detected at line 1)");
  CHECK(message_of("match x + \"a\n") == "unterminated string literal (detected at line 1)");
}

TEST_CASE("a damaged program parses or is a SyntaxFailure") {
  const std::string program = kProgram;
  REQUIRE_NOTHROW(parse(source_of(program)));
  size_t failed = 0;
  const auto attempt = [&](std::string text) {
    const Source source = source_of(std::move(text));
    try {
      (void)parse(source);
    } catch (const SyntaxFailure& failure) {
      ++failed;
      CHECK_FALSE(failure.message.empty());
    }
  };
  for (size_t length = 0; length < program.size(); ++length) attempt(program.substr(0, length));
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    std::string text = program;
    for (int k = 0; k < 3; ++k) {
      const size_t at = random() % text.size();
      const size_t from = random() % program.size();
      text.replace(at, random() % 8, program, from, random() % 8);
    }
    attempt(std::move(text));
  }
  CHECK(failed > 1000);
}

}  // namespace
}  // namespace gradpad::lang
