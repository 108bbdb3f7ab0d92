// One instance of the module and what every part of the JS module needs of it: the wire, the life of
// handles, scopes, and what happens when the instance breaks down.

import type { RawModule } from './module.js';
import { RestError } from './rest.js';
import { WireReader, WireWriter } from './wire.js';

/** What holds memory of the instance until it is disposed of. */
export interface Disposable {
  dispose(): void;
}

export class Engine {
  readonly #reader: WireReader;
  readonly #writer: WireWriter;
  readonly #scopes: Disposable[][] = [];
  /** Tensors that nobody freed; memory of the instance is invisible to the garbage collector. */
  readonly #registry = new FinalizationRegistry<() => void>((free) => free());
  #breakdown: unknown;
  /** How many tensors JavaScript holds. */
  tensors = 0;

  constructor(readonly raw: RawModule) {
    this.#reader = new WireReader(raw);
    this.#writer = new WireWriter(raw);
  }

  /** For arguments of the next call. */
  write(): WireWriter {
    return this.#writer.start();
  }
  read(address: number): unknown {
    return this.#reader.read(address);
  }

  /**
   * Calls into the instance. An exception of C++ arrives as an Error with the name of Python's; a
   * trap, or a part of it that does not come, means that the instance's memory can no longer be
   * trusted, so it is not used again.
   */
  call<T>(body: (raw: RawModule) => T): T {
    if (this.#breakdown !== undefined) {
      throw new Error('the engine broke down earlier; load it again', { cause: this.#breakdown });
    }
    try {
      return body(this.raw);
    } catch (problem) {
      if (
        problem instanceof WebAssembly.RuntimeError ||
        problem instanceof RangeError ||
        problem instanceof RestError
      ) {
        this.#breakdown = problem;
      }
      throw problem;
    }
  }

  /** Frees `address` unless the instance is broken. */
  release(address: number): void {
    this.tensors -= 1;
    if (this.#breakdown === undefined) this.raw.release(address);
  }

  /** Takes charge of a new object: the innermost scope frees it, or the garbage collector. */
  track(object: Disposable, free: () => void): void {
    const scope = this.#scopes.at(-1);
    if (scope) scope.push(object);
    else this.guard(object, free);
  }
  guard(object: Disposable, free: () => void): void {
    this.#registry.register(object, free, object);
  }
  forget(object: Disposable): void {
    this.#registry.unregister(object);
  }

  enterScope(): void {
    this.#scopes.push([]);
  }
  /** What the innermost scope made. */
  leaveScope(): Disposable[] {
    return this.#scopes.pop() ?? [];
  }
}
