// The wall between JavaScript and the engine: what arguments may not be, what may not be called when,
// and that the engine is as good afterwards.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import {
  compile,
  engines,
  GradpadError,
  load,
  loadWithin,
  run,
  site,
  StateError,
} from './module.mjs';

const [gp] = engines;

describe('sizes, counts and indices', () => {
  test('a shape of fractions is refused, not filled beyond its end', () => {
    assert.throws(
      () => gp.tensor(new Float32Array(100), { shape: [2.5, 40] }),
      (error) =>
        error instanceof RangeError &&
        error.message === 'tensor(): shape[0] must be a whole number, got 2.5',
    );
    for (const make of [
      (shape) => gp.zeros(shape),
      (shape) => gp.ones(shape),
      (shape) => gp.full(shape, 1),
      (shape) => gp.rand(shape),
      (shape) => gp.randn(shape),
      (shape) => gp.randint(0, 3, shape),
      (shape) => gp.tensor([1], { shape }),
    ]) {
      for (const size of [1.5, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 60), 1n << 70n]) {
        assert.throws(() => make([size]), RangeError, `${size}`);
      }
      for (const size of ['1', null, undefined, true, {}, [], Symbol('1')]) {
        assert.throws(() => make([size]), TypeError);
      }
      for (const shape of [1, '12', null, undefined, { length: 1, 0: 1 }, new Set([1])]) {
        assert.throws(() => make(shape === undefined ? { not: 'a shape' } : shape), TypeError);
      }
      const sparse = [2, 2];
      sparse.length = 3;
      assert.throws(() => make(sparse), TypeError);
      sparse.length = 2 ** 32 - 1;
      assert.throws(() => make(sparse), RangeError);
      assert.throws(() => make([-1]), GradpadError);
    }
    assert.deepEqual(gp.zeros([-0, 2n]).shape, [0, 2]);
    assert.throws(() => gp.zeros([2 ** 40, 2 ** 40]), GradpadError);
    assert.throws(() => gp.zeros([2 ** 31, 2 ** 31, 4]), GradpadError);
    assert.throws(() => gp.tensor([1], { shape: [-1, -1] }), { name: 'RuntimeError' });
  });

  test('counts of the other makers', () => {
    for (const call of [
      () => gp.eye(1.5),
      () => gp.eye(2, NaN),
      () => gp.randperm(2.5),
      () => gp.linspace(0, 1, 1e300),
      () => gp.linspace(0, 1, 2.5),
      () => gp.randint(0.5, 3, [2]),
      () => gp.manualSeed(0.5),
      () => gp.manualSeed(NaN),
    ]) {
      assert.throws(call, RangeError);
    }
    for (const call of [
      () => gp.eye(),
      () => gp.eye('2'),
      () => gp.arange(),
      () => gp.arange(1, 2, 3, 4),
      () => gp.arange('3'),
      () => gp.linspace(0, 1),
      () => gp.full([2], 'x'),
      () => gp.full([2]),
      () => gp.manualSeed(),
    ]) {
      assert.throws(call, TypeError);
    }
    for (const call of [
      () => gp.eye(-1),
      () => gp.randperm(-1),
      () => gp.arange(0, 1, 0),
      () => gp.arange(Infinity),
      () => gp.arange(0, 1, 1e-300),
      () => gp.linspace(0, 1, 2 ** 50),
      () => gp.eye(2 ** 40),
      () => gp.randint(3, 3, [2]),
    ]) {
      assert.throws(call, GradpadError);
    }
  });

  test('integers of operations', () => {
    const x = gp.ones([2, 3]);
    for (const call of [
      () => x.sum(1n << 70n),
      () => x.reshape([1n << 64n]),
      () => gp.tensor([1n]).add(1n << 63n),
    ]) {
      assert.throws(call, RangeError);
    }
    const sparse = [0];
    sparse.length = 2;
    for (const call of [
      () => x.sum(0.5),
      () => x.reshape([1.5, 4]),
      () => x.reshape(sparse),
      () => x.permute([0, NaN]),
      () => gp.cat([x, , x]),
      () => gp.cat([x, null]),
    ]) {
      assert.throws(call, TypeError);
    }
    assert.throws(() => x.sum(2 ** 52), { name: 'IndexError' });
    assert.deepEqual(
      gp
        .tensor([2n ** 62n])
        .add(1n)
        .item(),
      2n ** 62n + 1n,
    );
  });
});

