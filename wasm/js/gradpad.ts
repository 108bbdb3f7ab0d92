// The JS module: loads the engine and gives what api.ts describes.

import type { CreateOptions, Gradpad, GradOptions, Memory, Tensor, TensorOptions } from './api.js';
import {
  boolean,
  callable,
  type Creation,
  creation,
  integer,
  itemsOf,
  optionsOf,
  scalar,
  sizes,
} from './arguments.js';
import { fromData, made } from './create.js';
import { Engine } from './engine.js';
import { GradpadError, StateError } from './errors.js';
import { compile, instantiate } from './module.js';
import { installOperations, operationInfos } from './operations.js';
import { SessionImpl } from './session.js';
import { backwardReaders, isTensor, TensorImpl, unwrap, wrap } from './tensor.js';
import type { LoadOptions, SessionOptions, Variant } from './types.js';
import type { Handle } from './wire.js';

export { compile, GradpadError, StateError };

type Scalar = number | bigint | boolean;

export async function load(options?: LoadOptions): Promise<Gradpad> {
  const { variant, instance } = await instantiate(options);
  const gradpad = new GradpadImpl(new Engine(instance), variant);
  // The operations come from the engine's table, which the compiler does not see.
  return gradpad as unknown as Gradpad;
}

/** The last argument where it holds options, and the numbers before it. */
function split(
  what: string,
  given: readonly unknown[],
  least: number,
  most: number,
): [(number | bigint | boolean)[], Creation] {
  const last = given.at(-1);
  const hasOptions = typeof last === 'object' && last !== null;
  const numbers = (hasOptions ? given.slice(0, -1) : given).filter((one) => one !== undefined);
  if (numbers.length < least || numbers.length > most) {
    throw new TypeError(`${what}() takes ${least} to ${most} numbers, got ${numbers.length}`);
  }
  return [
    numbers.map((one, i) => scalar(`${what}(): number ${i + 1}`, one)),
    creation(what, hasOptions ? last : undefined),
  ];
}

/** One tensor or an array of them. */
function tensorsOf(engine: Engine, what: string, given: unknown): TensorImpl[] {
  const list = isTensor(given) ? [given] : itemsOf(what, given, mostTensors);
  return list.map((one) => unwrap(engine, one));
}

const mostTensors = 2 ** 20;

class GradpadImpl {
  readonly #engine: Engine;
  readonly isa: string;

  constructor(
    engine: Engine,
    readonly variant: Variant,
  ) {
    this.#engine = engine;
    this.isa = engine.read(engine.call((raw) => raw.isa())) as string;
    installOperations(engine, this);
  }

