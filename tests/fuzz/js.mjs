// Calls everything that the JS module offers with arguments that nobody should give it. Each call
// must return, or throw one of the documented classes (or what the arguments themselves threw); after
// each batch a known calculation must give its answer, and memory be at its level.
//
//   node tests/fuzz/js.mjs [--minutes N] [--seed S] [--variant simd|relaxed] [--only BATCH] [--trace]
//
// A finding is printed with its seed and batch, which run it again, and the exit status is 1.

import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { compile, GradpadError, load, StateError } from '../wasm/module.mjs';

/** mulberry32: one seed, one sequence, on every machine. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What arguments throw of their own. */
class Thrown extends Error {}

const numbers = [
  0,
  -0,
  1,
  -1,
  2,
  3,
  4,
  5,
  0.5,
  1.5,
  -2.5,
  NaN,
  Infinity,
  -Infinity,
  2 ** 15,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  2 ** 32,
  2 ** 32 + 1,
  2 ** 53 - 1,
  2 ** 53,
  -(2 ** 53),
  2 ** 63,
  2 ** 64,
  1e300,
  5e-324,
  -1e300,
  16777217,
];
const bigints = [
  0n,
  1n,
  -1n,
  3n,
  2n ** 31n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 63n,
  1n << 70n,
];
const texts = [
  '',
  'float32',
  'torch.int64',
  'float64',
  'bool',
  'uint8',
  'int32',
  'float16',
  'mean',
  'sum',
  'none',
  'cpu',
  'cuda',
  '\ud800',
  '\udfff\u0000x',
  'ij,jk->ik',
  '...',
  'ijij->',
  'i->',
  '🔥',
  '__proto__',
  'constructor',
  'x'.repeat(5000),
  'trunc',
  'floor',
  'reflect',
  'linear',
  'nearest',
  '2',
  'fro',
  'nuc',
];
const programs = [
  'print(1)',
  'x = 1 +',
  'import torch\nx = torch.ones(2, requires_grad=True)\n(x * x).sum().backward()',
  'raise ValueError(1)',
  'import sys\nsys.exit(3)',
  'print("a" * 100000)',
  '\u0000',
  '\ud800 = 1',
  'def f(): return f()\nf()',
  'x = "\ud83d"',
  'while True: pass',
  'L = []\nwhile True: L.append([1])',
  'import sys\nprint(1, file=sys.stderr)',
  'x = [1] * 100',
  'for i in range(50): print(i)',
  '(' * 5000,
];

/** One source of hostile values over one engine. */
class Hostile {
  constructor(gp, other, next) {
    this.gp = gp;
    this.next = next;
    this.foreign = other.ones([2]);
    this.foreignSession = other.session();
    this.pool = [];
  }
  int(n) {
    return Math.floor(this.next() * n);
  }
  pick(list) {
    return list[this.int(list.length)];
  }
  chance(p) {
    return this.next() < p;
  }

  /** Small, so that what is done with them is too. */
  shape() {
    return Array.from({ length: this.int(4) }, () => this.pick([0, 1, 2, 3, 4]));
  }
  dtype() {
    return this.pick(['float32', 'float64', 'int64', 'int32', 'uint8', 'bool']);
  }
  tensor() {
    if (this.pool.length > 0 && this.chance(0.7)) return this.pick(this.pool);
    const { gp } = this;
    const shape = this.shape();
    let made;
    switch (this.int(5)) {
      case 0:
        made = gp.full(shape, this.pick([0, 1, -1, 2.5, true]), { dtype: this.dtype() });
        break;
      case 1:
        made = gp.randn(shape, { requiresGrad: this.chance(0.5) });
        break;
      case 2:
        made = gp.randint(0, 5, shape);
        break;
      case 3:
        made = gp
          .tensor([
            [1, 2],
            [3, NaN],
          ])
          .t();
        break;
      default:
        made = gp.rand([2, 3, 4]).transpose(0, 2);
    }
    this.pool.push(made);
    return made;
  }
  disposed() {
    const x = this.gp.ones([2]);
    x.dispose();
    return x;
  }

