// <grad-pad>: the element. It holds the state (the program, its result, what is pointed at) and
// passes it to the editor and the panels; the engine runs behind the Runner.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { GraphNode, RunError, RunResult, Span, VariableInfo } from '../../../wasm/js/types.js';
import type { Editor } from '../editor/editor.js';
import { outputLimit, type Stream } from '../engine/protocol.js';
import { type Outcome, type Phase, Runner } from '../engine/runner.js';
import { durationText } from '../format.js';
import { type Language, pickLanguage, type Translate, translator } from '../i18n/index.js';
import type { OutputChunk } from '../panels/gp-output.js';
import { plottable, type Series } from '../panels/numbers.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import tokensCss from '../styles/tokens.css?text';
import {
  inlineCode,
  type Panel,
  parseHeight,
  parseRun,
  parseTheme,
  parseView,
} from './attributes.js';
import padCss from './pad.css?text';

const editDelay = 220;
/** Runs shorter than this change nothing on the screen but their result. */
const patience = 180;

interface Execution {
  source: string;
  outcome: Promise<Outcome>;
}

export class GradPad extends LitElement {
  static override styles = [sheet(tokensCss), baseStyles, sheet(padCss)];
  static override properties = {
    src: {},
    readonly: { type: Boolean },
    runAttribute: { attribute: 'run' },
    view: {},
    theme: { reflect: true },
    height: {},
    loading: {},
    langAttribute: { attribute: 'lang' },
    ready: { state: true },
    phase: { state: true },
    ending: { state: true },
    chunks: { state: true },
    cut: { state: true },
    note: { state: true },
    outcomeResult: { state: true },
    hovered: { state: true },
    pointed: { state: true },
    selected: { state: true },
    series: { state: true },
  };

  declare src: string | null;
  declare readonly: boolean;
  declare runAttribute: string | null;
  declare view: string | null;
  declare theme: string | null;
  declare height: string | null;
  declare loading: string | null;
  declare langAttribute: string | null;

  /** The editor and the panels are there. */
  declare private ready: boolean;
  /** The runner's phase, shown only once it has lasted. */
  declare private phase: Phase;
  /** How the last run ended. */
  declare private ending: Outcome['kind'] | undefined;
  declare private chunks: readonly OutputChunk[];
  declare private cut: number;
  declare private note: string;
  declare private outcomeResult: RunResult | undefined;
  /** The node under the pointer, in the graph or in the table of variables. */
  declare private hovered: readonly number[];
  /** The nodes whose source is under the pointer or at the cursor, in the editor. */
  declare private pointed: readonly number[];
  declare private selected: number | undefined;
  declare private series: readonly Series[];

  #code: string | undefined;
  #original = '';
  #editor: Editor | undefined;
  #runner: Runner | undefined;
  #activated = false;
  #editTimer: ReturnType<typeof setTimeout> | undefined;
  #phaseTimer: ReturnType<typeof setTimeout> | undefined;
  #pending: OutputChunk[] = [];
  #outputFrame = 0;
  #visible: IntersectionObserver | undefined;
  #sizes = new ResizeObserver(() => this.#resized());
  #lastHeight = 0;

  constructor() {
    super();
    this.ready = false;
    this.phase = 'idle';
    this.readonly = false;
    this.chunks = [];
    this.cut = 0;
    this.note = '';
    this.hovered = [];
    this.pointed = [];
    this.series = [];
  }

  /** The program. */
  get code(): string {
    return this.#editor?.code ?? this.#code ?? inlineCode(this) ?? '';
  }

  set code(code: string) {
    this.#code = code;
    this.#original = code;
    if (!this.#editor) return; // It will run once the editor is there.
    this.#editor.setCode(code);
    if (this.#mode !== 'click') void this.run();
  }

  /** What the last run that ended by itself gave. */
  get result(): RunResult | undefined {
    return this.outcomeResult;
  }

  get #mode() {
    return parseRun(this.runAttribute);
  }

  get #language(): Language {
    return pickLanguage(
      this.langAttribute,
      this.closest('[lang]')?.getAttribute('lang'),
      navigator.language,
    );
  }

  get #t(): Translate {
    return translator(this.#language);
  }

