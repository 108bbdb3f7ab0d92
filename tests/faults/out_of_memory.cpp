// Runs a program again and again, and each time another of its allocations fails, once or from
// there on: whatever becomes of the program, nothing is lost and the next one runs as ever.
//
// The linker passes malloc and calloc of the library through here (--wrap).
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <string_view>

#include "gradpad/tensor/storage.h"
#include "lang/objects/heap.h"
#include "lang/session/session.h"

namespace {

int64_t allocations = 0;
int64_t first_failure = -1;  // none
bool fails_on = false;       // all that come after it as well

bool may_allocate() {
  ++allocations;
  if (first_failure < 0) return true;
  return fails_on ? allocations < first_failure : allocations != first_failure;
}

}  // namespace

extern "C" {
// The linker's names.
// NOLINTBEGIN(bugprone-reserved-identifier)
void* __real_malloc(size_t bytes);
void* __real_calloc(size_t count, size_t bytes);
void* __wrap_malloc(size_t bytes) { return may_allocate() ? __real_malloc(bytes) : nullptr; }
void* __wrap_calloc(size_t count, size_t bytes) {
  return may_allocate() ? __real_calloc(count, bytes) : nullptr;
}
// NOLINTEND(bugprone-reserved-identifier)
}

void* operator new(size_t bytes) {
  void* block = __wrap_malloc(bytes > 0 ? bytes : 1);
  if (!block) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { std::free(block); }
void operator delete(void* block, size_t) noexcept { std::free(block); }

namespace {

using gradpad::lang::RunOptions;
using gradpad::lang::RunResult;
using gradpad::lang::Session;

constexpr std::string_view kProgram = R"(
import torch, collections, itertools
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1))
    def forward(self, x):
        return self.layers(x)
class Item:
    __slots__ = ()
    def __repr__(self): return f'Item({[n ** 20 for n in range(3)]})'
def count(n):
    try:
        while n: yield n; n -= 1
    finally:
        text.append('closed')
text = []
net = Net()
optimizer = torch.optim.Adam(net.parameters(), lr=0.1)
for step in range(2):
    optimizer.zero_grad()
    loss = net(torch.ones(2, 3)).pow(2).mean()
    loss.backward()
    optimizer.step()
d = {(i, str(i)): {i, -i} for i in range(40)}
try:
    d[None]
except KeyError as error:
    kept = error
try:
    list(zip(count(9), [].nothing))
except (AttributeError, MemoryError):
    pass
def fill(box, add):
    for i in range(40):
        try:
            add(i)
        except MemoryError:
            pass
    if len(list(box)) != len(box) or any(i not in box for i in box): print('half')
fill(d := {}, lambda i: d.update({i: i}))
fill(s := set(), s.add)
fill(v := vars(Net), lambda i: setattr(Net, f'a{i}', i))
fill(v := vars(net), lambda i: setattr(net, f'a{i}', i))
fill(l := [], l.append)
fill(q := collections.deque(), q.append)
with torch.no_grad():
    x = torch.arange(12.).view(3, 4).t()[1:, ::2].contiguous()
words = ' '.join(sorted('the quick brown fox'.split(), key=lambda w: w[::-1]))
print(words, Item(), collections.Counter('abca'), x.shape, '%5.2f' % 3.14159, end='\n')
raise ValueError(list(itertools.islice(count(10), 3)))
)";
constexpr std::string_view kOutput =
    "the quick brown fox"
    " Item([0, 1, 1048576]) Counter({'a': 2, 'b': 1, 'c': 1}) torch.Size([3, 2])  3.14\n";

int failures = 0;

void expect(bool holds, const char* what, int64_t at) {
  if (holds) return;
  std::printf("%s, when allocation %lld %s\n", what, static_cast<long long>(at),
              fails_on ? "and all behind it fail" : "fails");
  ++failures;
}

/// The answer of a session in which nothing fails.
void expect_sound(Session& session, int64_t at) {
  first_failure = -1;
  const RunResult result = session.run(kProgram);
  expect(result.error && result.error->type == "ValueError", "the next program fails", at);
  if (result.error && result.error->type != "ValueError") {
    std::printf("%s\n", result.error->traceback.c_str());
  }
  expect(result.stdout_text.ends_with(kOutput.substr(kOutput.find(" Item"))),
         "the next program prints something else", at);
  expect(!result.variables.empty() && !result.graph.nodes.empty(),
         "the next program is not described", at);
}

void try_failing_at(int64_t at, bool keep_globals) {
  {
    Session session(keep_globals);
    if (keep_globals) session.run("import torch\nold = [torch.ones(3)]\n");
    allocations = 0;
    first_failure = at;
    try {
      const RunResult result = session.run(kProgram);
      first_failure = -1;
      expect(result.error.has_value(), "the program ends without its error", at);
      expect(result.stdout_text.find("half") == std::string::npos, "something is half done", at);
    } catch (const std::bad_alloc&) {
      // There was no memory for the result.
    } catch (const gradpad::Error& error) {
      first_failure = -1;
      expect(error.kind() == gradpad::ErrorKind::Memory, "run() throws another error", at);
    }
    expect_sound(session, at);
  }
  expect(gradpad::lang::heap_stats().live_objects == 0, "objects are lost", at);
  expect(gradpad::lang::heap_stats().live_bytes == 0, "bytes are lost", at);
  expect(gradpad::memory_stats().live_storages == 0, "tensors are lost", at);
}

}  // namespace

/// `gradpad_fault_tests 4000` meets more of the allocations.
int main(int count, char** arguments) {
  int64_t all = 0;
  {
    Session session;
    session.run(kProgram);
    allocations = 0;
    session.run(kProgram);
    all = allocations;
  }
  // At steps that meet each part: the making of a runtime, the program, what is said of it.
  const int64_t rounds = count > 1 ? std::atoll(arguments[1]) : 120;
  const int64_t step = all / rounds + 1;
  int64_t tried = 0;
  for (const bool on : {false, true}) {
    for (const bool keep_globals : {false, true}) {
      for (int64_t at = 1 + (keep_globals ? step / 2 : 0); at <= all + step && failures < 20;
           at += step) {
        fails_on = on;
        try_failing_at(at, keep_globals);
        ++tried;
      }
    }
  }
  std::printf("%lld of %lld allocations failed in turn: %d failures\n",
              static_cast<long long>(tried), static_cast<long long>(all), failures);
  return failures == 0 ? 0 : 1;
}