  typed() {
    const type = this.pick([
      Float32Array,
      Float64Array,
      Int32Array,
      BigInt64Array,
      Uint8Array,
      Uint8ClampedArray,
      Int8Array,
      Uint16Array,
      BigUint64Array,
      DataView,
    ]);
    const bytes = this.pick([0, 8, 16, 64]);
    switch (this.int(4)) {
      case 0: {
        const array = new type(new ArrayBuffer(bytes));
        structuredClone(array.buffer, { transfer: [array.buffer] });
        return array;
      }
      case 1: {
        const buffer = new ArrayBuffer(bytes, { maxByteLength: 128 });
        const array = new type(buffer);
        buffer.resize(this.pick([0, 8, 128]));
        return array;
      }
      case 2:
        return new type(new SharedArrayBuffer(bytes, { maxByteLength: 128 }));
      default: {
        const array = new type(new ArrayBuffer(bytes));
        if (this.chance(0.3)) Object.defineProperty(array, 'length', { value: this.pick(numbers) });
        return array;
      }
    }
  }

  list(depth = 0) {
    switch (this.int(9)) {
      case 0: {
        const cyclic = [1];
        cyclic[this.int(2)] = cyclic;
        return cyclic;
      }
      case 1: {
        const sparse = [1, 2];
        sparse.length = this.pick([3, 1000, 2 ** 32 - 1]);
        return sparse;
      }
      case 2: {
        let wide = [1, 2];
        for (let i = 0; i < 40; i++) wide = [wide, wide];
        return wide;
      }
      case 3: {
        let deep = 1;
        for (let i = 0; i < this.pick([65, 129, 3000]); i++) deep = [deep];
        return deep;
      }
      case 4: {
        const shrinking = [1, 2, 3];
        Object.defineProperty(shrinking, 0, {
          get: () => ((shrinking.length = 1), this.reenter(), 1),
        });
        return shrinking;
      }
      case 5:
        return new Proxy([1, 2, 3], {
          get: (target, name) => {
            if (name === 'length') return this.pick([0, 3, 3, 5, -1, 2 ** 31, NaN, 2 ** 53]);
            if (this.chance(0.05)) throw new Thrown('proxy');
            if (this.chance(0.3)) this.reenter();
            return Reflect.get(target, name);
          },
        });
      case 6:
        return this.shape();
      case 7:
        return Array.from({ length: this.int(4) }, () => this.tensor());
      default:
        return Array.from({ length: this.int(5) }, () => this.value(depth + 1));
    }
  }

  /** Uses the engine in the middle of something else. */
  reenter() {
    const { gp } = this;
    switch (this.int(4)) {
      case 0:
        gp.ones([3]).dispose();
        break;
      case 1:
        gp.memory();
        break;
      case 2:
        if (this.pool.length > 0) this.pick(this.pool).dispose();
        break;
      default:
        gp.scope(() => gp.add(gp.ones([2]), 1).sum());
    }
  }

  object() {
    const names = [
      'shape',
      'dtype',
      'requiresGrad',
      'dim',
      'keepdim',
      'alpha',
      'out',
      'size',
      'value',
      'other',
      'retainGraph',
      'createGraph',
      'allowUnused',
      'gradOutputs',
      'onStdout',
      'maxBytes',
      'maxSeconds',
      'maxOutput',
      'inspect',
      'filename',
      'keepGlobals',
      'variant',
      'then',
      'reduction',
      'p',
      '__proto__',
    ];
    const made = this.chance(0.1) ? Object.create(null) : {};
    for (let i = this.int(4); i > 0; i--) {
      const name = this.pick(names);
      if (this.chance(0.15)) {
        Object.defineProperty(made, name, {
          enumerable: true,
          configurable: true,
          get: () => {
            if (this.chance(0.5)) throw new Thrown('getter');
            this.reenter();
            return this.value(2);
          },
        });
      } else {
        Object.defineProperty(made, name, {
          value: this.value(2),
          enumerable: true,
          configurable: true,
        });
      }
    }
    return made;
  }