  session(options?: SessionOptions): SessionImpl {
    return new SessionImpl(this.#engine, options);
  }

  tensor(data: unknown, options?: TensorOptions): Tensor {
    return fromData(this.#engine, data, options);
  }
  zeros(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#full('zeros', shape, 0, { dtype: 'float32', ...creation('zeros', options) });
  }
  ones(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#full('ones', shape, 1, { dtype: 'float32', ...creation('ones', options) });
  }
  full(shape: readonly number[], value: number | boolean, options?: CreateOptions): Tensor {
    return this.#full('full', shape, scalar('full(): value', value), creation('full', options));
  }
  #full(what: string, given: unknown, value: Scalar, options: Creation): Tensor {
    const shape = sizes(`${what}(): shape`, given);
    return made(
      this.#engine,
      options,
      (writer) => {
        writer.sizes(shape);
        writer.scalar(value);
      },
      (raw, requiresGrad) => raw.full(requiresGrad),
    );
  }
  arange(...given: (number | CreateOptions | undefined)[]): Tensor {
    const [numbers, options] = split('arange', given, 1, 3);
    const [start = 0, end = 0, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
    return made(
      this.#engine,
      options,
      (writer) => {
        for (const one of [start, end, step]) writer.scalar(one);
      },
      (raw, requiresGrad) => raw.arange(requiresGrad),
    );
  }
  linspace(start: number, end: number, steps: number, options?: CreateOptions): Tensor {
    const first = scalar('linspace(): start', start);
    const last = scalar('linspace(): end', end);
    const count = integer('linspace(): steps', steps);
    return made(
      this.#engine,
      creation('linspace', options),
      (writer) => {
        writer.scalar(first);
        writer.scalar(last);
        writer.integer(count);
      },
      (raw, requiresGrad) => raw.linspace(requiresGrad),
    );
  }
  eye(...given: (number | CreateOptions | undefined)[]): Tensor {
    const [numbers, options] = split('eye', given, 1, 2);
    const [n = 0, m = n] = numbers.map((one) => integer('eye(): a size', one));
    return made(
      this.#engine,
      options,
      (writer) => {
        writer.integer(n);
        writer.integer(m);
      },
      (raw, requiresGrad) => raw.eye(requiresGrad),
    );
  }

  rand(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#random('rand', false, shape, options);
  }
  randn(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#random('randn', true, shape, options);
  }
  #random(what: string, normal: boolean, given: unknown, options?: CreateOptions): Tensor {
    const shape = sizes(`${what}(): shape`, given);
    return made(
      this.#engine,
      creation(what, options),
      (writer) => writer.sizes(shape),
      (raw, requiresGrad) => raw.random(normal, requiresGrad),
    );
  }
  randint(low: number, high: number, shape: readonly number[], options?: CreateOptions): Tensor {
    const from = integer('randint(): low', low);
    const to = integer('randint(): high', high);
    const size = sizes('randint(): shape', shape);
    return made(
      this.#engine,
      creation('randint', options),
      (writer) => {
        writer.integer(from);
        writer.integer(to);
        writer.sizes(size);
      },
      (raw, requiresGrad) => raw.randint(requiresGrad),
    );
  }
  randperm(n: number, options?: CreateOptions): Tensor {
    const count = integer('randperm(): n', n);
    return made(
      this.#engine,
      creation('randperm', options),
      (writer) => writer.integer(count),
      (raw, requiresGrad) => raw.randperm(requiresGrad),
    );
  }
  manualSeed(seed: number | bigint): void {
    const writer = this.#engine.write();
    writer.integer(integer('manualSeed(): seed', seed));
    this.#engine.call((raw) => raw.manualSeed());
  }

  scope<T>(fn: () => T): T {
    const engine = this.#engine;
    callable('scope(): fn', fn);
    engine.enterScope();
    let kept = new Set<unknown>();
    try {
      const result = fn();
      if (isThenable(result)) throw new TypeError('scope() needs a function that is not async');
      kept = tensorsIn(result);
      return result;
    } finally {
      for (const one of engine.leaveScope()) {
        if (!(one instanceof TensorImpl)) continue;
        if (kept.has(one)) one.hand();
        else one.dispose();
      }
    }
  }
  noGrad<T>(fn: () => T): T {
    const engine = this.#engine;
    callable('noGrad(): fn', fn);
    const before = engine.call((raw) => raw.setGradMode(false));
    try {
      return fn();
    } finally {
      engine.free((raw) => raw.setGradMode(before));
    }
  }

  grad(
    outputs: Tensor | readonly Tensor[],
    inputs: Tensor | readonly Tensor[],
    given?: GradOptions,
  ): (Tensor | null)[] {
    const engine = this.#engine;
    const options = optionsOf('grad', given, {
      ...backwardReaders,
      allowUnused: boolean,
      gradOutputs: (what, value) =>
        itemsOf(what, value, mostTensors).map((one) => (one === null ? null : unwrap(engine, one))),
    });
    const { createGraph = false, retainGraph = createGraph, allowUnused = false } = options;
    const lists = [
      tensorsOf(engine, 'grad(): outputs', outputs),
      tensorsOf(engine, 'grad(): inputs', inputs),
      options.gradOutputs ?? [],
    ];
    const addresses = lists.map((tensors) => tensors.map((tensor) => tensor?.address));
    const writer = engine.write();
    for (const list of addresses) {
      writer.list(list.length);
      for (const address of list) {
        if (address === undefined) writer.null();
        else writer.handle(address);
      }
    }
    const address = engine.call((raw) => raw.gradients(retainGraph, createGraph, allowUnused));
    const grads = engine.read(address) as (Handle | null)[];
    return grads.map((handle) => handle && wrap(engine, handle.address));
  }

  isTensor(value: unknown): value is Tensor {
    return isTensor(value);
  }
  memory(): Memory {
    const found = this.#engine.read(this.#engine.call((raw) => raw.memory())) as Omit<
      Memory,
      'tensors'
    >;
    return { ...found, tensors: this.#engine.tensors };
  }
  operations(): ReturnType<Gradpad['operations']> {
    return operationInfos(this.#engine, this);
  }
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value;

/** The tensors in a value, in arrays and plain objects, which may hold each other. */
function tensorsIn(value: unknown): Set<unknown> {
  const found = new Set<unknown>();
  const seen = new Set<unknown>();
  const waiting = [value];
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (one instanceof TensorImpl) found.add(one);
    else if (Array.isArray(one)) for (const item of one as unknown[]) waiting.push(item);
    else if (Object.getPrototypeOf(one) === Object.prototype) {
      for (const item of Object.values(one)) waiting.push(item);
    }
  }
  return found;
}
