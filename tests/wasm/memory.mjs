// What tensors and programs take is given back: scopes, disposal, the garbage collector, and graphs
// a million operations deep.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import v8 from 'node:v8';
import vm from 'node:vm';
import { load, run } from './module.mjs';

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

/** Defines the tests of one build. */
export async function testMemory(variant) {
  const gp = await load({ variant });

  /** That `body` leaves memory as it was; `heap`: that the module did not grow either. */
  const leavesNothing = (body, { heap = false } = {}) => {
    const before = gp.memory();
    body();
    const after = gp.memory();
    assert.equal(after.bytes, before.bytes);
    assert.equal(after.storages, before.storages);
    assert.equal(after.tensors, before.tensors);
    if (heap) assert.equal(after.heapBytes, before.heapBytes);
  };

  describe(`memory, ${variant}`, () => {
    test('counts', () => {
      leavesNothing(() => {
        const before = gp.memory();
        const x = gp.ones([256]);
        const y = x.view(16, 16);
        assert.equal(gp.memory().bytes, before.bytes + 1024);
        assert.equal(gp.memory().storages, before.storages + 1);
        assert.equal(gp.memory().tensors, before.tensors + 2);
        assert.ok(gp.memory().peakBytes >= gp.memory().bytes);
        x.dispose();
        assert.equal(gp.memory().bytes, before.bytes + 1024);
        y.dispose();
      });
    });

    test('a disposed tensor says so', () => {
      const x = gp.ones([1]);
      x.dispose();
      x.dispose();
      assert.equal(x.isDisposed, true);
      assert.throws(() => x.shape, /was disposed of/);
      assert.throws(() => gp.add(x, 1), /was disposed of/);
    });

    test('scope frees what it made, but what it returns', () => {
      leavesNothing(() => {
        let inner;
        const [sum, { product }] = gp.scope(() => {
          const x = gp.ones([1000], { requiresGrad: true });
          inner = x.mul(2);
          return [inner.sum(), { product: inner.prod() }];
        });
        assert.equal(inner.isDisposed, true);
        assert.equal(sum.item(), 2000);
        sum.dispose();
        product.dispose();
      });
    });

    test('scopes nest', () => {
      leavesNothing(() => {
        gp.scope(() => {
          const kept = gp.scope(() => gp.ones([3]).mul(2));
          assert.deepEqual(kept.toArray(), [2, 2, 2]);
        });
      });
    });

    test('scope frees when its function throws, and refuses async ones', () => {
      leavesNothing(() => {
        assert.throws(
          () =>
            gp.scope(() => {
              gp.ones([100]);
              throw new Error('inside');
            }),
          /inside/,
        );
        assert.throws(() => gp.scope(async () => gp.ones([100])), /not async/);
      });
    });

    test('an operation that fails leaves nothing', () => {
      leavesNothing(() => {
        const x = gp.ones([2, 3]);
        for (let i = 0; i < 100; i++) {
          assert.throws(() => x.matmul(x));
          assert.throws(() => gp.tensor([1, 2], { shape: [3] }));
          assert.throws(() => gp.tensor([1, 2], { dtype: 'int64', requiresGrad: true }));
        }
        x.dispose();
      });
    });

    test('1,000 programs in sessions of their own leave nothing', () => {
      const program = `import torch
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(4, 4)
    def forward(self, x):
        return self.a(x).relu()
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for i in range(2):
    opt.zero_grad()
    loss = net(torch.ones(2, 4)).sum()
    loss.backward()
    opt.step()
print(loss.item())
cycle = []
cycle.append(cycle)
try:
    torch.ones(2) @ torch.ones(3)
except RuntimeError as error:
    pass
raise ValueError(net)
`;
      for (let i = 0; i < 20; i++) assert.equal(run(program, {}, gp).error.type, 'ValueError');
      leavesNothing(
        () => {
          for (let i = 0; i < 1000; i++) run(program, {}, gp);
        },
        { heap: true },
      );
    });

    test('1,000 runs of one session leave nothing', () => {
      const session = gp.session({ keepGlobals: false });
      const program = `import torch
x = torch.ones(1000, requires_grad=True)
y = (x * x).sum()
y.backward()
`;
      for (let i = 0; i < 20; i++) session.run(program);
      leavesNothing(
        () => {
          for (let i = 0; i < 1000; i++) session.run(program);
        },
        { heap: true },
      );
      session.dispose();
    });

    test('what nobody disposed of, the garbage collector finds', async () => {
      const before = gp.memory();
      (() => {
        for (let i = 0; i < 1000; i++) gp.ones([1000]);
        gp.session().run('import torch\nx = torch.ones(1000)\n');
      })();
      assert.ok(gp.memory().bytes >= before.bytes + 4_000_000);
      for (let i = 0; i < 20 && gp.memory().bytes > before.bytes; i++) {
        collect();
        await new Promise((wake) => setTimeout(wake, 20));
      }
      assert.equal(gp.memory().bytes, before.bytes);
      assert.equal(gp.memory().tensors, before.tensors);
    });

    test('a million operations forward, backward and away, from JavaScript', () => {
      leavesNothing(() => {
        gp.scope(() => {
          const x = gp.tensor(1, { requiresGrad: true });
          let y = x.mul(1);
          for (let i = 1; i < 1_000_000; i++) {
            const next = y.mul(1);
            y.dispose();
            y = next;
          }
          y.backward();
          assert.equal(x.grad.item(), 1);
        });
      });
    });

    test('a million operations forward, backward and away, in a program', () => {
      leavesNothing(() => {
        const { error, stdout, graph } = run(
          `import torch
x = torch.tensor(1.0, requires_grad=True)
y = x
for i in range(1000000):
    y = y + x
y.backward()
print(x.grad)
y = None
`,
          {},
          gp,
        );
        assert.equal(error, undefined);
        assert.equal(stdout, 'tensor(1000001.)\n');
        assert.ok(graph.nodes.length < 1000);
      });
    });

    test("10 GB are refused in PyTorch's words", () => {
      leavesNothing(() => {
        assert.throws(() => gp.zeros([2_500_000_000]), {
          name: 'RuntimeError',
          message:
            "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 10000000000 bytes. Error code 12 (Cannot allocate memory)",
        });
        // More than there can be, though each is less than the whole.
        assert.throws(() => gp.zeros([900_000_000]).add(1), { name: 'RuntimeError' });
        collect();
      });
    });
  });
}
