// Tensors as JavaScript holds them: an address in the module's memory and one reference to what lies
// there. Operations are added to the prototype by operations.ts.

import type { BackwardOptions, Nested, Tensor, TypedArray } from './api.js';
import { boolean, optionsOf, wrongType } from './arguments.js';
import type { DType } from './constants.js';
import { elementsAt } from './dtypes.js';
import type { Engine } from './engine.js';
import { StateError } from './errors.js';
import type { RawModule } from './module.js';
import type { Handle } from './wire.js';

interface Elements {
  address: number;
  count: number;
  dtype: DType;
  /** The tensor that holds them: this one, or a row-major copy. */
  keeper: Handle;
}

export const backwardReaders = { retainGraph: boolean, createGraph: boolean };

/** Beyond so many lists and elements toArray() would take more memory than browsers give a page. */
const mostListed = 2 ** 25;

export class TensorImpl {
  readonly #engine: Engine;
  #address: number;

  /** Takes over the reference that `address` came with. */
  constructor(engine: Engine, address: number) {
    this.#engine = engine;
    this.#address = address;
    engine.tensors += 1;
    engine.track(this, () => engine.release(address));
  }

  get engine(): Engine {
    return this.#engine;
  }
  /** Its number in the engine. */
  get address(): number {
    if (this.#address === 0) throw new StateError('this tensor was disposed of');
    return this.#address;
  }
  /** What this throws of its own comes before the call, where it is no breakdown. */
  #call<T>(body: (raw: RawModule, address: number) => T): T {
    const { engine, address } = this;
    return engine.call((raw) => body(raw, address));
  }
  get isDisposed(): boolean {
    return this.#address === 0;
  }
  dispose(): void {
    if (this.#address === 0) return;
    const address = this.#address;
    this.#address = 0;
    this.#engine.forget(this);
    this.#engine.release(address);
  }
  /** Its scope has ended: hands it to the one around, or to the garbage collector. */
  hand(): void {
    const engine = this.#engine;
    const address = this.#address;
    if (address !== 0) engine.track(this, () => engine.release(address));
  }

  get shape(): number[] {
    return this.engine.read(this.#call((raw, address) => raw.shape(address))) as number[];
  }
  get dtype(): DType {
    return this.engine.read(this.#call((raw, address) => raw.dtype(address))) as DType;
  }
  get requiresGrad(): boolean {
    return this.#call((raw, address) => raw.requiresGrad(address));
  }
  set requiresGrad(value: boolean) {
    const wanted = boolean('requiresGrad', value);
    this.#call((raw, address) => raw.setRequiresGrad(address, wanted));
  }
  get isLeaf(): boolean {
    return this.#call((raw, address) => raw.isLeaf(address));
  }
  get gradFn(): string | null {
    return (this.engine.read(this.#call((raw, address) => raw.gradFn(address))) as string) || null;
  }

  get grad(): Tensor | null {
    const grad = this.#call((raw, address) => raw.grad(address));
    return grad === 0 ? null : wrap(this.engine, grad);
  }
  set grad(value: Tensor | null) {
    const grad = value === null ? 0 : unwrap(this.engine, value).address;
    this.#call((raw, address) => raw.setGrad(address, grad));
  }
  backward(gradient: Tensor | null = null, given?: BackwardOptions): void {
    const { createGraph = false, retainGraph = createGraph } = optionsOf(
      'backward',
      given,
      backwardReaders,
    );
    const seed = gradient === null ? 0 : unwrap(this.engine, gradient).address;
    this.#call((raw, address) => raw.backward(address, seed, retainGraph, createGraph));
  }
  retainGrad(): void {
    this.#call((raw, address) => raw.retainGrad(address));
  }
  detach(): Tensor {
    return wrap(
      this.engine,
      this.#call((raw, address) => raw.detach(address)),
    );
  }

  data(): TypedArray {
    const { engine } = this;
    const found = engine.read(this.#call((raw, number) => raw.elements(number))) as Elements;
    const { address, count, dtype, keeper } = found;
    try {
      return elementsAt(engine.raw.HEAPU8.buffer, address, count, dtype).slice();
    } finally {
      engine.call((raw) => raw.release(keeper.address));
    }
  }
  toArray(): Nested {
    const { shape, dtype } = this;
    let lists = 1;
    for (const size of shape) {
      if ((lists *= size) > mostListed) {
        throw new RangeError(`toArray(): [${shape.join(', ')}] are too many lists; use data()`);
      }
    }
    const data = this.data();
    let at = 0;
    const element = (): Nested => {
      const value = data[at++] ?? 0;
      if (dtype === 'bool') return value !== 0;
      return typeof value === 'bigint' && Number.isSafeInteger(Number(value))
        ? Number(value)
        : value;
    };
    const level = (depth: number): Nested =>
      depth === shape.length
        ? element()
        : Array.from({ length: shape[depth] ?? 0 }, () => level(depth + 1));
    return level(0);
  }
  item(): number | bigint | boolean {
    const value = this.engine.read(this.#call((raw, address) => raw.item(address)));
    return value as number | bigint | boolean;
  }
  toString(): string {
    return this.engine.read(this.#call((raw, address) => raw.repr(address))) as string;
  }
}

export function isTensor(value: unknown): value is Tensor {
  return value instanceof TensorImpl;
}

/** A tensor for the address, which comes with a reference. */
export function wrap(engine: Engine, address: number): Tensor {
  // The operations stand on the prototype, where the compiler does not see them.
  return new TensorImpl(engine, address) as unknown as Tensor;
}

/** TypeError for a tensor of another instance, whose addresses mean nothing here. */
export function unwrap(engine: Engine, tensor: unknown): TensorImpl {
  if (!(tensor instanceof TensorImpl)) throw wrongType('an argument', 'a Tensor', tensor);
  if (tensor.engine !== engine) throw new TypeError('this tensor belongs to another load()');
  return tensor;
}
