// Sessions: what a run gives back, and the limits it keeps to.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cmath>

#include "gradpad/tensor/storage.h"
#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;
using Catch::Matchers::ContainsSubstring;

namespace {

RunResult run(std::string_view source, const RunOptions& options = {}) {
  Session session;
  return session.run(source, options);
}

const VariableInfo& variable(const RunResult& result, std::string_view name) {
  const auto found = std::ranges::find(result.variables, name, &VariableInfo::name);
  REQUIRE(found != result.variables.end());
  return *found;
}

}  // namespace

TEST_CASE("text is collected, or streamed while the program runs", "[session]") {
  const RunResult collected = run("import sys\nprint('a')\nprint('b', file=sys.stderr)\n");
  CHECK(collected.stdout_text == "a\n");
  CHECK(collected.stderr_text == "b\n");
  CHECK_FALSE(collected.error);

  std::string streamed;
  RunOptions options;
  options.on_stdout = [&](std::string_view text) { streamed += text; };
  const RunResult result = run("print(1)\nprint(2)\n", options);
  CHECK(streamed == "1\n2\n");
  CHECK(result.stdout_text.empty());
}

TEST_CASE("an uncaught error has its type, message, traceback and place", "[session]") {
  const RunResult result =
      run("import torch\n"
          "x = torch.ones(3, requires_grad=True)\n"
          "y = x ** 2\n"
          "y.backward()\n",
          {.filename = "example.py"});
  REQUIRE(result.error);
  CHECK(result.error->type == "RuntimeError");
  CHECK(result.error->message == "grad can be implicitly created only for scalar outputs");
  CHECK(result.error->traceback ==
        "Traceback (most recent call last):\n"
        "  File \"example.py\", line 4, in <module>\n"
        "    y.backward()\n"
        "RuntimeError: grad can be implicitly created only for scalar outputs\n");
  REQUIRE(result.error->span);
  CHECK(result.error->span->line == 4);
  CHECK(result.error->span->column == 0);
  CHECK(result.error->span->end_column == 12);
}

TEST_CASE("variables of a program are described in the order of their assignment", "[session]") {
  const RunResult result =
      run("import torch\n"
          "n = 3\n"
          "def f(): pass\n"
          "_hidden = 1\n"
          "x = torch.tensor([1.0, 2.0], requires_grad=True)\n"
          "x.sum().backward()\n"
          "n = 4\n"
          "words = ['a', 'b']\n");
  REQUIRE(result.variables.size() == 3);
  CHECK(result.variables[0].name == "n");
  CHECK(result.variables[1].name == "x");
  CHECK(result.variables[2].name == "words");
  CHECK(variable(result, "n").type == "int");
  CHECK(variable(result, "n").text == "4");
  REQUIRE(variable(result, "n").span);
  CHECK(variable(result, "n").span->line == 7);
  CHECK(variable(result, "words").text == "['a', 'b']");
  const VariableInfo& x = variable(result, "x");
  CHECK(x.type == "Tensor");
  CHECK(x.text == "tensor([1., 2.], requires_grad=True)");
  CHECK(x.requires_grad == true);
  CHECK(x.is_leaf == true);
  REQUIRE(x.tensor);
  CHECK(x.tensor->shape == std::vector<int64_t>{2});
  CHECK(x.tensor->dtype == "float32");
  CHECK(x.tensor->text == "[1., 2.]");
  CHECK(x.tensor->values == std::vector<double>{1, 2});
  CHECK(x.tensor->min == 1);
  CHECK(x.tensor->max == 2);
  CHECK(x.tensor->mean == 1.5);
  REQUIRE(x.grad);
  CHECK(x.grad->values == std::vector<double>{1, 1});
}

TEST_CASE("the error of a variable's repr does not harm the run", "[session]") {
  const RunResult result =
      run("class Bad:\n"
          "    def __repr__(self):\n"
          "        while True:\n"
          "            pass\n"
          "b = Bad()\n"
          "n = 1\n");
  CHECK_FALSE(result.error);
  CHECK(variable(result, "b").text == "<Bad>");
  CHECK(variable(result, "n").type == "int");
}

TEST_CASE("long sequences are described by their beginning", "[session]") {
  const RunResult result = run("items = list(range(100000))\n");
  CHECK_THAT(variable(result, "items").text, ContainsSubstring("# 100000 items"));
  CHECK(variable(result, "items").text.size() < 500);
}

TEST_CASE("Stop and the time limit end a loop without end", "[session]") {
  const RunResult result = run("while True: pass\n", {.max_seconds = 0.1});
  REQUIRE(result.error);
  CHECK(result.error->type == "TimeoutError");
  const RunResult caught =
      run("while True:\n"
          "    try:\n"
          "        while True: pass\n"
          "    except BaseException:\n"
          "        pass\n",
          {.max_seconds = 0.1});
  CHECK(caught.error);
}

