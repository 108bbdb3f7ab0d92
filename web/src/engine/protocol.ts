// The messages between the page and the worker that runs programs.

import type { Compiled, RunResult } from '../../../wasm/js/types.js';

export type Stream = 'stdout' | 'stderr';

export type ToWorker =
  { type: 'init'; compiled: Compiled } | { type: 'run'; id: number; source: string };

export type FromWorker =
  | { type: 'ready' }
  | { type: 'output'; id: number; stream: Stream; text: string }
  | { type: 'result'; id: number; result: RunResult; cut: number; heapBytes: number }
  | { type: 'crash'; message: string };

/** The name that tracebacks and warnings give to the program in the editor. */
export const programName = 'main.py';

/** How many characters of output the page shows; what a program prints beyond is only counted. */
export const outputLimit = 200_000;
/** Enough bytes for them, whatever characters they are: beyond, the engine keeps no text either. */
export const outputBytes = 4 * outputLimit + 16;

/** An engine that has taken more is replaced when the run is over: it gives nothing back. */
export const idleBytes = 2 ** 29;
