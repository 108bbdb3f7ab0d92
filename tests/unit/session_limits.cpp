// What a session keeps to whatever its program does: memory, output, listeners, interrupts.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <stdexcept>
#include <string>
#include <thread>

#include "gradpad/tensor/error.h"
#include "gradpad/tensor/storage.h"
#include "lang/objects/heap.h"
#include "lang/session/session.h"

using namespace gradpad;
using namespace gradpad::lang;
using Catch::Matchers::EndsWith;
using Catch::Matchers::StartsWith;

namespace {

constexpr int64_t kBytes = 24'000'000;

RunResult run(std::string_view source, const RunOptions& options = {}) {
  Session session;
  return session.run(source, options);
}

constexpr std::string_view kGood =
    "import torch\n"
    "from collections import Counter\n"
    "class Net(torch.nn.Module):\n"
    "    def __init__(self):\n"
    "        super().__init__()\n"
    "        self.a = torch.nn.Linear(3, 2)\n"
    "    def forward(self, x):\n"
    "        return self.a(x).relu().sum()\n"
    "x = torch.ones(4, 3, requires_grad=True)\n"
    "Net()(x).backward()\n"
    "print(x.grad.shape, Counter('aab'), sum(range(1000)), ['%03d' % n for n in range(3)])\n";
constexpr std::string_view kGoodText =
    "torch.Size([4, 3]) Counter({'a': 2, 'b': 1}) 499500 ['000', '001', '002']\n";

void check_good(Session& session) {
  RunOptions options;
  options.max_bytes = kBytes;
  const RunResult result = session.run(kGood, options);
  if (result.error) UNSCOPED_INFO(result.error->traceback);
  CHECK_FALSE(result.error);
  CHECK(result.stdout_text == kGoodText);
  CHECK(result.variables.size() >= 1);
}

// Ways to use up memory; each ends in MemoryError or in what it printed itself.
constexpr std::string_view kGreedy[] = {
    "L = []\nwhile True: L.append([1])\n",
    "s = 'x'\nwhile True: s = s + s\n",
    "s = 'x'\nwhile True: s += s\n",
    "L = []\nwhile True: L = [L]; L.append({1: L})\n",
    "d = {}\ni = 0\nwhile True:\n    d[i] = (i, str(i))\n    i += 1\n",
    "L = [0]\nwhile True: L += L\n",
    "x = 10\nwhile True: x = x * x\n",
    "import torch\nL = []\nwhile True: L.append(torch.ones(100000))\n",
    "import torch\nx = torch.ones(1, requires_grad=True)\nwhile True: x = x * 2\n",
    "import torch\nL = []\nwhile True: L.append(torch.nn.Linear(30, 30))\n",
    "class C:\n    def __init__(self, n): self.n = n\nL = None\nwhile True: L = C(L)\n",
    "def f(n):\n    L = [0] * 100000\n    return f(n + 1), L\nf(0)\n",
    "L = []\ndef g():\n    while True: yield [1]\nfor x in g(): L.append(x)\n",
    "L = []\ntry:\n    while True: L.append([1])\nexcept MemoryError:\n    while True: "
    "L.append([1])\n",
    "L = []\ntry:\n    while True: L.append([1])\nfinally:\n    while True: L.append([1])\n",
    "L = []\nwhile True:\n    try:\n        while True: L.append([1])\n    except MemoryError as "
    "e:\n"
    "        L.append(e)\n        if len(L) % 7 == 0: break\nraise MemoryError\n",
    "L = []\nwhile True:\n    try:\n        while True: L.append([1])\n    except MemoryError: "
    "break\n"
    "import collections, functools, itertools, torch.optim, random, string, textwrap\n"
    "raise MemoryError\n",
    "class R:\n    def __repr__(self): return 'x' * 10**9\nr = R()\nL = []\nwhile True: "
    "L.append([1])\n",
    "class E(Exception):\n    def __str__(self): return 'x' * 10**9\nraise E\n",
    "print('x' * 10**10)\n",
    "print(*['x' * 10**6] * 10**4)\nraise MemoryError\n",
    "repr(['x' * 10**6] * 10**4)\n",
    "str({i: 'x' * 10**6 for i in range(10**4)})\n",
    "'-'.join(['x' * 10**6] * 10**4)\n",
    "'%s' * 100000 % tuple(['x' * 10**6] * 100000)\n",
    "'{:2000000000}'.format(1)\n",
    "f'{1:2000000000}'\n",
    "('x' * 10**6).replace('x', 'y' * 10**6)\n",
    "'x'.center(10**10)\n",
    "('x\\t' * 10**6).expandtabs(10**6)\n",
    "x = ['x' * 10**6] * 10**4\n(lambda: x)().index(5, 0, repr(x))\n",
    "L = ['x' * 1000]\nfor i in range(40): L = [L, L]\nstr(L)\n",
    "import torch\ntorch.zeros(10**10)\n",
};

}  // namespace

TEST_CASE("after a program that used up its memory the next one is as good as the first",
          "[session][memory]") {
  for (const std::string_view source : kGreedy) {
    INFO(source);
    for (const bool keep_globals : {false, true}) {
      Session session(keep_globals);
      RunOptions options;
      options.max_bytes = kBytes;
      options.max_seconds = 20;
      const RunResult result = session.run(source, options);
      REQUIRE(result.error);
      INFO(result.error->traceback);
      CHECK((result.error->type == "MemoryError" || result.error->type == "E" ||
             result.error->message.find("can't allocate memory") != std::string::npos));
      check_good(session);
      check_good(session);
    }
    CHECK(memory_stats().live_bytes == 0);
    CHECK(heap_stats().live_bytes == 0);
  }
}

