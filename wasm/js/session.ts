// Running programs of the language.

import type { Engine } from './engine.js';
import type { RunOptions, RunResult, Session, SessionOptions } from './types.js';

type Listener = (text: string) => void;

export class SessionImpl implements Session {
  #address: number;

  constructor(
    private readonly engine: Engine,
    options: SessionOptions,
  ) {
    const address = engine.call((raw) => raw.createSession(options.keepGlobals ?? true));
    this.#address = address;
    engine.guard(this, () => engine.call((raw) => raw.deleteSession(address)));
  }

  run(source: string, options: RunOptions = {}): RunResult {
    if (this.#address === 0) throw new Error('this session was disposed of');
    // An exception must not pass through the program, so a listener's waits for its end.
    const problems: unknown[] = [];
    const careful = (listener: Listener | undefined): Listener | null =>
      listener
        ? (text) => {
            try {
              listener(text);
            } catch (problem) {
              problems.push(problem);
            }
          }
        : null;
    const { engine } = this;
    const address = engine.call((raw) =>
      raw.runSession(
        this.#address,
        // A surrogate alone has no UTF-8, and Embind would join it with what follows.
        source.toWellFormed(),
        options.filename ?? '<string>',
        options.maxSeconds ?? 0,
        options.maxBytes ?? 0,
        options.inspect ?? true,
        careful(options.onStdout),
        careful(options.onStderr),
      ),
    );
    const result = engine.read(address) as RunResult;
    if (problems.length > 0) throw problems[0];
    return result;
  }

  dispose(): void {
    if (this.#address === 0) return;
    const address = this.#address;
    this.#address = 0;
    this.engine.forget(this);
    this.engine.call((raw) => raw.deleteSession(address));
  }
}
