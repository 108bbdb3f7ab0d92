// Lays out small graphs at once and large ones in a worker of its own, and keeps the last layout for
// as long as the graph's structure and sizes stay as they are, which is most edits.

import { spawnWorker } from '../engine/spawn.js';
import { computeLayout, type Layout, type LayoutInput } from './layout.js';
import type { LayoutReply, LayoutRequest } from './layout-worker.js';

/** Up to this many nodes dagre takes a few milliseconds. */
const inPageLimit = 16;

export class Layouter {
  #key = '';
  #layout: Layout | undefined;
  #worker: Worker | undefined;
  #id = 0;
  #busy = false;

  /** Gives the layout at once or later; a later one comes only if no newer request was made. */
  request(input: LayoutInput, deliver: (layout: Layout) => void): void {
    const key = JSON.stringify(input);
    if (key === this.#key && this.#layout) {
      deliver(this.#layout);
      return;
    }
    if (key === this.#key) return; // It is being made.
    this.#key = key;
    this.#layout = undefined;
    this.#id += 1;
    if (this.#busy) this.dispose(); // An outdated layout would only be in the way.
    if (input.sizes.length <= inPageLimit) {
      this.#layout = computeLayout(input);
      deliver(this.#layout);
      return;
    }
    this.#busy = true;
    this.#worker ??= spawnWorker('layout-worker.js');
    this.#worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
      if (data.id !== this.#id) return;
      this.#busy = false;
      this.#layout = data.layout;
      deliver(data.layout);
    };
    this.#worker.onerror = () => {
      this.dispose(); // A page's policy may forbid workers from blobs: slower, but there.
      this.#layout = computeLayout(input);
      deliver(this.#layout);
    };
    const request: LayoutRequest = { id: this.#id, input };
    this.#worker.postMessage(request);
  }

  dispose(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#busy = false;
  }
}
