// The program's variables with their values and gradients. A row points at its node in the graph.

import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { VariableInfo } from '../../../wasm/js/types.js';
import { dataText, shapeText } from '../format.js';
import { type Translate, translator } from '../i18n/index.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import variablesCss from './gp-variables.css?text';
import type { Panel } from './panel.js';

const textLimit = 600;

export class GpVariables extends LitElement {
  static override styles = [baseStyles, sheet(variablesCss)];
  static override properties = {
    variables: { attribute: false },
    lit: { attribute: false },
    selected: { attribute: false },
    t: { attribute: false },
  };

  declare variables: readonly VariableInfo[];
  declare lit: ReadonlySet<number>;
  declare selected: number | undefined;
  declare t: Translate;

  constructor() {
    super();
    this.variables = [];
    this.lit = new Set();
    this.t = translator('en');
  }

  override render(): TemplateResult {
    const { t, variables } = this;
    return html`<header class="head"><h3>${t('variables')}</h3></header>
      <div class="scroll" tabindex="0" role="region" aria-label=${t('variables')}>
        ${
          variables.length === 0
            ? html`<p class="quiet">${t('variablesEmpty')}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th>${t('name')}</th>
                    <th>${t('value')}</th>
                    <th>${t('gradient')}</th>
                  </tr>
                </thead>
                <tbody>
                  ${repeat(
                    variables,
                    (variable) => variable.name,
                    (variable) => this.#row(variable),
                  )}
                </tbody>
              </table>`
        }
      </div>`;
  }

  #row(variable: VariableInfo): TemplateResult {
    const { node, name } = variable;
    const marked = node !== undefined && (this.lit.has(node) || this.selected === node);
    const value = variable.tensor ? dataText(variable.tensor.text) : variable.text;
    return html`<tr
      class=${marked ? 'lit' : ''}
      data-variable=${name}
      @pointerenter=${() => this.#hover(variable)}
      @pointerleave=${() => this.#hover(undefined)}
    >
      <th scope="row">
        ${
          node === undefined
            ? name
            : html`<button
                class=${kindOf(variable)}
                title=${this.t('showInGraph', { name })}
                @click=${() => this.#select(node)}
              >
                ${name}
              </button>`
        }<small>${typeText(variable)}</small>
      </th>
      <td><pre>${cut(value)}</pre></td>
      <td>
        ${variable.grad ? html`<pre class="grad">${cut(dataText(variable.grad.text))}</pre>` : nothing}
      </td>
    </tr>`;
  }

  #hover(variable: VariableInfo | undefined): void {
    this.dispatchEvent(new CustomEvent('variable-hover', { detail: variable }));
  }

  #select(node: number): void {
    const detail = this.selected === node ? undefined : node;
    this.dispatchEvent(new CustomEvent('node-select', { detail }));
  }
}

/** As the graph colours it. */
function kindOf({ requiresGrad, isLeaf }: VariableInfo): string {
  if (!requiresGrad) return 'constant';
  return isLeaf ? 'leaf' : 'op';
}

function typeText({ type, tensor }: VariableInfo): string {
  if (!tensor) return type;
  const dtype = tensor.dtype.replace('torch.', '');
  return tensor.shape.length > 0 ? `${dtype} ${shapeText(tensor.shape)}` : dtype;
}

function cut(text: string): string {
  return text.length <= textLimit ? text : `${text.slice(0, textLimit)}…`;
}

customElements.define('gp-variables', GpVariables);

const none: readonly VariableInfo[] = [];

export const variables: Panel = {
  // It says in full what the output shows in part.
  view: 'output',
  place: 30,
  draw: ({ t, result, lit, selected, hover, select }) => {
    const onHover = ({ detail }: CustomEvent<VariableInfo | undefined>) =>
      hover(detail?.node === undefined ? [] : [detail.node], detail?.span);
    return html`<gp-variables
      class="panel"
      .t=${t}
      .variables=${result?.variables ?? none}
      .lit=${lit}
      .selected=${selected}
      @variable-hover=${onHover}
      @node-select=${(event: CustomEvent<number | undefined>) => select(event.detail)}
    ></gp-variables>`;
  },
};
