// What only a cycle keeps alive is freed: by a search when memory has grown, and at the latest when
// there is none left.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "gradpad/tensor/storage.h"
#include "lang/objects/heap.h"
#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;
using Catch::Matchers::ContainsSubstring;

namespace {

struct Cycle {
  std::string name;
  std::string source;  // defines round()
};

std::vector<Cycle> read_cycles() {
  std::ifstream file(std::filesystem::path(__FILE__).parent_path() / "torch_cycles.txt");
  std::vector<Cycle> cycles;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("== ")) {
      cycles.push_back({line.substr(3), ""});
    } else if (!cycles.empty()) {
      cycles.back().source += line + "\n";
    }
  }
  REQUIRE(cycles.size() > 20);
  return cycles;
}

std::string program(const std::string& source, int rounds) {
  return "import torch\n"
         "def big(): return torch.zeros(250000)\n" +
         source + "for i in range(" + std::to_string(rounds) + "): round()\n";
}

}  // namespace

TEST_CASE("no cycle gathers memory", "[cycles]") {
  for (const Cycle& cycle : read_cycles()) {
    INFO(cycle.name);
    Session session;
    const int64_t before = memory_stats().live_bytes;
    memory_stats().peak_bytes = before;
    const RunResult result = session.run(program(cycle.source, 400), {.inspect = false});
    INFO((result.error ? result.error->traceback : ""));
    CHECK_FALSE(result.error);
    CHECK(memory_stats().peak_bytes - before < 150'000'000);
    CHECK(memory_stats().live_bytes == before);
  }
}

TEST_CASE("two thousand objects of a megabyte that refer to themselves", "[cycles]") {
  memory_stats().peak_bytes = memory_stats().live_bytes;
  const RunResult result =
      Session().run(program(read_cycles()[0].source, 2000), {.inspect = false});
  CHECK_FALSE(result.error);
  CHECK(memory_stats().peak_bytes < 300'000'000);
}

TEST_CASE("gc.collect leaves nothing of a cycle", "[cycles]") {
  for (const Cycle& cycle : read_cycles()) {
    INFO(cycle.name);
    Session session(true);
    session.run(program(cycle.source, 0), {.inspect = false});
    session.run("import gc\nround()\ngc.collect()\n", {.inspect = false});
    const int64_t tensors = memory_stats().live_bytes;
    const int64_t objects = heap_stats().live_objects;
    session.run("round()\nround()\ngc.collect()\n", {.inspect = false});
    CHECK(memory_stats().live_bytes == tensors);
    CHECK(heap_stats().live_objects <= objects + 20);
  }
}

TEST_CASE("a memory limit is met only by what is in use", "[cycles]") {
  const RunResult result = Session().run(program(read_cycles()[0].source, 200),
                                         {.max_bytes = 8'000'000, .inspect = false});
  INFO((result.error ? result.error->traceback : ""));
  CHECK_FALSE(result.error);
  // Objects without tensors as well.
  const RunResult objects = Session().run(
      "for i in range(200000):\n"
      "    a = [1, 2, 3]\n"
      "    a.append(a)\n",
      {.max_bytes = 4'000'000, .inspect = false});
  CHECK_FALSE(objects.error);
  const RunResult full = Session().run(
      "kept = []\n"
      "while True:\n"
      "    a = [1]\n"
      "    a.append(a)\n"
      "    kept.append(a)\n",
      {.max_bytes = 4'000'000, .inspect = false});
  REQUIRE(full.error);
  CHECK(full.error->type == "MemoryError");
}