TEST_CASE("the numbers that a program collected are given as numbers", "[session]") {
  const RunResult result =
      run("import torch\n"
          "losses = [1 / (i + 1) for i in range(100)]\n"
          "tensors = [torch.tensor(2.5), torch.tensor([3])]\n"
          "mixed = [1, 'two']\n"
          "vectors = [torch.ones(2)]\n"
          "empty = []\n"
          "many = list(range(30000))\n"
          "pair = (1, float('nan'))\n");
  REQUIRE_FALSE(result.error);
  const auto& losses = variable(result, "losses").numbers;
  REQUIRE(losses.size() == 100);
  CHECK(losses[99] == 0.01);
  CHECK(variable(result, "tensors").numbers == std::vector<double>{2.5, 3});
  CHECK(variable(result, "mixed").numbers.empty());
  CHECK(variable(result, "vectors").numbers.empty());
  CHECK(variable(result, "empty").numbers.empty());
  CHECK(variable(result, "many").numbers.size() == 20000);
  CHECK(std::isnan(variable(result, "pair").numbers.at(1)));
}

TEST_CASE("the memory limit holds for tensors and for objects", "[session]") {
  const RunOptions options{.max_bytes = 50'000'000};
  const RunResult tensors = run("import torch\nx = torch.zeros(10 ** 9)\n", options);
  REQUIRE(tensors.error);
  const RunResult objects = run("x = []\nwhile True: x.append('item' + str(len(x)))\n", options);
  REQUIRE(objects.error);
  CHECK(objects.error->type == "MemoryError");
  CHECK(memory_stats().limit_bytes == 0);
}

TEST_CASE("a tensor of 10 GB is an error, not a crash", "[session]") {
  const RunResult result =
      run("import torch\nx = torch.zeros(10 ** 12, 10 ** 12)\n", {.max_bytes = 1'000'000'000});
  REQUIRE(result.error);
  CHECK(result.error->type == "RuntimeError");
}

TEST_CASE("recursion without end is an error", "[session]") {
  const RunResult result = run("def f(n): return f(n + 1)\nf(0)\n");
  REQUIRE(result.error);
  CHECK(result.error->type == "RecursionError");
}

TEST_CASE("runs begin afresh, or go on where globals are kept", "[session]") {
  Session fresh;
  fresh.run("x = 1\nimport torch\ntorch.set_printoptions(precision=2)\n");
  CHECK(fresh.run("print(x)\n").error->type == "NameError");
  CHECK(fresh.run("import torch\nprint(torch.tensor(1.23456))\n").stdout_text ==
        "tensor(1.2346)\n");

  Session kept(/*keep_globals=*/true);
  kept.run("x = 1\n");
  CHECK(kept.run("print(x + 1)\n").stdout_text == "2\n");
  CHECK(kept.run("x\n", {.interactive = true}).stdout_text == "1\n");
  kept.run("import torch\ntorch.set_grad_enabled(False)\n");
  CHECK(kept.run("print(torch.is_grad_enabled())\n").stdout_text == "False\n");
}

TEST_CASE("a mode left behind by a stopped program does not reach the next one", "[session]") {
  Session session(/*keep_globals=*/true);
  session.run("import torch\nwith torch.no_grad():\n    while True: pass\n", {.max_seconds = 0.1});
  CHECK(session.run("print(torch.is_grad_enabled())\n").stdout_text == "True\n");
}

TEST_CASE("sys.exit is no error", "[session]") {
  CHECK(run("import sys\nsys.exit(3)\n").exit_status == 3);
  const RunResult text = run("import sys\nsys.exit('no more')\n");
  CHECK(text.exit_status == 1);
  CHECK(text.stderr_text == "no more\n");
  CHECK_FALSE(text.error);
}

TEST_CASE("volatile warns once in a program", "[session]") {
  const RunResult result =
      run("import torch\n"
          "from torch.autograd import Variable\n"
          "a = Variable(torch.ones(1), volatile=True)\n"
          "b = Variable(torch.ones(1), volatile=True)\n"
          "print(a.volatile, b.requires_grad)\n");
  CHECK(result.stdout_text == "True False\n");
  const std::string& text = result.stderr_text;
  const size_t first = text.find("UserWarning: volatile");
  CHECK(first != std::string::npos);
  CHECK(text.find("UserWarning", first + 1) == std::string::npos);
  CHECK_THAT(text, ContainsSubstring("torch.no_grad()"));
}

TEST_CASE("a program that is not finished is told from one that is wrong", "[session]") {
  CHECK(Session::is_incomplete("def f():\n"));
  CHECK(Session::is_incomplete("x = (1,\n"));
  CHECK_FALSE(Session::is_incomplete("x = 1\n"));
  CHECK_FALSE(Session::is_incomplete("x = )\n"));
}