describe('data', () => {
  test('integers are kept exactly, or refused', () => {
    for (const call of [
      () => gp.tensor([1n << 70n]),
      () => gp.tensor([1n << 63n]),
      () => gp.tensor([2 ** 64], { dtype: 'int64' }),
      () => gp.tensor([NaN], { dtype: 'int64' }),
      () => gp.tensor([Infinity], { dtype: 'int32' }),
      () => gp.tensor([2 ** 31], { dtype: 'int32' }),
      () => gp.tensor([256], { dtype: 'uint8' }),
      () => gp.tensor(BigInt64Array.of(-1n), { dtype: 'uint8' }),
    ]) {
      assert.throws(call, RangeError);
    }
    assert.equal(gp.tensor([2n ** 63n - 1n]).item(), 2n ** 63n - 1n);
    assert.deepEqual(gp.tensor([1.9, -1.9], { dtype: 'int64' }).toArray(), [1, -1]);
    assert.deepEqual(gp.tensor([1, 2n, true]).toArray(), [1, 2, 1]);
    assert.deepEqual(gp.tensor(BigInt64Array.of(5n), { dtype: 'float64' }).toArray(), [5]);
    assert.deepEqual(gp.tensor([NaN, 0, 2n], { dtype: 'bool' }).toArray(), [false, false, true]);
  });

  test('lists that are no box, or none at all', () => {
    const cyclic = [];
    cyclic.push(cyclic);
    assert.throws(() => gp.tensor(cyclic), { name: 'ValueError', message: /too many dimensions/ });
    let wide = [1, 2];
    for (let i = 0; i < 40; i++) wide = [wide, wide];
    assert.throws(() => gp.tensor(wide), RangeError);
    const sparse = [1];
    sparse.length = 2 ** 32 - 1;
    assert.throws(() => gp.tensor(sparse), RangeError);
    sparse.length = 2;
    assert.throws(() => gp.tensor(sparse), TypeError);
    for (const data of [
      undefined,
      null,
      'abc',
      {},
      { length: 2 },
      Symbol('x'),
      () => 1,
      [[]['x']],
    ]) {
      assert.throws(() => gp.tensor(data), TypeError);
    }
    const shrinking = [1, 2, 3];
    Object.defineProperty(shrinking, 0, { get: () => ((shrinking.length = 1), 1) });
    assert.throws(() => gp.tensor(shrinking), GradpadError);
    const growing = [[1], [2]];
    Object.defineProperty(growing[0], 0, { get: () => (growing[1].push(3, 4), 1) });
    assert.throws(() => gp.tensor(growing), GradpadError);
    const thrown = new Error('own');
    const throwing = Object.defineProperty([0], 0, {
      get: () => {
        throw thrown;
      },
    });
    assert.throws(
      () => gp.tensor(throwing),
      (error) => error === thrown,
    );
  });

  test('typed arrays that are not what they say', () => {
    const lying = Object.defineProperty(new Float32Array(4), 'length', { value: 400 });
    assert.deepEqual(gp.tensor(lying).shape, [4]);
    assert.throws(() => gp.tensor(lying, { shape: [400] }), GradpadError);
    const detached = new Float32Array(4);
    structuredClone(detached.buffer, { transfer: [detached.buffer] });
    assert.throws(() => gp.tensor(detached), TypeError);
    const buffer = new ArrayBuffer(16, { maxByteLength: 32 });
    const fixed = new Float32Array(buffer, 4, 3);
    const tracking = new Float32Array(buffer);
    buffer.resize(8);
    assert.throws(() => gp.tensor(fixed), TypeError);
    assert.deepEqual(gp.tensor(tracking).shape, [2]);
    assert.deepEqual(gp.tensor(new Float32Array(new SharedArrayBuffer(8))).shape, [2]);
    for (const data of [
      new DataView(new ArrayBuffer(8)),
      new Int8Array(1),
      new BigUint64Array(1),
    ]) {
      assert.throws(() => gp.tensor(data), TypeError);
    }
  });

  test('toArray refuses what no list can hold', () => {
    assert.throws(() => gp.zeros([2 ** 31, 0]).toArray(), RangeError);
    assert.deepEqual(gp.zeros([2, 0]).toArray(), [[], []]);
  });
});