TEST_CASE("whatever refers to whatever, nothing is left of it", "[cycles]") {
  // X, Y and Z stand for any of the names.
  const std::vector<std::string> statements = {
      "X = [Y, Z]",
      "X = (Y, [Z])",
      "X = {1: Y, 'k': Z}",
      "X = {Y, Z}",
      "X = collections.deque([Y, Z])",
      "X = N(Y)",
      "X = D(Y)",
      "X = F(Y)",
      "X = t()",
      "X = t()",
      "X = Y * Z",
      "X = (Y + Z).exp()",
      "X = Y.view(2, 2)",
      "X = Y[1:]",
      "X = Y.clone()",
      "X, Y = Y.split(2)",
      "X = Y.detach()",
      "X.append(Y)",
      "X['k'] = Y",
      "X[0] = Y",
      "X.add(Y)",
      "X.a = Y",
      "X = Y.a",
      "X.b = Y.go",
      "X.grad = Y",
      "X = Y.grad",
      "X.mul_(Y)",
      "X.add_(Y * Z)",
      "X.exp_()",
      "X.retain_grad()",
      "X.sum().backward(create_graph=True)",
      "X.sum().backward(retain_graph=True)",
      "X = torch.autograd.grad(Y.sum(), Z, create_graph=True)[0]",
      "X.register_hook(lambda g: Y and None)",
      "X.register_hook(Y)",
      "X.grad_fn.register_hook(Y)",
      "X = Y.grad_fn",
      "X = Y.next_functions",
      "X = lambda z=Z: (X, Y)",
      "X = iter(Y)",
      "X = gen(Y)",
      "X = (i for i in (Y, Z))",
      "next(X)",
      "X = map(lambda a: Y, Z)",
      "X = zip(Y, Z)",
      "X = itertools.chain(Y, Z)",
      "X = functools.partial(Y, Z)",
      "X = functools.lru_cache(Y)",
      "X(Y)",
      "X = weakref.ref(Y, Z)",
      "X = weakref.proxy(Y)",
      "X = property(Y, Z)",
      "X = type('C', (N,), {'y': Y})",
      "X = type(Y)",
      "type(X).z = Y",
      "X = ValueError(Y)",
      "X.__cause__ = Y",
      "raise X from Y",
      "del X",
      "X.__dict__.update(k=Y)",
      "X.__dict__ = Y",
  };
  std::mt19937 random(1);
  const auto any = [&](size_t count) { return random() % count; };
  const char* const setup =
      "import torch, collections, itertools, functools, weakref, gc\n"
      "def t(): return torch.rand(4, requires_grad=True)\n"
      "def gen(y):\n"
      "    try: yield y\n"
      "    finally: yield y\n"
      "class N:\n"
      "    def __init__(self, y): self.y = y\n"
      "    def go(self, *a): return self\n"
      "class D(N):\n"
      "    def __del__(self): self.last = self\n"
      "class Apply(torch.autograd.Function):\n"
      "    @staticmethod\n"
      "    def forward(ctx, x):\n"
      "        ctx.save_for_backward(x)\n"
      "        ctx.x = x\n"
      "        return x * 2\n"
      "    @staticmethod\n"
      "    def backward(ctx, g):\n"
      "        ctx.g = g\n"
      "        return g * 2\n"
      "F = Apply.apply\n"
      "def round(): pass\n";
  const char* const wanted = std::getenv("GRADPAD_TRIALS");
  const int programs = wanted ? std::atoi(wanted) : 400;
  for (int i = 0; i < programs; ++i) {
    std::string source = "def round():\n    a = b = c = d = t()\n    e = N(a)\n    f = [b]\n";
    for (size_t left = 5 + any(40); left > 0; --left) {
      std::string statement = statements[any(statements.size())];
      for (char& c : statement) {
        if (c >= 'X' && c <= 'Z') c = static_cast<char>('a' + any(6));
      }
      source += "    try: " + statement + "\n    except Exception: pass\n";
    }
    INFO(source);
    Session session(true);
    CHECK(heap_stats().live_objects == 0);
    session.run(setup, {.inspect = false});
    // What a class keeps, or which item of a set comes first, may differ once, but not grow.
    constexpr int kRounds = 5;
    int64_t objects = 0, tensors = 0;
    int grown = 0;
    for (int k = 0; k < kRounds && grown == k; ++k) {
      const RunResult result = session.run(source + "round()\n", {.inspect = false});
      CHECK_FALSE(result.error);
      session.run("round = error = None\nwhile gc.collect(): pass\n", {.inspect = false});
      const int64_t objects_now = heap_stats().live_objects;
      const int64_t tensors_now = memory_stats().live_storages;
      if (objects_now > objects || tensors_now > tensors) ++grown;
      objects = objects_now;
      tensors = tensors_now;
    }
    CHECK(grown < kRounds);
  }
}

TEST_CASE("no program leaves anything alive", "[cycles]") {
  const auto lang = std::filesystem::path(__FILE__).parent_path().parent_path() / "lang";
  int programs = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(lang)) {
    if (entry.path().extension() != ".py" || entry.path().filename() == "record.py") continue;
    INFO(entry.path().string());
    std::ifstream file(entry.path());
    const std::string source{std::istreambuf_iterator<char>(file), {}};
    ++programs;
    const int64_t before = heap_stats().live_objects;
    const int64_t tensors = memory_stats().live_storages;
    const bool fails = entry.path().parent_path().filename() == "errors_uncaught";
    CHECK(Session().run(source, {.inspect = false}).error.has_value() == fails);
    CHECK(heap_stats().live_objects == before);
    CHECK(memory_stats().live_storages == tensors);
    Session kept(true);
    const auto live_after_run = [&] {
      kept.run(source, {.inspect = false});
      kept.run("import gc\ngc.collect()\n", {.inspect = false});
      return std::pair(heap_stats().live_objects, memory_stats().live_storages);
    };
    live_after_run();
    const auto first = live_after_run();
    const auto second = live_after_run();
    CHECK(second.first <= first.first);
    CHECK(second.second <= first.second);
  }
  CHECK(programs > 200);
}