  value(depth = 0) {
    switch (this.int(depth > 2 ? 9 : 16)) {
      case 0:
      case 1:
        return this.pick(numbers);
      case 2:
        return this.pick([0, 1, 2, -1]);
      case 3:
        return this.pick(bigints);
      case 4:
        return this.pick(texts);
      case 5:
        return this.pick([undefined, null, true, false]);
      case 6:
        return this.pick([
          Symbol('s'),
          () => this.reenter(),
          class {},
          new Date(0),
          /x/,
          new Map(),
        ]);
      case 7:
        return this.tensor();
      case 8:
        return this.pick([this.foreign, this.disposed(), this.gp, this.foreignSession]);
      case 9:
        return this.typed();
      case 10:
        return {
          valueOf: () => (this.reenter(), 2),
          toString: () => {
            throw new Thrown('toString');
          },
        };
      case 11:
        return Object.create(Object.getPrototypeOf(this.foreign));
      case 12:
        return new Proxy(this.tensor(), {
          getPrototypeOf: (target) => {
            if (this.chance(0.1)) throw new Thrown('prototype');
            return Reflect.getPrototypeOf(target);
          },
        });
      case 13:
        return this.object();
      default:
        return this.list(depth);
    }
  }
  values() {
    return Array.from({ length: this.pick([0, 1, 1, 2, 2, 3, 4, 6]) }, () => this.value());
  }

  /** Something for an operation that has a chance to be taken. */
  argument({ type, listSize }) {
    if (this.chance(0.15)) return this.value();
    switch (type) {
      case 'Tensor':
        return this.chance(0.9) ? this.tensor() : this.pick(numbers);
      case 'Tensor[]':
        return Array.from({ length: this.int(4) }, () => this.tensor());
      case 'int[]':
        return this.chance(0.2)
          ? this.list()
          : Array.from({ length: listSize || this.int(4) }, () => this.small());
      case 'int':
        return this.small();
      case 'bool':
        return this.chance(0.5);
      case 'dtype':
        return this.dtype();
      case 'str':
        return this.pick(texts);
      default:
        return this.pick(numbers);
    }
  }
  /** Mostly small: a hundred sizes of 2**31 are one test, not a hundred. */
  small() {
    return this.chance(0.06)
      ? this.pick([...numbers, ...bigints])
      : this.pick([-2, -1, 0, 1, 1, 2, 2, 3, 4]);
  }
}

