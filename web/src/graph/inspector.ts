// All there is to know of one node, in an overlay of the graph.

import { html, nothing, type TemplateResult } from 'lit';
import type { GraphNode, Preview } from '../../../wasm/js/types.js';
import { dataText, numberText, shapeText } from '../format.js';
import type { Translate } from '../i18n/index.js';
import { nodeName } from './names.js';
import type { ShownGrad } from './timeline.js';

export interface InspectorState {
  node: GraphNode;
  grad: ShownGrad | undefined;
  /** Whether a step of the backward pass is shown, not the end of the run. */
  stepping: boolean;
  t: Translate;
  /** Which side of the panel is further from the node. */
  side: 'left' | 'right';
  onClose: () => void;
}

export function drawInspector(state: InspectorState): TemplateResult {
  const { node, grad, t, side, onClose } = state;
  const title = nodeName(node, t);
  const kind = { leaf: t('kindLeaf'), op: t('kindOp'), constant: t('kindConstant') }[node.kind];
  return html`<aside class="inspector ${node.kind} ${side}" aria-label=${title}>
    <header>
      <strong>${title}</strong><span class="kind">${kind}</span>
      <button class="icon" @click=${onClose} aria-label=${t('close')}>×</button>
    </header>
    <dl>
      ${node.op ? entry(t('detailMadeBy'), node.op) : nothing}
      ${node.gradFn ? entry(t('detailFunction'), node.gradFn) : nothing}
      ${node.value ? facts(node.value, t) : nothing}
    </dl>
    ${
      node.value
        ? html`<h4>${node.now ? t('valueThen') : t('value')}</h4>
            <pre class="value">${dataText(node.value.text)}</pre>`
        : nothing
    }
    ${
      node.now
        ? html`<h4>${t('valueNow')}</h4>
            <pre class="value now">${dataText(node.now.text)}</pre>`
        : nothing
    }
    <h4>${t('gradient')}</h4>
    ${
      grad
        ? html`<pre class="grad">${dataText(grad.grad.text)}</pre>
            ${node.kind === 'op' && !node.grad ? html`<p>${t('detailRetain')}</p>` : nothing}`
        : html`<p>${withoutGradient(state)}</p>`
    }
  </aside>`;
}

function withoutGradient({ node, stepping, t }: InspectorState): string {
  if (node.kind === 'constant') return t('detailNeverGradient');
  if (stepping) return t('detailNoGradientYet');
  return node.kind === 'leaf' ? t('detailGradientNone') : t('detailNotReached');
}

function facts(value: Preview, t: Translate): TemplateResult {
  return html`${entry(t('detailShape'), value.shape.length > 0 ? shapeText(value.shape) : t('scalar'))}
  ${entry(t('detailType'), value.dtype)}
  ${
    value.min !== undefined && value.max !== undefined && value.values.length > 1
      ? entry(t('detailRange'), `${numberText(value.min)} … ${numberText(value.max)}`)
      : nothing
  }
  ${
    value.mean !== undefined && value.values.length > 1
      ? entry(t('detailMean'), numberText(value.mean))
      : nothing
  }`;
}

function entry(name: string, text: string): TemplateResult {
  return html`<dt>${name}</dt>
    <dd>${text}</dd>`;
}
