// Carries what a program prints to the page while it runs. The first writes go out one by one, so
// that nothing is held back when the program then hangs; a program that prints on and on is sent in
// batches, and past the limit only counted.

import { outputLimit, type Stream } from './protocol.js';

const immediateWrites = 2_000;
const batchMilliseconds = 50;
const batchCharacters = 8_192;

export class OutputPipe {
  #writes = 0;
  #sent = 0;
  #stream: Stream = 'stdout';
  #waiting = '';
  #lastFlush = 0;

  constructor(private readonly post: (stream: Stream, text: string) => void) {}

  write(stream: Stream, text: string): void {
    const room = outputLimit - this.#sent - this.#waiting.length;
    if (room <= 0 || text === '') return;
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    this.#waiting += text.length > room ? text.slice(0, room) : text;
    this.#writes += 1;
    if (
      this.#writes <= immediateWrites ||
      this.#waiting.length >= batchCharacters ||
      performance.now() - this.#lastFlush >= batchMilliseconds
    ) {
      this.flush();
    }
  }

  flush(): void {
    if (this.#waiting === '') return;
    this.post(this.#stream, this.#waiting);
    this.#sent += this.#waiting.length;
    this.#waiting = '';
    this.#lastFlush = performance.now();
  }
}
