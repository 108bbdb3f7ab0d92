// The JS module: loads the engine and gives what api.ts describes.

import type { CreateOptions, Gradpad, GradOptions, Memory, Tensor } from './api.js';
import { fromData, made } from './create.js';
import { Engine } from './engine.js';
import { compile, instantiate } from './module.js';
import { installOperations, operationInfos } from './operations.js';
import { SessionImpl } from './session.js';
import { isTensor, TensorImpl, unwrap, wrap } from './tensor.js';
import type { LoadOptions, SessionOptions, Variant } from './types.js';
import type { Handle } from './wire.js';

export { compile };

export async function load(options: LoadOptions = {}): Promise<Gradpad> {
  const { variant, raw } = await instantiate(options);
  const gradpad = new GradpadImpl(new Engine(raw), variant);
  // The operations come from the engine's table, which the compiler does not see.
  return gradpad as unknown as Gradpad;
}

/** The last argument where it holds options, and the others. */
function split(given: (number | CreateOptions | undefined)[]): [number[], CreateOptions?] {
  const numbers = given.filter((one) => typeof one === 'number');
  const options = given.find((one) => typeof one === 'object');
  return [numbers, options];
}

class GradpadImpl {
  readonly #engine: Engine;
  readonly isa: string;

  constructor(
    engine: Engine,
    readonly variant: Variant,
  ) {
    this.#engine = engine;
    this.isa = engine.call((raw) => raw.isa());
    installOperations(engine, this);
  }

  session(options: SessionOptions = {}): SessionImpl {
    return new SessionImpl(this.#engine, options);
  }

  tensor(...given: Parameters<Gradpad['tensor']>): Tensor {
    return fromData(this.#engine, ...given);
  }
  zeros(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.full(shape, 0, { dtype: 'float32', ...options });
  }
  ones(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.full(shape, 1, { dtype: 'float32', ...options });
  }
  full(shape: readonly number[], value: number | boolean, options?: CreateOptions): Tensor {
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
    const [numbers, options] = split(given);
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
    return made(
      this.#engine,
      options,
      (writer) => {
        for (const one of [start, end, steps]) writer.scalar(one);
      },
      (raw, requiresGrad) => raw.linspace(requiresGrad),
    );
  }
  eye(...given: (number | CreateOptions | undefined)[]): Tensor {
    const [[n = 0, m = n], options] = split(given);
    return made(
      this.#engine,
      options,
      (writer) => {
        for (const one of [n, m]) writer.scalar(one);
      },
      (raw, requiresGrad) => raw.eye(requiresGrad),
    );
  }

  rand(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#random(false, shape, options);
  }
  randn(shape: readonly number[], options?: CreateOptions): Tensor {
    return this.#random(true, shape, options);
  }
  #random(normal: boolean, shape: readonly number[], options?: CreateOptions): Tensor {
    return made(
      this.#engine,
      options,
      (writer) => writer.sizes(shape),
      (raw, requiresGrad) => raw.random(normal, requiresGrad),
    );
  }
  randint(low: number, high: number, shape: readonly number[], options?: CreateOptions): Tensor {
    return made(
      this.#engine,
      options,
      (writer) => {
        for (const one of [low, high]) writer.scalar(one);
        writer.sizes(shape);
      },
      (raw, requiresGrad) => raw.randint(requiresGrad),
    );
  }
  randperm(n: number, options?: CreateOptions): Tensor {
    return made(
      this.#engine,
      options,
      (writer) => writer.scalar(n),
      (raw, requiresGrad) => raw.randperm(requiresGrad),
    );
  }
  manualSeed(seed: number): void {
    this.#engine.call((raw) => raw.manualSeed(seed));
  }

  scope<T>(fn: () => T): T {
    const engine = this.#engine;
    engine.enterScope();
    let result: T | undefined;
    let done = false;
    try {
      result = fn();
      done = true;
    } finally {
      const kept = done ? tensorsIn(result) : new Set<TensorImpl>();
      for (const one of engine.leaveScope()) {
        if (!(one instanceof TensorImpl)) continue;
        if (kept.has(one)) one.hand();
        else one.dispose();
      }
    }
    if (isThenable(result)) throw new TypeError('scope() needs a function that is not async');
    return result as T;
  }
  noGrad<T>(fn: () => T): T {
    const before = this.#engine.call((raw) => raw.setGradMode(false));
    try {
      return fn();
    } finally {
      this.#engine.call((raw) => raw.setGradMode(before));
    }
  }

  grad(
    outputs: Tensor | readonly Tensor[],
    inputs: Tensor | readonly Tensor[],
    options: GradOptions = {},
  ): (Tensor | null)[] {
    const engine = this.#engine;
    const { createGraph = false, retainGraph = createGraph, allowUnused = false } = options;
    const writer = engine.write();
    for (const tensors of [[outputs].flat(), [inputs].flat(), options.gradOutputs ?? []]) {
      writer.list(tensors.length);
      for (const tensor of tensors) {
        if (tensor === null) writer.null();
        else writer.handle(unwrap(engine, tensor).address);
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

/** The tensors in a value, in arrays and plain objects. */
function tensorsIn(value: unknown, found = new Set<TensorImpl>()): Set<TensorImpl> {
  if (value instanceof TensorImpl) found.add(value);
  else if (Array.isArray(value)) for (const item of value) tensorsIn(item, found);
  else if (typeof value === 'object' && value !== null) {
    if (Object.getPrototypeOf(value) === Object.prototype) tensorsIn(Object.values(value), found);
  }
  return found;
}