/** Everything that can be called, as functions of a Hostile. */
function callsOf(gp) {
  const calls = [];
  const ownNames = (object) => Object.getOwnPropertyNames(Object.getPrototypeOf(object));
  for (const name of ownNames(gp)) {
    if (name === 'constructor') continue;
    calls.push([`gp.${name}`, (h) => gp[name](...h.values())]);
    calls.push([`gp.${name}.call`, (h) => Object.getPrototypeOf(gp)[name].call(...h.values())]);
  }
  // Those that make tensors, with arguments near what they take.
  const makers = {
    zeros: (h) => [h.list()],
    ones: (h) => [h.list(), h.object()],
    full: (h) => [h.shape(), h.value(), h.object()],
    tensor: (h) => [
      h.chance(0.5) ? h.list() : h.typed(),
      { shape: h.chance(0.5) ? h.list() : undefined, dtype: h.chance(0.5) ? h.dtype() : undefined },
    ],
    randint: (h) => [h.pick(numbers), h.pick(numbers), h.shape()],
    randn: (h) => [h.list()],
    eye: (h) => [h.small(), h.small()],
    arange: (h) => [h.small(), h.small(), h.pick(numbers)],
    linspace: (h) => [h.pick(numbers), h.pick(numbers), h.small()],
    randperm: (h) => [h.small()],
    grad: (h) => [h.tensor(), [h.tensor(), h.tensor()], h.object()],
    scope: (h) => [() => (h.reenter(), [gp.ones([2]), h.value()])],
    noGrad: (h) => [() => (h.reenter(), h.value())],
  };
  for (const [name, make] of Object.entries(makers)) {
    for (let i = 0; i < 6; i++) calls.push([`gp.${name}`, (h) => gp[name](...make(h))]);
  }
  const one = gp.ones([1]);
  const prototype = Object.getPrototypeOf(one);
  one.dispose();
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (name === 'constructor') continue;
    const { get, set, value } = Object.getOwnPropertyDescriptor(prototype, name);
    if (get) {
      calls.push([`tensor.${name}`, (h) => h.tensor()[name]]);
      calls.push([`tensor.${name}.call`, (h) => get.call(h.value())]);
    }
    if (set) calls.push([`tensor.${name}=`, (h) => ((h.tensor()[name] = h.value()), undefined)]);
    if (typeof value === 'function') {
      calls.push([`tensor.${name}`, (h) => h.tensor()[name](...h.values())]);
      calls.push([`tensor.${name}.call`, (h) => value.call(h.value(), ...h.values())]);
    }
  }
  for (const info of gp.operations()) {
    for (const name of info.names) {
      const isMethod = name.startsWith('Tensor.');
      const path = name.replace(/^Tensor\./, '').split('.');
      calls.push([
        name,
        (h) => {
          const given = info.params
            .slice(0, h.int(info.params.length + 1))
            .map((p) => h.argument(p));
          if (h.chance(0.3)) given.push(h.object());
          const target = isMethod
            ? h.tensor()
            : path.slice(0, -1).reduce((at, part) => at[part], gp);
          return target[path.at(-1)](...given);
        },
      ]);
    }
  }
  const session = (h) => {
    const made = gp.session({ keepGlobals: h.chance(0.5) });
    try {
      const listen = (text) => {
        if (typeof text !== 'string') throw new Error('a listener was given something else');
        if (h.chance(0.2)) throw new Thrown('listener');
        if (h.chance(0.3)) made.run('print(1)');
        if (h.chance(0.3)) h.reenter();
        if (h.chance(0.3)) made.dispose();
      };
      return made.run(h.pick(programs), {
        maxSeconds: 0.02,
        maxBytes: h.pick([1, 1000, 1_000_000, 20_000_000]),
        maxOutput: h.pick([0, 1, 100, undefined]),
        ...(h.chance(0.6) ? { onStdout: listen, onStderr: listen } : {}),
        ...(h.chance(0.1) ? h.object() : {}),
      });
    } finally {
      made.dispose();
    }
  };
  for (let i = 0; i < 12; i++) calls.push(['session.run', session]);
  calls.push(['session', (h) => gp.session(...h.values()).dispose()]);
  calls.push([
    'session.run()',
    (h) => {
      const made = gp.session();
      try {
        made.run(...h.values().map((v) => (typeof v === 'string' ? 'x = 1' : v)));
      } finally {
        made.dispose();
      }
    },
  ]);
  calls.push([
    'load',
    (h) =>
      load(
        ...h
          .values()
          .filter((v) => v !== undefined && v !== null)
          .slice(0, 1)
          .map((v) => (typeof v === 'object' ? { variant: 'none', ...v } : v)),
      ),
  ]);
  calls.push(['compile', (h) => compile({ variant: h.pick(['none', 1, Symbol(), {}]) })]);
  // Only what gives no file to fetch; both reject, which batches await.
  return calls;
}

/** Whether the error is one that api.ts promises, or the caller's own. */
const isDocumented = (problem) =>
  problem instanceof TypeError ||
  problem instanceof RangeError ||
  problem instanceof GradpadError ||
  problem instanceof StateError ||
  problem instanceof Thrown;

const broken = (problem) => problem instanceof StateError && /broke down/.test(problem.message);