describe('other arguments', () => {
  test('options: their names and types', async () => {
    for (const call of [
      () => gp.zeros([1], { dtype: 1 }),
      () => gp.zeros([1], { dtype: 'float16' }),
      () => gp.zeros([1], { requiresGrad: 1 }),
      () => gp.zeros([1], { requires_grad: true }),
      () => gp.zeros([1], 'float32'),
      () => gp.zeros([1], null),
      () => gp.session({ keepGlobals: 'yes' }),
      () => gp.session(7),
      () => gp.ones([1]).backward(null, { retain: true }),
      () => gp.ones([1]).backward(1),
      () => (gp.ones([1]).requiresGrad = 1),
      () => (gp.ones([1]).grad = 1),
      () => gp.scope(),
      () => gp.scope(1),
      () => gp.noGrad('x'),
      () => gp.grad(1, 2),
      () => gp.grad([null], [gp.ones([1])]),
      () => gp.grad(gp.ones([1]), gp.ones([1]), { gradOutputs: 1 }),
    ]) {
      assert.throws(call, TypeError);
    }
    for (const options of [
      { variant: 'foo' },
      { variant: 1 },
      { compiled: {} },
      { compiled: 1 },
      1,
    ]) {
      await assert.rejects(load(options), TypeError);
    }
    await assert.rejects(
      load({ variant: 'foo' }),
      /variant must be 'relaxed' or 'simd', got 'foo'/,
    );
    await assert.rejects(compile({ variant: 'foo' }), TypeError);
    await assert.rejects(compile({ variants: 'simd' }), /has no option 'variants'/);
  });

  test('of run()', () => {
    const session = gp.session();
    for (const given of [1, null, undefined, {}, ['x = 1']]) {
      assert.throws(() => session.run(given), TypeError);
    }
    for (const options of [
      { maxSeconds: '1' },
      { maxBytes: '1' },
      { onStdout: 1 },
      { filename: 1 },
      { inspect: 'no' },
      { maxsteps: 1 },
    ]) {
      assert.throws(() => session.run('x = 1', options), TypeError);
    }
    for (const options of [
      { maxSeconds: NaN },
      { maxSeconds: -1 },
      { maxBytes: 1.5 },
      { maxBytes: -1 },
      { maxBytes: 2 ** 60 },
      { maxOutput: NaN },
    ]) {
      assert.throws(() => session.run('x = 1', options), RangeError);
    }
    assert.equal(session.run('print(1)', { maxSeconds: Infinity, maxBytes: 0 }).stdout, '1\n');
    assert.equal(session.run('print("a\ud800b")').stdout, 'a\ufffdb\n');
    session.dispose();
    session.dispose();
    assert.throws(() => session.run('x = 1'), StateError);
    assert.throws(() => Object.getPrototypeOf(session).run.call({}, 'x = 1'), TypeError);
  });

  test('tensors that are disposed of, of another instance, or none', async () => {
    const other = await load({ variant: gp.variant });
    const foreign = other.ones([1]);
    const gone = gp.ones([1]);
    gone.dispose();
    const prototype = Object.getPrototypeOf(gone);
    for (const use of [(x) => gp.add(x, 1), (x) => gp.ones([1]).add(x), (x) => gp.cat([x])]) {
      assert.throws(() => use(gone), StateError);
      assert.throws(() => use(foreign), TypeError);
      assert.throws(() => use(Object.create(prototype)), TypeError);
    }
    for (const self of [undefined, null, 1, {}, Object.create(prototype), new Proxy(gone, {})]) {
      assert.throws(() => prototype.add.call(self, 1), TypeError);
      assert.throws(() => prototype.backward.call(self), TypeError);
      assert.throws(() => prototype.dispose.call(self), TypeError);
    }
    // No property of a tensor leads to another instance's memory.
    const own = gp.ones([1]);
    assert.throws(() => (own.engine = foreign.engine), TypeError);
    assert.deepEqual(own.add(1).toArray(), [2]);
  });

  test('getters and proxies that use the engine in between', () => {
    const x = gp.ones([2, 2]);
    const options = Object.defineProperty({}, 'alpha', {
      enumerable: true,
      get: () => (gp.zeros([3]).dispose(), gp.memory(), 3),
    });
    assert.deepEqual(x.add(x, options).toArray(), [
      [4, 4],
      [4, 4],
    ]);
    const list = new Proxy([x, x], {
      get: (target, name) => (gp.cat([gp.zeros([1]), gp.zeros([1])]), Reflect.get(target, name)),
    });
    assert.deepEqual(gp.cat(list).shape, [4, 2]);
    const shape = new Proxy([4, 1], {
      get: (target, name) => (gp.full([1], 2n ** 60n), Reflect.get(target, name)),
    });
    assert.deepEqual(x.reshape(shape).shape, [4, 1]);
    assert.deepEqual(gp.zeros(shape).shape, [4, 1]);
  });

  test('what scope() returns may be anything', () => {
    const before = gp.memory();
    const cyclic = gp.scope(() => {
      const list = [gp.ones([1])];
      list.push(list, { list });
      return list;
    });
    cyclic[0].dispose();
    const throwing = Object.defineProperty({}, 'x', {
      enumerable: true,
      get: () => {
        throw new Error('own');
      },
    });
    assert.throws(() => gp.scope(() => (gp.ones([1]), throwing)), /own/);
    let deep = gp.ones([1]);
    const held = deep;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    gp.scope(() => deep);
    held.dispose();
    assert.deepEqual(gp.memory().tensors, before.tensors);
    assert.equal(gp.memory().bytes, before.bytes);
  });
});

