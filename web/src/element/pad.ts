// <grad-pad>: the element. It holds the program and its editor, and puts the panels around them; the
// run and what is pointed at have controllers of their own.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { RunResult } from '../../../wasm/js/types.js';
import type { Editor } from '../editor/editor.js';
import { type Language, pickLanguage, type Translate, translator } from '../i18n/index.js';
import type { Panel, PanelContext } from '../panels/panel.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import tokensCss from '../styles/tokens.css?text';
import { inlineCode, parseHeight, parseRun, parseTheme, parseView } from './attributes.js';
import { drawBar } from './bar.js';
import { arrange } from './layout.js';
import padCss from './pad.css?text';
import { PointingController } from './pointing.js';
import { RunController } from './run-controller.js';

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

  #code: string | undefined;
  #original = '';
  #editor: Editor | undefined;
  #activated = false;
  #visible: IntersectionObserver | undefined;
  #sizes = new ResizeObserver(() => this.#resized());
  #lastHeight = 0;
  #panels: readonly Panel[] | undefined;
  #run = new RunController(this, {
    announce: (name, detail) => this.#emit(name, detail),
    ended: (graphChanged) => this.#ended(graphChanged),
  });
  #pointing = new PointingController(this, {
    nodes: () => this.#run.result?.graph.nodes ?? [],
    covers: (span, offset) => this.#editor?.covers(span, offset),
    highlight: (spans) => this.#editor?.highlight(spans),
  });

  constructor() {
    super();
    this.ready = false;
    this.readonly = false;
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
    return this.#run.result;
  }

  /** Runs the program; gives its result, or nothing if it was stopped or overtaken. */
  run(): Promise<RunResult | undefined> {
    return this.#run.run(this.code);
  }

  /** Ends the running program. The text stays, and so does what was shown before. */
  stop(): void {
    this.#run.stop();
  }

  override focus(): void {
    this.#editor?.focus();
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

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes.observe(this);
    if (this.#activated) {
      this.#run.prepare();
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
    this.#visible?.disconnect();
    this.#sizes.disconnect();
  }

  async #activate(): Promise<void> {
    if (this.#activated) return;
    this.#activated = true;
    this.#visible?.disconnect();
    if (this.#mode !== 'click') this.#run.prepare();
    const loading = import('./workbench.js');
    await this.#loadSource();
    // The program runs while the editor still loads.
    const early = this.#mode === 'click' ? undefined : this.#run.start(this.code);
    const { Editor, panels } = await loading;
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
      onPoint: (offset) => this.#pointing.point(offset),
    });
    this.#panels = panels;
    this.ready = true;
    this.#emit('gp-ready', {});
    if (early) void (early.source === this.code ? this.#run.present(early) : this.run());
  }

  async #loadSource(): Promise<void> {
    if (!this.src || this.#code !== undefined) return;
    const url = new URL(this.src, this.ownerDocument.baseURI).href;
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(String(response.status));
      this.#code = await response.text();
    } catch {
      this.#run.say({ key: 'sourceUnavailable', values: { url } });
    }
  }

  #edited(): void {
    this.#pointing.clear();
    this.#emit('gp-change', {});
    if (this.#mode === 'edit') this.#run.runSoon(() => this.code);
  }

  #reset = (): void => {
    // What the tag holds; a program that was set from outside has nothing else to go back to.
    this.code = (this.src ? undefined : inlineCode(this)) ?? this.#original;
    this.#emit('gp-change', {});
  };

  #ended(graphChanged: boolean): void {
    const { ending, result } = this.#run;
    if (ending === 'result' && result) {
      this.#editor?.setVariables(result.variables);
      this.#pointing.settle(graphChanged);
    }
    this.#editor?.setError(ending === 'result' ? result?.error : undefined);
  }

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
    const { code, first, second, two } = arrange(parseView(this.view ?? null), this.#panels);
    // Where the program is not shown, what remains is the button that starts it.
    const bar = code || this.#mode === 'click';
    return html`<div
      class="pad ${two ? 'two' : 'one'} ${parseTheme(this.theme ?? null)}"
      part="pad"
      lang=${this.#language === 'zh' ? 'zh-CN' : 'en'}
    >
      <div class="side first" ?hidden=${!bar && first.length === 0}>
        ${this.#drawCode(code, bar)} ${this.#drawPanels(first)}
      </div>
      ${
        second.length > 0
          ? html`<div class="side second">${this.#drawPanels(second)}</div>`
          : nothing
      }
    </div>`;
  }

  #drawCode(shown: boolean, withBar: boolean): TemplateResult {
    const bar = drawBar({
      t: this.#t,
      run: this.#run,
      ready: this.ready,
      readonly: this.readonly,
      onRun: () => void this.run(),
      onStop: () => this.stop(),
      onReset: this.#reset,
    });
    return html`<section class="code" ?hidden=${!withBar} aria-label=${this.#t('code')}>
      ${bar}
      <div class="editor" ?hidden=${!shown}></div>
      ${this.ready || !shown ? nothing : html`<div class="raw"><slot></slot></div>`}
    </section>`;
  }

  #drawPanels(panels: readonly Panel[]) {
    const context = this.#context();
    return panels.map((panel) => panel.draw(context));
  }

  #context(): PanelContext {
    const { result, chunks, cut, dropped, error, note } = this.#run;
    return {
      t: this.#t,
      theme: parseTheme(this.theme ?? null),
      result,
      chunks,
      cut,
      dropped,
      error,
      note: note ? this.#t(note.key, note.values) : '',
      lit: this.#pointing.lit,
      selected: this.#pointing.selected,
      hover: (nodes, span) => this.#pointing.hover(nodes, span),
      select: (node) => this.#pointing.select(node),
      goToLine: (line) => this.#editor?.goToLine(line),
    };
  }
}
