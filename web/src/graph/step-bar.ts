// The bar under the graph that walks through the backward pass, and the sentence for each step.

import { html, nothing, type TemplateResult } from 'lit';
import type { BackwardPass, GraphNode, Step } from '../../../wasm/js/types.js';
import { shortData } from '../format.js';
import type { Translate } from '../i18n/index.js';
import { nodeName } from './names.js';

export interface StepBarState {
  /** Those of the run, and which of them is shown. */
  passes: readonly BackwardPass[];
  pass: number;
  /** How many there were before them. */
  forgotten: number;
  nodes: ReadonlyMap<number, GraphNode>;
  /** The step that is shown; undefined while the end of the run is. */
  step: number | undefined;
  playing: boolean;
  t: Translate;
  onPass: (pass: number) => void;
  onStep: (step: number | undefined) => void;
  onPlay: () => void;
}

export function drawStepBar(state: StepBarState): TemplateResult {
  const { step, playing, t, onStep, onPlay } = state;
  const pass = state.passes[state.pass];
  const steps = pass?.steps ?? [];
  const last = steps.length - 1;
  const shown = step === undefined ? -1 : step;
  const scrub = (event: Event) => {
    if (event.target instanceof HTMLInputElement) onStep(Number(event.target.value) - 1);
  };
  const total = steps.length;
  const taken = pass?.taken ?? total;
  const start = taken > total ? t('stepStartPart', { taken, total }) : t('stepStart', { total });
  const position = shown < 0 ? start : t('stepPosition', { step: shown + 1, total });
  return html`<div class="steps" role="group" aria-label=${t('steps')}>
    <div class="controls">
      ${state.passes.length > 1 ? choosePass(state) : nothing}
      <button
        class="icon"
        data-step="previous"
        ?disabled=${shown <= 0}
        @click=${() => onStep(shown - 1)}
        aria-label=${t('stepPrevious')}
        title=${t('stepPrevious')}
      >
        ${icons.previous}
      </button>
      <button
        class="icon play"
        data-step="play"
        @click=${onPlay}
        aria-label=${playing ? t('stepPause') : t('stepPlay')}
        title=${playing ? t('stepPause') : t('stepPlay')}
      >
        ${playing ? icons.pause : icons.play}
      </button>
      <button
        class="icon"
        data-step="next"
        ?disabled=${shown >= last}
        @click=${() => onStep(shown + 1)}
        aria-label=${t('stepNext')}
        title=${t('stepNext')}
      >
        ${icons.next}
      </button>
      <input
        type="range"
        min="1"
        max=${steps.length}
        .value=${String(shown < 0 ? steps.length : shown + 1)}
        @input=${scrub}
        aria-label=${t('steps')}
        aria-valuetext=${position}
      />
      <button
        class="icon"
        data-step="all"
        ?disabled=${shown < 0}
        @click=${() => onStep(undefined)}
        aria-label=${t('stepAll')}
        title=${t('stepAll')}
      >
        ${icons.leave}
      </button>
    </div>
    <p class="sentence" role="status">
      ${
        shown < 0
          ? start
          : html`<b>${shown + 1}/${steps.length}</b> ${sentence(state, steps[shown])}`
      }
    </p>
  </div>`;
}

function choosePass({ passes, pass, forgotten, t, onPass }: StepBarState): TemplateResult {
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) onPass(event.target.selectedIndex);
  };
  const count = forgotten + passes.length;
  return html`<select class="passes" aria-label=${t('passes')} title=${t('passes')} @change=${choose}>
    ${passes.map(({ span }, i) => {
      const index = forgotten + i + 1;
      return html`<option ?selected=${i === pass}>
        ${
          span
            ? t('passOption', { index, count, line: span.line })
            : t('passOptionNoLine', { index, count })
        }
      </option>`;
    })}
  </select>`;
}

function sentence({ nodes, t }: StepBarState, step: Step | undefined): string {
  if (!step) return '';
  const name = (id: number) => {
    const node = nodes.get(id);
    return node ? nodeName(node, t) : t('unnamed');
  };
  const node = nodes.get(step.node);
  const gradient = step.gradIn ? shortData(step.gradIn, 24) : '';
  if (node?.kind === 'leaf') {
    const kept = { gradient, node: name(step.node) };
    if (!step.before || !step.after) return t('stepKeeps', kept);
    const [before, after] = [shortData(step.before, 24), shortData(step.after, 24)];
    return t('stepAdds', { ...kept, before, after });
  }
  const values = { fn: node?.gradFn ?? name(step.node), gradient, node: name(step.node) };
  if (step.gradsOut.length === 0 && !step.hidden) return t('stepEnds', values);
  const items = step.gradsOut.map((out) =>
    t('stepPassesItem', { gradient: shortData(out.grad, 24), node: name(out.node) }),
  );
  if (step.hidden) items.push(t('stepHidden', { count: step.hidden }));
  const list = items.join(t('listSeparator'));
  return t('stepPasses', { ...values, list });
}

const icon = (path: string) =>
  html`<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;

const icons = {
  previous: icon('M4 3h1.6v10H4zM13 3v10L6.2 8z'),
  next: icon('M10.4 3H12v10h-1.6zM3 3v10l6.8-5z'),
  play: icon('M4.5 2.8v10.4L13 8z'),
  pause: icon('M4 3h3v10H4zM9 3h3v10H9z'),
  leave: icon(
    'M3.4 2.3 8 6.9l4.6-4.6 1.1 1.1L9.1 8l4.6 4.6-1.1 1.1L8 9.1l-4.6 4.6-1.1-1.1L6.9 8 2.3 3.4z',
  ),
};