TEST_CASE("any limit of memory ends in a MemoryError or in the right answer", "[session][memory]") {
  Session probe;
  REQUIRE_FALSE(probe.run(kGood).error);
  for (int64_t bytes = 1; bytes < 6'000'000; bytes += bytes / 7 + 50'021) {
    INFO(bytes);
    Session session(true);
    RunOptions options;
    options.max_bytes = bytes;
    const RunResult result = session.run(kGood, options);
    if (result.error) {
      CHECK((result.error->type == "MemoryError" ||
             result.error->message.find("can't allocate memory") != std::string::npos));
    } else {
      CHECK(result.stdout_text == kGoodText);
    }
    check_good(session);
  }
}

TEST_CASE("what a session's memory was used up by is freed, and said to be", "[session][memory]") {
  Session session(true);
  RunOptions options;
  options.max_bytes = kBytes;
  REQUIRE_FALSE(session.run("n = 1\n").restarted);
  const RunResult result = session.run(
      "L = []\nn = 0\nwhile True:\n    try: L.append([1])\n    except MemoryError: n = 1\n"
      "    if n: ''.join(['x' * 100] * 10**7)\n",
      options);
  REQUIRE(result.error);
  CHECK(result.error->type == "MemoryError");
  CHECK(result.restarted);
  CHECK(result.stderr_text == "The session's memory was used up, so its variables were freed.\n");
  check_good(session);
}

TEST_CASE("output beyond its limit is counted, not kept", "[session][output]") {
  RunOptions options;
  options.max_output = 1000;
  const std::string_view source =
      "import sys\nfor i in range(1000): print('0123456789')\nprint('é' * 5000000)\n"
      "sys.stderr.write('e' * 1001)\n";
  const RunResult result = run(source, options);
  CHECK_FALSE(result.error);
  CHECK_THAT(result.stdout_text, StartsWith("0123456789\n0123456789\n"));
  CHECK_THAT(result.stdout_text,
             EndsWith("\n[10010001 more bytes were printed; the limit is 1000]\n"));
  CHECK(result.stdout_text.size() < 1100);
  CHECK(result.stderr_text ==
        std::string(1000, 'e') + "\n[1 more bytes were printed; the limit is 1000]\n");
  CHECK(result.dropped == 10'010'002);

  // With a listener the same text goes there, and is kept only if that is asked for.
  for (const bool collect : {false, true}) {
    std::string heard;
    options.collect = collect;
    options.on_stdout = [&](std::string_view text) { heard += text; };
    const RunResult streamed = run(source, options);
    CHECK(heard == result.stdout_text);
    CHECK(streamed.stdout_text == (collect ? result.stdout_text : ""));
  }
}

TEST_CASE("300 MB of output take no more than the limit", "[session][output]") {
  RunOptions options;
  options.max_bytes = 50'000'000;
  const RunResult result = run("s = 'x' * 1000000\nfor i in range(300): print(s)\n", options);
  CHECK_FALSE(result.error);
  CHECK(result.stdout_text.size() < 17 * 1024 * 1024);
  CHECK(result.dropped == 300 * 1'000'001 - options.max_output);
  // Kept text is the program's memory.
  options.max_bytes = 8'000'000;
  options.max_output = 0;
  const RunResult refused = run("while True: print('x' * 1000)\n", options);
  REQUIRE(refused.error);
  CHECK(refused.error->type == "MemoryError");
}

TEST_CASE("print writes what stands before a value that cannot be printed", "[session][output]") {
  const RunResult result =
      run("class B:\n    def __str__(self): raise ValueError('no')\n"
          "try: print('a', B(), 'c')\nexcept ValueError: print()\n"
          "class W:\n    def write(self, text): print(repr(text))\n"
          "print(1, 2, file=W())\n");
  CHECK(result.stdout_text == "a \n'1'\n' '\n'2'\n'\\n'\n");
}

TEST_CASE("a listener that throws ends the program, and run() throws what it threw",
          "[session][output]") {
  Session session(true);
  RunOptions options;
  int calls = 0;
  options.on_stdout = [&](std::string_view) {
    if (++calls == 3) throw std::runtime_error("listener");
  };
  const std::string_view source =
      "n = 0\n"
      "while True:\n"
      "    n += 1\n"
      "    try: print(n)\n"
      "    except BaseException: pass\n"
      "    finally: print('again')\n";
  CHECK_THROWS_MATCHES(session.run(source, options), std::runtime_error,
                       Catch::Matchers::Message("listener"));
  CHECK(calls == 3);
  check_good(session);
}

TEST_CASE("a session cannot be run from its own listener", "[session][output]") {
  Session session(true);
  RunOptions options;
  options.on_stdout = [&](std::string_view) { session.run("x = 1\n"); };
  try {
    session.run("print(1)\n", options);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.message() == "this session is running a program already");
  }
  check_good(session);
}

TEST_CASE("an interrupt ends the run it meets, and no other", "[session][interrupt]") {
  Session session;
  session.interrupt();
  check_good(session);
  // From another thread, as runs begin and end: no run hangs, no memory is touched after its end.
  std::atomic<bool> done = false;
  std::atomic<int> interrupts = 0;
  std::thread other([&] {
    while (!done) {
      session.interrupt();
      ++interrupts;
      std::this_thread::yield();
    }
  });
  int ended = 0;
  for (int i = 0; i < 40; ++i) {
    const RunResult result = session.run("while True: pass\n");
    ended += result.error && result.error->type == "KeyboardInterrupt";
  }
  done = true;
  other.join();
  CHECK(ended == 40);
  CHECK(interrupts > 0);
  check_good(session);
}
