// Walks through the backward pass, by hand or by itself.

import type { ReactiveController, ReactiveControllerHost } from 'lit';

const playMilliseconds = 1100;

export class StepPlayer implements ReactiveController {
  /** The step that is shown; undefined while the end of the run is. */
  step: number | undefined;
  playing = false;

  #total = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Called when another step is shown. */
    private readonly onStep: (step: number | undefined) => void,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.pause();
  }

  /** There is another backward pass, of so many steps; its end is shown. */
  reset(total: number): void {
    this.pause();
    this.#total = total;
    this.step = undefined;
  }

  goTo(step: number | undefined): void {
    this.step = step === undefined ? undefined : Math.max(0, Math.min(this.#total - 1, step));
    this.host.requestUpdate();
    this.onStep(this.step);
  }

  play(): void {
    this.playing = true;
    this.goTo(this.#next() ?? 0);
    this.#timer = setInterval(() => {
      const next = this.#next();
      if (next === undefined) this.pause();
      else this.goTo(next);
    }, playMilliseconds);
  }

  pause(): void {
    clearInterval(this.#timer);
    if (this.playing) this.host.requestUpdate();
    this.playing = false;
  }

  #next(): number | undefined {
    return this.step === undefined || this.step >= this.#total - 1 ? undefined : this.step + 1;
  }
}
