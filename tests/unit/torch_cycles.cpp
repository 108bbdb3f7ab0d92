// What only a cycle keeps alive is freed: by a search when memory has grown, and at the latest when
// there is none left.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>
#include <fstream>
#include <string>
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
