// What a run prints, as it comes: pieces of the two streams in their order.

import type { RunResult } from '../../../wasm/js/types.js';
import { outputLimit, type Stream } from '../engine/protocol.js';

export interface OutputChunk {
  readonly stream: Stream;
  readonly text: string;
}

export class OutputLog {
  #chunks: readonly OutputChunk[] = [];
  #waiting: OutputChunk[] = [];
  #length = 0;

  add(stream: Stream, text: string): void {
    this.#waiting.push({ stream, text });
    this.#length += text.length;
  }

  /** All of it so far, neighbouring pieces of one stream put together. */
  get chunks(): readonly OutputChunk[] {
    if (this.#waiting.length > 0) {
      this.#chunks = merged([...this.#chunks, ...this.#waiting]);
      this.#waiting = [];
    }
    return this.#chunks;
  }

  /** The output in the order in which it came, if all of it came; else as the result holds it. */
  complete(result: RunResult): readonly OutputChunk[] {
    const whole = result.stdout.length + result.stderr.length;
    if (this.#length === whole || this.#length >= outputLimit) return this.chunks;
    const parts: OutputChunk[] = [
      { stream: 'stdout', text: result.stdout },
      { stream: 'stderr', text: result.stderr },
    ];
    return parts.filter(({ text }) => text !== '');
  }
}

function merged(chunks: readonly OutputChunk[]): OutputChunk[] {
  const whole: { stream: Stream; texts: string[] }[] = [];
  for (const { stream, text } of chunks) {
    const last = whole.at(-1);
    if (last?.stream === stream) last.texts.push(text);
    else whole.push({ stream, texts: [text] });
  }
  return whole.map(({ stream, texts }) => ({ stream, text: texts.join('') }));
}
