// One instance of the module and what every part of the JS module needs of it: the wire, the life of
// handles, scopes, and what happens when the instance is busy or has broken down.

import { StateError } from './errors.js';
import type { Instance, RawModule } from './module.js';
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
  #broken = false;
  #busy = false;
  /** What was to be freed while a program was running. */
  readonly #later: (() => void)[] = [];
  /** How many tensors JavaScript holds. */
  tensors = 0;

  readonly raw: RawModule;

  constructor(private readonly instance: Instance) {
    this.raw = instance.raw;
    this.#reader = new WireReader(this.raw);
    this.#writer = new WireWriter(this.raw);
  }

  /** For arguments of the next call; between this and the call no code of the caller's may run. */
  write(): WireWriter {
    this.#check();
    return this.#writer.start();
  }
  read(address: number): unknown {
    return this.#reader.read(address);
  }

  #check(): void {
    if (this.#broken) {
      throw new StateError('the engine broke down earlier; load it again', {
        cause: this.#breakdown,
      });
    }
    if (this.#busy) {
      throw new StateError('the engine is running a program; call it when run() has returned');
    }
  }

  /**
   * Calls into the instance. For an exception of C++ one of the classes of errors.ts is thrown; a
   * trap, or a part of it that does not come, means that the instance's memory can no longer be
   * trusted, so it is not used again.
   */
  call<T>(body: (raw: RawModule) => T): T {
    this.#check();
    this.#busy = true;
    let result: T;
    let refusal: Error | undefined;
    try {
      result = body(this.raw);
      refusal = this.instance.refusal();
    } catch (problem) {
      this.#broken = true;
      this.#breakdown = problem;
      throw new StateError(`the engine broke down: ${String(problem)}`, { cause: problem });
    } finally {
      this.#busy = false;
      if (this.#later.length > 0) this.#freeLater();
    }
    if (refusal) throw refusal;
    return result;
  }

  /** Frees something: at once, after the call that is under way, or never if all is lost. */
  free(body: (raw: RawModule) => void): void {
    if (this.#broken) return;
    if (this.#busy) {
      this.#later.push(() => this.free(body));
      return;
    }
    try {
      this.call(body);
    } catch (problem) {
      // Nobody waits for it, least of all the garbage collector; the next call says so.
      if (!(problem instanceof StateError)) throw problem;
    }
  }
  #freeLater(): void {
    for (const free of this.#later.splice(0)) free();
  }

  release(address: number): void {
    this.tensors -= 1;
    this.free((raw) => raw.release(address));
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