TEST_CASE("a session that goes on stays flat", "[cycles]") {
  const char* const text =
      "class Node:\n"
      "    def __init__(self): self.me = self; self.go = self.run\n"
      "    def run(self): return [self]\n"
      "nodes = [Node() for i in range(20)]\n"
      "def walk(n): return walk(n - 1) if n else nodes\n"
      "total = sum(len(n.go()) for n in walk(3))\n"
      "try:\n"
      "    nodes[99]\n"
      "except IndexError as e:\n"
      "    saved = e\n";
  Session kept(true);
  int64_t peak = 0;
  for (int i = 0; i < 2000; ++i) {
    CHECK_FALSE(kept.run(text, {.inspect = false}).error);
    if (i < 1000) peak = std::max(peak, heap_stats().live_bytes);
  }
  CHECK(heap_stats().live_bytes <= peak + (1 << 20));
  const int64_t before = heap_stats().live_objects;
  for (int i = 0; i < 50; ++i) Session().run(text, {.inspect = false});
  CHECK(heap_stats().live_objects == before);
}

TEST_CASE("what is built and kept is looked at about once", "[cycles]") {
  // With a search after every so many objects, whatever is there, this would take hours.
  const RunResult result = Session().run(
      "import gc\n"
      "searches = 0\n"
      "def note(phase, info):\n"
      "    global searches\n"
      "    searches += phase == 'stop'\n"
      "gc.callbacks.append(note)\n"
      "kept = []\n"
      "for i in range(1000000): kept.append([i])\n"
      "print(searches)\n",
      {.inspect = false});
  CHECK_FALSE(result.error);
  CHECK(std::stoi(result.stdout_text) <= 8);
}

TEST_CASE("names that are used once are not kept", "[cycles]") {
  const char* const rounds[] = {
      "hasattr(o, f'x{i}')",
      "setattr(o, f'x{i}', 1); delattr(o, f'x{i}')",
      "setattr(O(), f'x{i}', 1)",
      "call(**{f'x{i}': 1})",
      "type(f'A{i}', (), {f'x{i}': 1})",
  };
  for (const char* round : rounds) {
    INFO(round);
    const RunResult result =
        Session().run(std::string("class O: pass\n"
                                  "o = O()\n"
                                  "def call(**k): pass\n"
                                  "for i in range(60000): ") +
                          round + "\nprint('x5' + '0', getattr(o, 'x', None))\nraise ValueError\n",
                      {.max_bytes = 6'000'000, .inspect = false});
    REQUIRE(result.error);
    CHECK(result.error->type == "ValueError");
    CHECK(result.stdout_text == "x50 None\n");
  }
}

TEST_CASE("an error in a finalizer is printed and forgotten", "[cycles]") {
  const RunResult result = Session().run(
      "class A:\n"
      "    def __del__(self): raise ValueError('in the end')\n"
      "a = A()\n"
      "del a\n"
      "print('on')\n");
  CHECK_FALSE(result.error);
  CHECK(result.stdout_text == "on\n");
  CHECK_THAT(result.stderr_text, ContainsSubstring("Exception ignored in: <function A.__del__ at"));
  CHECK_THAT(result.stderr_text, ContainsSubstring("ValueError: in the end\n"));
}

TEST_CASE("weak references hear of the end of a tensor", "[cycles]") {
  const RunResult result = Session().run(
      "import torch, weakref\n"
      "x = torch.ones(2)\n"
      "r = weakref.ref(x, lambda r: print('gone', r()))\n"
      "print(r() is x, weakref.getweakrefcount(x))\n"
      "del x\n"
      "print(r())\n"
      "d = weakref.WeakValueDictionary()\n"
      "y = torch.ones(1)\n"
      "d['y'] = y\n"
      "print(len(d))\n"
      "del y\n"
      "print(len(d))\n");
  CHECK_FALSE(result.error);
  CHECK(result.stdout_text == "True 1\ngone None\nNone\n1\n0\n");
}
