// The run of the element's program: from being asked for, over the output as it comes, to how it
// ended. It holds what there is to show of it; the engine runs behind the Runner.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RunError, RunResult } from '../../../wasm/js/types.js';
import type { Stream } from '../engine/protocol.js';
import { type Outcome, type Phase, Runner } from '../engine/runner.js';
import type { Key } from '../i18n/index.js';
import { type OutputChunk, OutputLog } from '../panels/output-log.js';

const editDelay = 220;
/** Runs shorter than this change nothing on the screen but their result. */
const patience = 180;

export interface Execution {
  source: string;
  log: OutputLog;
  outcome: Promise<Outcome>;
}

/** Something the page itself has to say, kept untranslated: the language may change. */
export interface Note {
  key: Key;
  values?: Record<string, string>;
}

export interface RunEvents {
  /** Tells the world outside the element. */
  announce(name: string, detail: object): void;
  /** The run has ended; `result` holds what it gave, `graphChanged` whether its graph is another. */
  ended(graphChanged: boolean): void;
}

export class RunController implements ReactiveController {
  /** The runner's phase, shown only once it has lasted. */
  phase: Phase = 'idle';
  /** How the last run ended. */
  ending: Outcome['kind'] | undefined;
  /** What the last run that ended by itself gave. */
  result: RunResult | undefined;
  chunks: readonly OutputChunk[] = [];
  cut = 0;
  note: Note | undefined;

  #runner: Runner | undefined;
  #log = new OutputLog();
  #editTimer: ReturnType<typeof setTimeout> | undefined;
  #phaseTimer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly events: RunEvents,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#runner = new Runner((phase) => this.#onPhase(phase));
  }

  hostDisconnected(): void {
    clearTimeout(this.#editTimer);
    this.#runner?.dispose();
    this.#runner = undefined;
  }

  /** The error that ended the last run, unless another one is on its way. */
  get error(): RunError | undefined {
    return this.ending === 'result' && this.phase === 'idle' ? this.result?.error : undefined;
  }

  /** Starts to load the engine, so that the first run finds it there. */
  prepare(): void {
    this.#runner?.prepare();
  }

  /** Runs a program; gives its result, or nothing if it was stopped or overtaken. */
  async run(source: string): Promise<RunResult | undefined> {
    return this.#runner ? this.present(this.start(source)) : undefined;
  }

  /** Runs the program once the person has paused typing. */
  runSoon(source: () => string): void {
    clearTimeout(this.#editTimer);
    this.#editTimer = setTimeout(() => void this.run(source()), editDelay);
  }

  /** Starts a run without saying so yet: what will show it may still be loading. */
  start(source: string): Execution {
    clearTimeout(this.#editTimer);
    this.#cancelFrame();
    const log = new OutputLog();
    this.#log = log;
    const outcome = this.#runner?.run(source, (stream, text) => this.#print(log, stream, text));
    return { source, log, outcome: outcome ?? Promise.resolve({ kind: 'stopped' }) };
  }

  async present({ source, log, outcome }: Execution): Promise<RunResult | undefined> {
    this.events.announce('gp-run', { code: source });
    const ended = await outcome;
    if (ended.kind === 'superseded') return undefined;
    this.#show(ended, log);
    return ended.kind === 'result' ? ended.result : undefined;
  }

  /** Ends the running program. What was shown before stays. */
  stop(): void {
    clearTimeout(this.#editTimer);
    this.#runner?.stop();
  }

  say(note: Note | undefined): void {
    this.note = note;
    this.host.requestUpdate();
  }

  #onPhase(phase: Phase): void {
    clearTimeout(this.#phaseTimer);
    const show = () => {
      this.phase = phase;
      this.host.requestUpdate();
    };
    if (phase === 'idle') show();
    else this.#phaseTimer = setTimeout(show, patience);
  }

  /** Collects output and shows it once a frame. */
  #print(log: OutputLog, stream: Stream, text: string): void {
    log.add(stream, text);
    if (this.#frame !== 0 || log !== this.#log) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.chunks = log.chunks;
      this.host.requestUpdate();
    });
  }

  #cancelFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  #show(outcome: Outcome, log: OutputLog): void {
    this.#cancelFrame();
    this.ending = outcome.kind;
    this.note = undefined;
    this.cut = 0;
    this.host.requestUpdate();
    if (outcome.kind === 'result') {
      this.#showResult(outcome.result, outcome.cut, log);
      return;
    }
    this.chunks = log.chunks;
    if (outcome.kind === 'stopped') this.note = { key: 'stoppedNote' };
    this.events.ended(false);
    if (outcome.kind === 'crashed' || outcome.kind === 'unavailable') {
      const { kind, message } = outcome;
      this.note = { key: kind, values: { message } };
      this.events.announce('gp-error', { kind, message });
    }
  }

  #showResult(result: RunResult, cut: number, log: OutputLog): void {
    const changed = !sameGraph(this.result, result);
    this.result = result;
    this.cut = cut;
    this.chunks = log.complete(result);
    this.events.ended(changed);
    this.events.announce('gp-result', result);
    if (result.error) this.events.announce('gp-error', result.error);
  }
}

function sameGraph(before: RunResult | undefined, after: RunResult): boolean {
  const outline = (result: RunResult | undefined) =>
    result?.graph.nodes.map(({ id, op, names }) => `${id}${op}${names}`).join(';');
  return outline(before) === outline(after);
}