describe('calls at the wrong time', () => {
  test('a listener cannot call the module, and is told so', () => {
    const session = gp.session();
    const other = gp.session();
    const x = gp.ones([2]);
    const sentence = /the engine is running a program; call it when run\(\) has returned/;
    const problems = [];
    const attempt = (call) => {
      try {
        call();
        problems.push(undefined);
      } catch (problem) {
        problems.push(problem);
      }
    };
    const result = session.run('print(1)\nprint(2)\n', {
      onStdout: (text) => {
        if (text !== '1\n') return;
        attempt(() => session.run('x = 1'));
        attempt(() => other.run('x = 1'));
        attempt(() => gp.session());
        attempt(() => x.add(1));
        attempt(() => x.shape);
        attempt(() => gp.memory());
        attempt(() => gp.tensor([1, 2, 3]));
        attempt(() => gp.noGrad(() => 1));
      },
    });
    assert.equal(result.stdout, '1\n2\n');
    assert.equal(problems.length, 8);
    for (const problem of problems) {
      assert.ok(problem instanceof StateError);
      assert.match(problem.message, sentence);
    }
    assert.deepEqual(x.add(1).toArray(), [2, 2]);
    assert.equal(other.run('print(3)').stdout, '3\n');
    session.dispose();
    other.dispose();
  });

  test('disposing from a listener waits, or is refused', () => {
    const before = gp.memory();
    const session = gp.session();
    const other = gp.session();
    const x = gp.ones([1000]);
    let refused;
    const result = session.run('y = [1, 2]\nprint(1)\nprint(y)\n', {
      onStdout: () => {
        x.dispose();
        other.dispose();
        try {
          session.dispose();
        } catch (problem) {
          refused = problem;
        }
      },
    });
    assert.equal(result.stdout, '1\n[1, 2]\n');
    assert.ok(refused instanceof StateError);
    assert.match(refused.message, /this session is running a program/);
    session.dispose();
    assert.equal(gp.memory().bytes, before.bytes);
    assert.equal(gp.memory().tensors, before.tensors);
  });

  test('a listener that throws ends the run, whatever the program catches', () => {
    const session = gp.session();
    const thrown = new Error('own');
    for (const listener of ['onStdout', 'onStderr']) {
      let calls = 0;
      assert.throws(
        () =>
          session.run(
            `import sys
n = 0
while True:
    n += 1
    try: print(n, file=sys.${listener.slice(2).toLowerCase()})
    except BaseException: pass
`,
            {
              [listener]: () => {
                calls += 1;
                if (calls === 3) throw thrown;
              },
            },
          ),
        (error) => error === thrown,
      );
      assert.equal(calls, 3);
      // A number and the end of its line come one after the other.
      assert.equal(session.run('print(n)').stdout, '2\n');
    }
    // Even undefined can be thrown.
    let caught = 'nothing';
    try {
      session.run('print(1)', {
        onStdout: () => {
          throw undefined;
        },
      });
    } catch (problem) {
      caught = problem;
    }
    assert.equal(caught, undefined);
    session.dispose();
  });

  test('finalizers of a broken engine do not throw', () => {
    // The engine breaks in the middle of an operation: of its table of functions nothing is left.
    const script = `
      let instance;
      const instantiate = WebAssembly.instantiate;
      WebAssembly.instantiate = async (...given) => (instance = await instantiate(...given));
      const { load, StateError } = await import(${JSON.stringify(pathToFileURL(`${site}/lib/gradpad.mjs`))});
      const say = (problem) => console.log(problem instanceof StateError, problem.cause?.name);
      process.on('uncaughtException', (problem) => { console.log('uncaught', problem); process.exit(1); });
      const gp = await load({ variant: 'simd' });
      let session = gp.session(), x = gp.ones([4]);
      for (let i = 0; i < 100; i++) { gp.ones([1]); gp.session(); }
      const kept = gp.ones([1]);
      for (const table of Object.values(instance.exports)) {
        if (table instanceof WebAssembly.Table) for (let i = 0; i < table.length; i++) table.set(i, null);
      }
      try { gp.scope(() => { gp.ones([1]); x.mul(2).sum().exp(); }); } catch (problem) { say(problem); }
      kept.dispose();
      try { gp.noGrad(() => 1); } catch (problem) { say(problem); }
      session = x = undefined;
      for (let i = 0; i < 10; i++) { gc(); await new Promise((wake) => setTimeout(wake, 5)); }
      console.log('alive');`;
    const text = execFileSync(
      process.execPath,
      ['--expose-gc', '--input-type=module', '-e', script],
      { encoding: 'utf8' },
    );
    assert.equal(text, 'true RuntimeError\ntrue RuntimeError\nalive\n');
  });
});