  get #panels(): ReadonlySet<Panel> {
    return parseView(this.view ?? null);
  }

  /** Runs the program; gives its result, or nothing if it was stopped or overtaken. */
  async run(): Promise<RunResult | undefined> {
    if (!this.#runner) return undefined;
    return this.#present(this.#execute());
  }

  #execute(): Execution {
    clearTimeout(this.#editTimer);
    const source = this.code;
    this.#pending = [];
    const outcome = this.#runner?.run(source, (stream, text) => this.#print(stream, text));
    return { source, outcome: outcome ?? Promise.resolve({ kind: 'stopped' }) };
  }

  async #present({ source, outcome }: Execution): Promise<RunResult | undefined> {
    this.#emit('gp-run', { code: source });
    const ended = await outcome;
    if (ended.kind === 'superseded') return undefined;
    this.#show(ended);
    return ended.kind === 'result' ? ended.result : undefined;
  }

  /** Ends the running program. The text stays, and so does what was shown before. */
  stop(): void {
    clearTimeout(this.#editTimer);
    this.#runner?.stop();
  }

  override focus(): void {
    this.#editor?.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#runner = new Runner((phase) => this.#onPhase(phase));
    this.#sizes.observe(this);
    if (this.#activated) {
      this.#runner.prepare();
      this.#editor?.refresh();
    } else if (this.loading === 'eager') {
      void this.#activate();
    } else {
      this.#visible = new IntersectionObserver(
        (entries) => {
          if (entries.some((entry) => entry.isIntersecting)) void this.#activate();
        },
        { rootMargin: '300px' },
      );
      this.#visible.observe(this);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#editTimer);
    this.#visible?.disconnect();
    this.#sizes.disconnect();
    this.#runner?.dispose();
    this.#runner = undefined;
  }

  async #activate(): Promise<void> {
    if (this.#activated) return;
    this.#activated = true;
    this.#visible?.disconnect();
    if (this.#mode !== 'click') this.#runner?.prepare();
    const loading = import('./workbench.js');
    await this.#loadSource();
    // The program runs while the editor still loads.
    const early = this.#mode === 'click' ? undefined : this.#execute();
    const { Editor } = await loading;
    await this.updateComplete;
    const parent = this.renderRoot.querySelector('.editor');
    if (!(parent instanceof HTMLElement) || !this.shadowRoot) return;
    this.#original = this.code;
    this.#editor = new Editor({
      parent,
      root: this.shadowRoot,
      code: this.#original,
      readonly: this.readonly,
      t: this.#t,
      nonce: document.querySelector('script[nonce]')?.getAttribute('nonce') ?? '',
      onChange: () => this.#edited(),
      onRun: () => void this.run(),
      onPoint: (offset) => this.#point(offset),
    });
    this.ready = true;
    this.#emit('gp-ready', {});
    if (early) void (early.source === this.code ? this.#present(early) : this.run());
  }

  async #loadSource(): Promise<void> {
    if (!this.src || this.#code !== undefined) return;
    const url = new URL(this.src, this.ownerDocument.baseURI).href;
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(String(response.status));
      this.#code = await response.text();
    } catch {
      this.note = this.#t('sourceUnavailable', { url });
    }
  }

  #edited(): void {
    this.hovered = [];
    this.pointed = [];
    this.#emit('gp-change', {});
    if (this.#mode !== 'edit') return;
    clearTimeout(this.#editTimer);
    this.#editTimer = setTimeout(() => void this.run(), editDelay);
  }

  #reset = (): void => {
    // What the tag holds; a program that was set from outside has nothing else to go back to.
    this.code = (this.src ? undefined : inlineCode(this)) ?? this.#original;
    this.#emit('gp-change', {});
  };

  #onPhase(phase: Phase): void {
    clearTimeout(this.#phaseTimer);
    if (phase === 'idle') this.phase = phase;
    else this.#phaseTimer = setTimeout(() => (this.phase = phase), patience);
  }

  /** Collects output and shows it once a frame. */
  #print(stream: Stream, text: string): void {
    this.#pending.push({ stream, text });
    if (this.#outputFrame !== 0) return;
    this.#outputFrame = requestAnimationFrame(() => {
      this.#outputFrame = 0;
      if (this.#pending.length > 0) this.chunks = merged(this.#pending);
    });
  }

  #show(outcome: Outcome): void {
    cancelAnimationFrame(this.#outputFrame);
    this.#outputFrame = 0;
    this.ending = outcome.kind;
    this.note = '';
    this.cut = 0;
    if (outcome.kind === 'result') {
      this.#showResult(outcome.result, outcome.cut);
      return;
    }
    this.chunks = merged(this.#pending);
    this.#editor?.setError(undefined);
    if (outcome.kind === 'stopped') {
      this.note = this.#t('stoppedNote');
    } else if (outcome.kind === 'crashed' || outcome.kind === 'unavailable') {
      this.note = this.#t(outcome.kind, { message: outcome.message });
      this.#emit('gp-error', { kind: outcome.kind, message: outcome.message });
    }
  }

  #showResult(result: RunResult, cut: number): void {
    const changed = !sameGraph(this.outcomeResult, result);
    this.outcomeResult = result;
    this.cut = cut;
    this.chunks = inOrder(this.#pending, result);
    this.pointed = [];
    this.hovered = [];
    if (changed) this.selected = undefined;
    this.#editor?.setVariables(result.variables);
    this.#editor?.setError(result.error);
    this.#emit('gp-result', result);
    if (result.error) this.#emit('gp-error', result.error);
    this.#plot(result);
  }

  #plot(result: RunResult): void {
    this.series = this.#panels.has('plot') ? plottable(result.variables) : [];
    if (this.series.length > 0) void import('../panels/gp-plot.js');
  }

  /** Highlights what the pointed place of the program made: the smallest spans that hold it. */
  #point(offset: number | undefined): void {
    const nodes = this.outcomeResult?.graph.nodes ?? [];
    let best: number[] = [];
    let length = Number.POSITIVE_INFINITY;
    if (offset !== undefined) {
      for (const { id, span } of nodes) {
        const covered = span && this.#editor?.covers(span, offset);
        if (covered === undefined || covered > length) continue;
        best = covered < length ? [id] : [...best, id];
        length = covered;
      }
    }
    if (best.join() !== this.pointed.join()) this.pointed = best;
  }

  #hoverNode = (event: CustomEvent<number | undefined>): void => {
    this.#hover(event.detail === undefined ? [] : [event.detail]);
  };

  #hoverVariable = (event: CustomEvent<VariableInfo | undefined>): void => {
    const variable = event.detail;
    this.#hover(variable?.node === undefined ? [] : [variable.node], variable?.span);
  };

  #hover(nodes: readonly number[], span?: Span): void {
    if (nodes.join() === this.hovered.join()) return;
    this.hovered = nodes;
    this.#highlight(span);
  }

  #highlight(span?: Span): void {
    const ids = this.hovered.length > 0 ? this.hovered : [this.selected];
    const found = (this.outcomeResult?.graph.nodes ?? []).filter((node) => ids.includes(node.id));
    const spans = found.flatMap((node: GraphNode) => (node.span ? [node.span] : []));
    this.#editor?.highlight(spans.length > 0 ? spans : span ? [span] : []);
  }

  #select = (event: CustomEvent<number | undefined>): void => {
    this.selected = event.detail;
    this.#highlight();
  };

  #goToLine = (event: CustomEvent<number>): void => this.#editor?.goToLine(event.detail);

  #resized(): void {
    const { width, height } = this.getBoundingClientRect();
    if (Math.abs(height - this.#lastHeight) < 1) return;
    this.#lastHeight = height;
    this.#emit('gp-resize', { width, height });
  }

  #emit(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('height')) {
      const height = parseHeight(this.height ?? null);
      this.toggleAttribute('data-fixed', height !== undefined);
      this.style.height = height ?? '';
    }
    if (changed.has('src') && this.#activated && changed.get('src') !== undefined) {
      this.#code = undefined;
      void this.#loadSource().then(() => {
        if (this.#code !== undefined) this.code = this.#code;
      });
    }
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('readonly')) this.#editor?.setReadonly(this.readonly);
    if (changed.has('langAttribute')) this.#editor?.setLanguage(this.#t);
  }

  override render(): TemplateResult {
    const show = this.#panels;
    const graphShown = show.has('graph');
    const sides = show.has('code') || show.has('output') ? graphShown : false;
    return html`<div
      class="pad ${sides ? 'two' : 'one'} ${parseTheme(this.theme ?? null)}"
      part="pad"
      lang=${this.#language === 'zh' ? 'zh-CN' : 'en'}
    >
      <div class="side first" ?hidden=${!sides && graphShown && this.#mode !== 'click'}>
        ${this.#codePanel(show.has('code'))}
        ${this.ready && show.has('output') ? this.#outputPanels(!sides) : nothing}
        ${this.ready && !graphShown ? this.#plotPanel() : nothing}
      </div>
      ${this.ready && (sides || graphShown) ? this.#graphSide(show) : nothing}
    </div>`;
  }

  #codePanel(shown: boolean): TemplateResult {
    // Where the program is not shown, what remains is the button that starts it.
    const hidden = !shown && this.#mode !== 'click';
    return html`<section class="code" ?hidden=${hidden} aria-label=${this.#t('code')}>
      ${this.#bar()}
      <div class="editor" ?hidden=${!shown}></div>
      ${this.ready || !shown ? nothing : html`<div class="raw"><slot></slot></div>`}
    </section>`;
  }

  #bar(): TemplateResult {
    const t = this.#t;
    const busy = this.phase !== 'idle';
    return html`<div class="head bar">
      ${
        busy
          ? html`<button class="run stop" @click=${() => this.stop()} title=${t('stopHint')}>
              <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                <path d="M3 3h10v10H3z"></path></svg
              >${t('stop')}
            </button>`
          : html`<button
              class="run"
              @click=${() => void this.run()}
              title=${t('runHint')}
              ?disabled=${!this.ready}
            >
              <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
                <path d="M3.5 1.8v12.4L14 8z"></path></svg
              >${t('run')}
            </button>`
      }
      <span class="status ${this.#statusKind}" role="status">${this.#status(t)}</span>
      <slot name="actions"></slot>
      <button class="quiet" @click=${this.#reset} title=${t('resetHint')} ?hidden=${this.readonly}>
        ${t('reset')}
      </button>
    </div>`;
  }

  get #statusKind(): string {
    if (this.phase !== 'idle') return 'busy';
    return this.outcomeResult?.error && this.ending === 'result' ? 'failed' : (this.ending ?? '');
  }

  #status(t: Translate): string {
    if (this.phase === 'loading' || !this.ready) return t('statusLoading');
    if (this.phase === 'running') return t('statusRunning');
    const result = this.outcomeResult;
    switch (this.ending) {
      case 'result':
        if (!result || result.error) return result?.error?.type ?? t('statusFailed');
        return t('statusRan', { time: durationText(result.seconds) });
      case 'stopped':
        return t('statusStopped');
      case undefined:
        return t('statusIdle');
      default:
        return t('statusFailed');
    }
  }

  #outputPanels(withVariables: boolean): TemplateResult {
    const error: RunError | undefined =
      this.ending === 'result' && this.phase === 'idle' ? this.outcomeResult?.error : undefined;
    return html`<gp-output
        class="panel"
        .t=${this.#t}
        .chunks=${this.chunks}
        .error=${error}
        .note=${this.note}
        .cut=${this.cut}
        @go-to-line=${this.#goToLine}
      ></gp-output>
      ${withVariables ? this.#variablesPanel() : nothing}`;
  }

  #graphSide(show: ReadonlySet<Panel>): TemplateResult {
    const result = this.outcomeResult;
    return html`<div class="side second">
      <gp-graph
        class="panel"
        .t=${this.#t}
        .graph=${result?.graph ?? noGraph}
        .steps=${result?.steps ?? noSteps}
        .lit=${this.#lit()}
        .selected=${this.selected}
        @node-hover=${this.#hoverNode}
        @node-select=${this.#select}
        @graph-drawn=${this.#drawn}
      ></gp-graph>
      ${show.has('output') ? this.#variablesPanel() : nothing} ${this.#plotPanel()}
    </div>`;
  }

  #variablesPanel(): TemplateResult {
    return html`<gp-variables
      class="panel"
      .t=${this.#t}
      .variables=${this.outcomeResult?.variables ?? noVariables}
      .lit=${this.#lit()}
      .selected=${this.selected}
      @variable-hover=${this.#hoverVariable}
      @node-select=${this.#select}
    ></gp-variables>`;
  }

  #plotPanel() {
    return this.series.length > 0
      ? html`<gp-plot
          class="panel"
          .t=${this.#t}
          .series=${this.series}
          .theme=${this.theme ?? 'auto'}
        ></gp-plot>`
      : nothing;
  }

  #lit(): ReadonlySet<number> {
    return new Set([...this.hovered, ...this.pointed]);
  }

  /** When the first gradient stands on the screen; what "live within a second" is measured by. */
  #drawn = (): void => {
    const result = this.outcomeResult;
    if (!result || result.steps.length === 0) return;
    if (performance.getEntriesByName(firstGradient).length === 0) performance.mark(firstGradient);
  };
}

