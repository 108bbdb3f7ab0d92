// What the benchmarks share: timing, and the workloads as programs of the language.

/** Median milliseconds of one call, over enough calls to fill `seconds`; made warm first. */
export function time(body, seconds = 1) {
  const once = () => {
    const begin = performance.now();
    body();
    return performance.now() - begin;
  };
  for (let i = 0; i < 3; i++) once();
  const times = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < 5 || performance.now() < end) times.push(once());
  times.sort((a, b) => a - b);
  return times[times.length >> 1];
}

/** The same for a function that gives a promise. */
export async function timeAsync(body, seconds = 1) {
  for (let i = 0; i < 3; i++) await body();
  const times = [];
  const end = performance.now() + seconds * 1000;
  while (times.length < 5 || performance.now() < end) {
    const begin = performance.now();
    await body();
    times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1];
}

export const gflops = (n, milliseconds) => (2 * n ** 3) / (milliseconds * 1e6);

export function report(name, value, unit) {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  console.log(`${name.padEnd(58)} ${value.toFixed(digits).padStart(9)} ${unit}`);
}

/** Programs of the language that print milliseconds. */
export const programs = {
  'matmul 512², from the language': `import torch, time
a = torch.rand(512, 512)
b = torch.rand(512, 512)
times = []
for i in range(20):
    begin = time.perf_counter()
    c = a @ b
    times.append(time.perf_counter() - begin)
print(sorted(times)[10] * 1000)
`,
  '100 scalar operations, forward and backward': `import torch, time
x = torch.tensor(1.5, requires_grad=True)
def step():
    y = x
    for i in range(50):
        y = y * 0.99 + 0.01
    y.backward()
times = []
for i in range(300):
    begin = time.perf_counter()
    step()
    times.append(time.perf_counter() - begin)
print(sorted(times)[150] * 1000)
`,
  '1,000,000 iterations of an integer loop': `import time
def loop():
    total = 0
    for i in range(1000000):
        total = total + i
    return total
times = []
for i in range(5):
    begin = time.perf_counter()
    loop()
    times.append(time.perf_counter() - begin)
print(sorted(times)[2] * 1000)
`,
  'the same at the top of a module': `import time
begin = time.perf_counter()
total = 0
for i in range(1000000):
    total = total + i
print((time.perf_counter() - begin) * 1000)
`,
  '200,000 additions of objects': `import time
class V:
    def __init__(self, a):
        self.a = a
    def __add__(self, other):
        return V(self.a + other.a)
def loop():
    total, one = V(0), V(1)
    for i in range(200000):
        total = total + one
    return total
times = []
for i in range(5):
    begin = time.perf_counter()
    loop()
    times.append(time.perf_counter() - begin)
print(sorted(times)[2] * 1000)
`,
  'MLP 784-256-10, batch 64, a step of SGD': `import torch, time
import torch.nn.functional as F
net = torch.nn.Sequential(torch.nn.Linear(784, 256), torch.nn.ReLU(), torch.nn.Linear(256, 10))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x = torch.rand(64, 784)
t = torch.randint(0, 10, (64,))
times = []
for i in range(60):
    begin = time.perf_counter()
    opt.zero_grad()
    F.cross_entropy(net(x), t).backward()
    opt.step()
    times.append(time.perf_counter() - begin)
print(sorted(times)[30] * 1000)
`,
  'conv2d 8×16×32×32 → 32, 3×3': `import torch, time
import torch.nn.functional as F
x = torch.rand(8, 16, 32, 32)
w = torch.rand(32, 16, 3, 3)
times = []
for i in range(40):
    begin = time.perf_counter()
    F.conv2d(x, w, padding=1)
    times.append(time.perf_counter() - begin)
print(sorted(times)[20] * 1000)
`,
  'tanh(a)*a+a, 1M': `import torch, time
a = torch.rand(1000000)
times = []
for i in range(20):
    begin = time.perf_counter()
    torch.tanh(a) * a + a
    times.append(time.perf_counter() - begin)
print(sorted(times)[10] * 1000)
`,
};
