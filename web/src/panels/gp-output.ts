// What the program printed, its warnings and its traceback, with links to the lines they speak of.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RunError } from '../../../wasm/js/types.js';
import type { OutputChunk } from './output-log.js';
import { programName } from '../engine/protocol.js';
import { hintText, type Translate, translator } from '../i18n/index.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import outputCss from './gp-output.css?text';
import type { Panel } from './panel.js';

const place = new RegExp(`(File "${programName}", line (\\d+)|\\b${programName}:(\\d+))`, 'g');

export class GpOutput extends LitElement {
  static override styles = [baseStyles, sheet(outputCss)];
  static override properties = {
    chunks: { attribute: false },
    error: { attribute: false },
    note: { attribute: false },
    cut: { attribute: false },
    t: { attribute: false },
  };

  declare chunks: readonly OutputChunk[];
  declare error: RunError | undefined;
  /** What the page itself has to say: stopped, broken down, not loaded. */
  declare note: string;
  declare cut: number;
  declare t: Translate;

  constructor() {
    super();
    this.chunks = [];
    this.note = '';
    this.cut = 0;
    this.t = translator('en');
  }

  override render(): TemplateResult {
    const { chunks, error, note, cut, t } = this;
    const empty = chunks.length === 0 && !error && note === '';
    return html`<header class="head"><h3>${t('output')}</h3></header>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('output')}>
        ${empty ? html`<p class="quiet">${t('outputEmpty')}</p>` : nothing}
        ${chunks.length > 0 ? html`<pre>${chunks.map((chunk) => this.#chunk(chunk))}</pre>` : nothing}
        ${cut > 0 ? html`<p class="quiet">${t('outputCut', { count: cut })}</p>` : nothing}
        ${error ? this.#error(error) : nothing}
        ${note === '' ? nothing : html`<p class="note">${note}</p>`}
      </div>`;
  }

  #chunk({ stream, text }: OutputChunk) {
    return stream === 'stdout' ? text : html`<span class="warning">${this.#linked(text)}</span>`;
  }

  #error(error: RunError): TemplateResult {
    const text = error.traceback.trimEnd();
    // The last line names the error; it is what one reads first.
    const start = text.lastIndexOf('\n', text.length - error.message.length - 1) + 1;
    const hint = error.hint;
    return html`<div class="error" role="group">
      <pre><span class="trace">${this.#linked(text.slice(0, start))}</span><strong>${text.slice(start)}</strong></pre>
      ${hint ? html`<p>${hintText(this.t, hint)}</p>` : nothing}
    </div>`;
  }

  #linked(text: string): (string | TemplateResult)[] {
    const parts: (string | TemplateResult)[] = [];
    let end = 0;
    for (const match of text.matchAll(place)) {
      const line = Number(match[2] ?? match[3]);
      parts.push(
        text.slice(end, match.index),
        html`<button class="line" title=${this.t('goToLine', { line })}
          @click=${() => this.#goTo(line)}>${match[0]}</button>`,
      );
      end = match.index + match[0].length;
    }
    parts.push(text.slice(end));
    return parts;
  }

  #goTo(line: number): void {
    this.dispatchEvent(new CustomEvent('go-to-line', { detail: line }));
  }
}

customElements.define('gp-output', GpOutput);

export const output: Panel = {
  view: 'output',
  place: 10,
  draw: ({ t, chunks, error, note, cut, goToLine }) =>
    html`<gp-output
      class="panel"
      .t=${t}
      .chunks=${chunks}
      .error=${error}
      .note=${note}
      .cut=${cut}
      @go-to-line=${(event: CustomEvent<number>) => goToLine(event.detail)}
    ></gp-output>`,
};
