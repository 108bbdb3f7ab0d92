// Draws the lists of numbers that a program has collected as lines.

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import uplotCss from 'uplot/dist/uPlot.min.css?text';
import type { VariableInfo } from '../../../wasm/js/types.js';
import { numberText } from '../format.js';
import { type Translate, translator } from '../i18n/index.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import plotCss from './gp-plot.css?text';
import { plottable, type Series } from './plot.js';

const colours = ['--gp-op', '--gp-leaf', '--gp-error', '--gp-constant', '--gp-ink', '--gp-muted'];
const height = 180;

export class GpPlot extends LitElement {
  static override styles = [sheet(uplotCss), baseStyles, sheet(plotCss)];
  static override properties = {
    variables: { attribute: false },
    t: { attribute: false },
    theme: { attribute: false },
  };

  declare variables: readonly VariableInfo[];
  declare t: Translate;
  /** Only to draw anew when it changes: the canvas does not follow the style sheet by itself. */
  declare theme: string;

  series: readonly Series[] = [];
  #plot: uPlot | undefined;
  #sizes = new ResizeObserver(([entry]) => {
    if (entry) this.#plot?.setSize({ width: Math.floor(entry.contentRect.width), height });
  });
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #redraw = () => this.#draw();

  constructor() {
    super();
    this.variables = [];
    this.t = translator('en');
    this.theme = 'auto';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scheme.addEventListener('change', this.#redraw);
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scheme.removeEventListener('change', this.#redraw);
    this.#sizes.disconnect();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('variables')) this.series = plottable(this.variables);
  }

  override render(): TemplateResult {
    const names = this.series.map(({ name }) => name).join(', ');
    return html`<header class="head"><h3>${this.t('plot')}</h3></header>
      <div class="chart" role="img" aria-label=${this.t('plotLabel', { names })}></div>`;
  }

  override updated(changed: PropertyValues): void {
    if (
      changed.has('variables') &&
      !changed.has('theme') &&
      !changed.has('t') &&
      this.#sameNames()
    ) {
      this.#plot?.setData(this.#data());
    } else {
      this.#draw();
    }
  }

  #sameNames(): boolean {
    const names = this.#plot?.series.slice(1).map(({ label }) => label);
    return names?.join() === this.series.map(({ name }) => name).join();
  }

  #data(): uPlot.AlignedData {
    const length = Math.max(0, ...this.series.map(({ values }) => values.length));
    const index = Array.from({ length }, (_, place) => place);
    const column = (values: readonly number[]) =>
      index.map((place) => {
        const value = values[place];
        return value !== undefined && Number.isFinite(value) ? value : null;
      });
    return [index, ...this.series.map(({ values }) => column(values))];
  }

  #draw(): void {
    const chart = this.renderRoot.querySelector('.chart');
    if (!(chart instanceof HTMLElement)) return;
    this.#plot?.destroy();
    const style = getComputedStyle(chart);
    // A probe resolves light-dark(), which a canvas cannot.
    const probe = chart.appendChild(document.createElement('i'));
    const colour = (name: string) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const axis: uPlot.Axis = {
      stroke: colour('--gp-muted'),
      font: `11px ${style.fontFamily}`,
      grid: { stroke: colour('--gp-line'), width: 1 },
      ticks: { show: false },
      size: 46,
      values: (_, values) => values.map((value) => numberText(value)),
    };
    const options: uPlot.Options = {
      width: Math.max(120, chart.clientWidth),
      height,
      scales: { x: { time: false } },
      axes: [{ ...axis, size: 26 }, axis],
      series: [
        { label: this.t('plotIndex') },
        ...this.series.map(({ name }, place) => ({
          label: name,
          stroke: colour(colours[place % colours.length] ?? '--gp-ink'),
          width: 1.75,
          points: { show: false },
        })),
      ],
    };
    probe.remove();
    this.#plot = new uPlot(options, this.#data(), chart);
    this.#sizes.observe(chart);
  }
}

customElements.define('gp-plot', GpPlot);