function good(gp) {
  return gp.scope(() => {
    const x = gp.tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { requiresGrad: true },
    );
    const y = x.matmul(x).sigmoid().mul(3).sum();
    y.backward();
    const session = gp.session();
    const { stdout, error } = session.run(
      'import torch\nx = torch.tensor([1.0, 2.0], requires_grad=True)\n(x ** 3).sum().backward()\nprint(x.grad, sorted([3, 1, 2]))\n',
    );
    session.dispose();
    return JSON.stringify([y.item(), x.grad.toArray(), stdout, error ?? null]);
  });
}

/**
 * Runs batches until `seconds` are over or `batches` are done. Gives the number of calls and a text
 * for each finding.
 */
export async function fuzz({
  variant = 'simd',
  seed = 1,
  seconds = Infinity,
  batches = Infinity,
  only,
  trace = false,
}) {
  const started = Date.now();
  let gp = await load({ variant });
  const other = await load({ variant });
  let calls = callsOf(gp);
  const expected = good(gp);
  const findings = [];
  const tally = { calls: 0, returned: 0, thrown: 0, batches: 0 };
  for (
    let batch = only ?? 0;
    tally.batches < batches && Date.now() - started < seconds * 1000;
    batch++
  ) {
    const next = random(Math.imul(seed, 0x9e3779b1) ^ batch);
    const before = gp.memory();
    const h = new Hostile(gp, other, next);
    const waiting = [];
    const report = (what, problem) =>
      findings.push(`seed ${seed} batch ${batch}: ${what}: ${String(problem?.stack ?? problem)}`);
    gp.scope(() => {
      for (let i = 0; i < 60; i++) {
        const [name, call] = h.pick(calls);
        if (trace) writeSync(2, `${batch}.${i} ${name}\n`);
        tally.calls += 1;
        try {
          const result = call(h);
          tally.returned += 1;
          if (result instanceof Promise) waiting.push([name, result]);
          // What is made is used: most of all what should not have been made.
          if (gp.isTensor(result) && !(result === h.foreign) && !result.isDisposed) {
            if (result.shape.reduce((a, b) => a * b, 1) < 1e4) String(result);
            h.pool.push(result);
          }
        } catch (problem) {
          tally.thrown += 1;
          if (!isDocumented(problem) || broken(problem)) report(name, problem);
          else if (!problem.message) report(name, 'an error without a message');
        }
        h.pool = h.pool.filter((x) => !x.isDisposed).slice(-30);
      }
    });
    for (const [name, promise] of waiting) {
      await promise.then(
        () => undefined,
        (problem) => isDocumented(problem) || report(name, problem),
      );
    }
    h.foreign.dispose();
    h.foreignSession.dispose();
    try {
      const got = good(gp);
      if (got !== expected) report('the known calculation', `${got}\ninstead of\n${expected}`);
      const after = gp.memory();
      for (const name of ['bytes', 'storages', 'tensors']) {
        if (after[name] !== before[name])
          report('memory', `${name} ${before[name]} -> ${after[name]}`);
      }
    } catch (problem) {
      report('the known calculation', problem);
      gp = await load({ variant });
      calls = callsOf(gp);
    }
    tally.batches += 1;
    if (only !== undefined || findings.length >= 20) break;
  }
  return { ...tally, findings };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { minutes: text, seed: text, variant: text, only: text, trace: { type: 'boolean' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const found = await fuzz({
    seed,
    seconds: 60 * Number(values.minutes ?? 1),
    variant: values.variant ?? 'simd',
    only: values.only === undefined ? undefined : Number(values.only),
    trace: values.trace ?? false,
  });
  for (const finding of found.findings) console.log(finding);
  console.log(
    `seed ${seed}: ${found.calls} calls in ${found.batches} batches, ${found.returned} returned, ` +
      `${found.thrown} threw, ${found.findings.length} findings`,
  );
  process.exit(found.findings.length > 0 ? 1 : 0);
}