export const firstGradient = 'gradpad-first-gradient';

const noGraph: RunResult['graph'] = { nodes: [], edges: [], omitted: 0 };
const noSteps: RunResult['steps'] = [];
const noVariables: RunResult['variables'] = [];

/** Neighbouring pieces of one stream put together. */
function merged(chunks: readonly OutputChunk[]): OutputChunk[] {
  const whole: OutputChunk[] = [];
  for (const { stream, text } of chunks) {
    const last = whole.at(-1);
    if (last?.stream === stream) last.text += text;
    else whole.push({ stream, text });
  }
  return whole;
}

/** The output in the order in which it came, if all of it came; else as the result holds it. */
function inOrder(streamed: readonly OutputChunk[], result: RunResult): OutputChunk[] {
  const length = streamed.reduce((sum, { text }) => sum + text.length, 0);
  const whole = result.stdout.length + result.stderr.length;
  if (length === whole || length >= outputLimit) return merged(streamed);
  const parts: OutputChunk[] = [
    { stream: 'stdout', text: result.stdout },
    { stream: 'stderr', text: result.stderr },
  ];
  return parts.filter(({ text }) => text !== '');
}

function sameGraph(before: RunResult | undefined, after: RunResult): boolean {
  const outline = (result: RunResult | undefined) =>
    result?.graph.nodes.map(({ id, op, names }) => `${id}${op}${names}`).join(';');
  return outline(before) === outline(after);
}
