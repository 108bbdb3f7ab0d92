// Running programs of the language.

import {
  boolean,
  byteLimit,
  limit,
  listener,
  type Listener,
  optionsOf,
  text,
} from './arguments.js';
import type { Engine } from './engine.js';
import { StateError } from './errors.js';
import type { RunOptions, RunResult, Session, SessionOptions } from './types.js';

const utf8 = new TextDecoder();

export class SessionImpl implements Session {
  readonly #engine: Engine;
  #address: number;
  #running = false;

  constructor(engine: Engine, given?: SessionOptions) {
    const { keepGlobals = true } = optionsOf('session', given, { keepGlobals: boolean });
    const address = engine.call((raw) => raw.createSession(keepGlobals));
    this.#engine = engine;
    this.#address = address;
    engine.guard(this, () => engine.free((raw) => raw.deleteSession(address)));
  }

  run(source: string, given?: RunOptions): RunResult {
    const program = text('run(): the source', source);
    const options = optionsOf('run', given, {
      onStdout: listener,
      onStderr: listener,
      maxSeconds: limit,
      maxBytes: byteLimit,
      maxOutput: byteLimit,
      filename: text,
      inspect: boolean,
    });
    if (this.#address === 0) throw new StateError('this session was disposed of');
    const engine = this.#engine;
    const session = this.#address;
    const writer = engine.write();
    writer.text(program);
    writer.text(options.filename ?? '<string>');
    writer.float(options.maxSeconds ?? 0);
    writer.integer(options.maxBytes ?? 0);
    if (options.maxOutput === undefined) writer.null();
    else writer.integer(options.maxOutput);
    writer.boolean(options.inspect ?? true);
    // An exception must not pass through the program: the first one that a listener throws ends the
    // program, and is thrown when it has ended.
    const thrown: unknown[] = [];
    const careful = (listen: Listener | undefined) =>
      listen
        ? (address: number, length: number): boolean => {
            try {
              listen(utf8.decode(engine.raw.HEAPU8.subarray(address, address + length)));
            } catch (problem) {
              thrown.push(problem);
            }
            return thrown.length === 0;
          }
        : null;
    const onStdout = careful(options.onStdout);
    const onStderr = careful(options.onStderr);
    this.#running = true;
    try {
      const address = engine.call((raw) => raw.runSession(session, onStdout, onStderr));
      if (address !== 0) return engine.read(address) as RunResult;
    } finally {
      this.#running = false;
    }
    throw thrown[0];
  }

  dispose(): void {
    if (this.#running) throw new StateError('this session is running a program');
    if (this.#address === 0) return;
    const address = this.#address;
    this.#address = 0;
    this.#engine.forget(this);
    this.#engine.free((raw) => raw.deleteSession(address));
  }
}