describe('output', () => {
  test('is bounded, and what was cut is said', () => {
    const heap = gp.memory().heapBytes;
    for (const options of [{}, { onStdout: () => {} }, { maxBytes: 50e6 }]) {
      const { stdout, dropped, error } = run(
        `s = 'x' * 1000000\nfor i in range(300): print(s)\n`,
        options,
      );
      assert.equal(error, undefined);
      assert.equal(dropped, 300 * 1_000_001 - 16 * 1024 * 1024);
      assert.ok(stdout.length < 17 * 1024 * 1024);
      assert.match(
        stdout.slice(-100),
        /\n\[\d+ more bytes were printed; the limit is 16777216\]\n$/,
      );
    }
    assert.ok(gp.memory().heapBytes < heap + 200e6, `${gp.memory().heapBytes} of ${heap}`);
    const heard = [];
    const result = run('import sys\nprint("héllo")\nprint("abc", file=sys.stderr)', {
      maxOutput: 2,
      onStdout: (text) => heard.push(text),
    });
    assert.equal(result.stdout, 'h\n[6 more bytes were printed; the limit is 2]\n');
    assert.equal(heard.join(''), result.stdout);
    assert.equal(result.stderr, 'ab\n[2 more bytes were printed; the limit is 2]\n');
    assert.equal(run('print("x" * 20000000)', { maxOutput: 0 }).stdout.length, 20_000_001);
  });

  test('one huge text, and huge texts of variables', () => {
    for (const source of [
      'print("x" * 10**10)',
      'print(*["x" * 10**6] * 10**4)',
      'repr(["x" * 10**6] * 10**4)',
      'raise ValueError("x" * 10**7)',
      'x = ["x" * 10**6] * 40\ny = "x" * 10**7\nz = {i: "x" * 10**5 for i in range(100)}',
      'class R:\n    def __repr__(self): return "x" * 10**7\nx = [R()] * 100',
    ]) {
      const before = gp.memory().heapBytes;
      const result = run(source, { maxBytes: 50e6 });
      for (const { text } of result.variables) assert.ok(text.length < 5000);
      assert.ok(gp.memory().heapBytes < before + 300e6, source);
    }
  });
});

