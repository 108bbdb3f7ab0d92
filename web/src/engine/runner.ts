// Runs programs in a worker and owns the worker's life: started early, reused from run to run, ended
// by Stop, by a newer run that cannot wait, or by a breakdown, and then replaced.

import type { RunResult } from '../../../wasm/js/types.js';
import { compiled } from './compiled.js';
import { type FromWorker, idleBytes, type Stream, type ToWorker } from './protocol.js';
import { spawnWorker } from './spawn.js';

export type Outcome =
  /** `grown`: what the engine had taken, where it was replaced for it. */
  | { kind: 'result'; result: RunResult; cut: number; grown?: number }
  | { kind: 'stopped' }
  /** A newer run took its place. */
  | { kind: 'superseded' }
  | { kind: 'crashed'; message: string }
  | { kind: 'unavailable'; message: string };

export type Phase = 'idle' | 'loading' | 'running';

interface Job {
  id: number;
  source: string;
  onOutput: (stream: Stream, text: string) => void;
  settle: (outcome: Outcome) => void;
  done: Promise<Outcome>;
}

/** How long a newer run waits for the one before it; most programs end well within. */
const graceMilliseconds = 120;

const pause = (milliseconds: number) => new Promise((wake) => setTimeout(wake, milliseconds));

export class Runner {
  #worker: Worker | undefined;
  #ready = false;
  #job: Job | undefined;
  #runs = 0;
  #phase: Phase = 'idle';
  #disposed = false;
  /** Settles when the worker has been handed the module: with the reason if there is none. */
  #starting: Promise<string | undefined> = Promise.resolve(undefined);

  constructor(private readonly onPhase: (phase: Phase) => void) {}

  /** Starts to load the engine, so that the first run finds it there. */
  prepare(): void {
    void this.#start();
  }

  async run(source: string, onOutput: Job['onOutput']): Promise<Outcome> {
    this.#runs += 1;
    const id = this.#runs;
    if (this.#job) {
      await Promise.race([this.#job.done, pause(graceMilliseconds)]);
      if (id !== this.#runs) return { kind: 'superseded' };
      if (this.#job) this.#discard({ kind: 'superseded' });
    }
    const { promise, resolve } = withResolvers<Outcome>();
    this.#job = { id, source, onOutput, settle: resolve, done: promise };
    this.#setPhase(this.#ready ? 'running' : 'loading');
    const problem = await this.#start();
    if (problem !== undefined && this.#job?.id === id) {
      this.#discard({ kind: 'unavailable', message: problem });
    } else if (this.#job?.id === id) {
      this.#send({ type: 'run', id, source });
    }
    return promise;
  }

  stop(): void {
    if (!this.#job) return;
    this.#discard({ kind: 'stopped' });
    this.prepare();
  }

  /** Ends the worker for good, when the element leaves the page. */
  dispose(): void {
    this.#disposed = true;
    this.#discard({ kind: 'stopped' });
  }

  /** Makes sure that a worker is there; gives the reason when there can be none. */
  async #start(): Promise<string | undefined> {
    if (this.#disposed || this.#worker) return this.#starting;
    const worker = spawnWorker('worker.js');
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#crash(event.message || 'worker');
    });
    this.#worker = worker;
    // The worker's script loads while the module is compiled.
    this.#starting = compiled().then(
      (module) => {
        const message: ToWorker = { type: 'init', compiled: module };
        worker.postMessage(message);
        return undefined;
      },
      (problem: unknown) => {
        if (worker === this.#worker) this.#worker = undefined;
        worker.terminate();
        return problem instanceof Error ? problem.message : String(problem);
      },
    );
    return this.#starting;
  }

  #send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #receive(message: FromWorker): void {
    const job = this.#job;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        if (job) this.#setPhase('running');
        break;
      case 'output':
        if (job?.id === message.id) job.onOutput(message.stream, message.text);
        break;
      case 'result':
        if (job?.id === message.id) this.#end(message);
        break;
      case 'crash':
        this.#crash(message.message);
    }
  }

  #end({ result, cut, heapBytes }: Extract<FromWorker, { type: 'result' }>): void {
    if (heapBytes > idleBytes) {
      this.#discard({ kind: 'result', result, cut, grown: heapBytes });
      this.prepare();
    } else {
      this.#finish({ kind: 'result', result, cut });
    }
  }

  #crash(message: string): void {
    // Only a worker that had come up is replaced at once: one that breaks while it starts would
    // break again, and the next run tries anyway.
    const replace = this.#ready;
    this.#discard({ kind: 'crashed', message });
    if (replace) this.prepare();
  }

  #discard(outcome: Outcome): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = false;
    this.#finish(outcome);
  }

  #finish(outcome: Outcome): void {
    const job = this.#job;
    this.#job = undefined;
    this.#setPhase('idle');
    job?.settle(outcome);
  }

  #setPhase(phase: Phase): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.onPhase(phase);
  }
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
