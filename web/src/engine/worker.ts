// The worker that runs programs, so that the page stays alive whatever they do. It knows nothing of
// the page: a program comes in, its output and its result go out.

import { load } from 'gradpad';
import type { RunResult } from '../../../wasm/js/types.js';
import { OutputPipe } from './output-pipe.js';
import {
  type FromWorker,
  outputBytes,
  outputLimit,
  programName,
  type ToWorker,
} from './protocol.js';

const post = (message: FromWorker) => self.postMessage(message);
const describe = (problem: unknown) =>
  problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);

let engine: ReturnType<typeof load> | undefined;

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.type === 'init') {
    engine = load({ compiled: data.compiled });
    engine.then(
      () => post({ type: 'ready' }),
      (problem: unknown) => post({ type: 'crash', message: describe(problem) }),
    );
  } else {
    void run(data.id, data.source);
  }
});

async function run(id: number, source: string): Promise<void> {
  if (!engine) return;
  const pipe = new OutputPipe((stream, text) => post({ type: 'output', id, stream, text }));
  try {
    // A session of its own for each run, as Python runs a file: nothing of an earlier program is
    // left, and at the end what it made ends, too.
    const gradpad = await engine;
    const session = gradpad.session({ keepGlobals: false });
    const result = session.run(source, {
      filename: programName,
      maxOutput: outputBytes,
      onStdout: (text) => pipe.write('stdout', text),
      onStderr: (text) => pipe.write('stderr', text),
    });
    session.dispose();
    pipe.flush();
    post({ type: 'result', id, ...bounded(result), heapBytes: gradpad.memory().heapBytes });
  } catch (problem) {
    // A program's own errors come as result.error; what is thrown is a fault of the engine, whose
    // memory can no longer be trusted. The page ends this worker.
    pipe.flush();
    post({ type: 'crash', message: describe(problem) });
  }
}

/** The result with its texts cut to what the page shows, and how much was cut away. */
function bounded(result: RunResult): { result: RunResult; cut: number } {
  const printed = result.stdout.length + result.stderr.length;
  if (printed <= outputLimit) return { result, cut: 0 };
  const stdout = result.stdout.slice(0, outputLimit);
  const stderr = result.stderr.slice(0, outputLimit - stdout.length);
  const cut = printed - stdout.length - stderr.length;
  return { result: { ...result, stdout, stderr }, cut };
}