describe('memory', () => {
  const good = `import torch
x = torch.arange(6.0, requires_grad=True)
y = (x.view(2, 3) @ torch.ones(3, 4)).sum()
y.backward()
print(x.grad, [str(n) for n in range(3)])
`;
  const answer = "tensor([4., 4., 4., 4., 4., 4.]) ['0', '1', '2']\n";
  const greedy = [
    'L = []\nwhile True: L.append([1])',
    's = "x"\nwhile True: s = s + s',
    'import torch\ntorch.zeros(10**10)',
    'import torch\nL = []\nwhile True: L.append(torch.ones(10**6))',
    'L = []\nwhile True: L = [L]; L.append({1: L})',
    'L = []\ntry:\n    while True: L.append([1])\nexcept MemoryError:\n    while True: L.append((1, 2))',
    'class R:\n    def __repr__(self): return "x" * 10**9\nr = R()\nL = []\nwhile True: L.append([1])',
    'L = []\ntry:\n    while True: L.append([1])\nexcept MemoryError: pass\nimport collections, torch.optim\nL.append([1] * 10**9)',
  ];
  /** What comes of the good program, but for the time that it took. */
  const outcome = (session, options) => {
    const { seconds, ...result } = session.run(good, options);
    assert.ok(seconds >= 0);
    return result;
  };
  const check = (engine, options, programs) => {
    const fresh = outcome(engine.session(), options);
    assert.equal(fresh.stdout, answer);
    const before = engine.memory();
    for (const keepGlobals of [false, true]) {
      for (const source of programs) {
        const session = engine.session({ keepGlobals });
        const { error, restarted } = session.run(source, options);
        assert.ok(error, source);
        assert.match(`${error.type}: ${error.message}`, /^MemoryError|can't allocate memory/);
        assert.ok(keepGlobals || restarted === undefined);
        if (!keepGlobals || restarted) {
          for (let i = 0; i < 2; i++) assert.deepEqual(outcome(session, options), fresh, source);
        } else {
          // What was not given up is still there.
          assert.equal(outcome(session, options).error, undefined, source);
        }
        session.dispose();
        engine.scope(() => {
          assert.deepEqual(engine.tensor([1, 2, 3]).mul(2).toArray(), [2, 4, 6]);
        });
        const { bytes, storages, tensors } = engine.memory();
        assert.deepEqual(
          { bytes, storages, tensors },
          { bytes: before.bytes, storages: before.storages, tensors: before.tensors },
        );
      }
    }
  };

  test('after a limit was met, all is as before', () => check(gp, { maxBytes: 30e6 }, greedy));

  test('after all memory is used up, all is as before', async () => {
    check(await loadWithin(256 * 2 ** 20, gp.variant), {}, greedy);
  });

  test('the 4 GB that there can be', async () => {
    // A string and tensors, which take no time to fill it.
    check(await load({ variant: gp.variant }), {}, [greedy[1], greedy[3]]);
  });

  test('tensors of JavaScript that do not fit', async () => {
    const engine = await loadWithin(512 * 2 ** 20, gp.variant);
    const before = engine.memory();
    for (let round = 0; round < 2; round++) {
      engine.scope(() => {
        const kept = [];
        assert.throws(
          () => {
            for (;;) kept.push(engine.zeros([2 ** 24]));
          },
          { name: 'RuntimeError', message: /can't allocate memory/ },
        );
        assert.throws(() => {
          for (;;) kept.push(engine.ones([2 ** 16]));
        }, GradpadError);
        // With next to nothing left calls are refused or answered, and nothing breaks.
        for (let i = 0; i < 200; i++) {
          try {
            kept.push(
              engine
                .ones([2 ** (i % 14)])
                .mul(2)
                .sum(),
            );
            String(kept.at(-1));
            engine.session().run('print([1] * 1000)');
          } catch (problem) {
            assert.ok(problem instanceof GradpadError, `${problem}`);
            assert.notEqual(problem.message, '');
          }
        }
      });
      assert.equal(engine.memory().bytes, before.bytes);
      assert.equal(run(good, {}, engine).stdout, answer);
    }
  });
});
