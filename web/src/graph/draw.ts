// The SVG of nodes and edges. Text has fixed places inside its box (see boxes.ts), colours come from
// the style sheet by class.

import { nothing, svg, type SVGTemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Preview } from '../../../wasm/js/types.js';
import { shapeText, shortData } from '../format.js';
import type { Translate } from '../i18n/index.js';
import { type Box, labelColumns, metrics } from './boxes.js';
import { arrowhead, curve, midpoint, shifted } from './geometry.js';
import type { Direction, Point } from './layout.js';
import { gradText, programName } from './names.js';
import type { Arrival, ShownGrad } from './timeline.js';

/** How far the two directions of an edge are drawn apart. */
const lane = 4;

export interface EdgeState {
  points: readonly Point[];
  direction: Direction;
  arrival: Arrival | undefined;
  active: boolean;
  lit: boolean;
}

export function drawEdge({
  points,
  direction,
  arrival,
  active,
  lit,
}: EdgeState): SVGTemplateResult {
  const forward = arrival ? shifted(points, direction, -lane) : points;
  const tip = forward.at(-1) ?? { x: 0, y: 0 };
  return svg`<g class=${classMap({ edge: true, lit })}>
    <path class="data" d=${curve(forward, direction)}></path>
    <path class="data-head" d=${arrowhead(tip, direction, 1)}></path>
    ${arrival ? drawGradient(shifted(points, direction, lane), direction, arrival.grad, active) : nothing}
  </g>`;
}

function drawGradient(
  points: readonly Point[],
  direction: Direction,
  grad: Preview,
  active: boolean,
): SVGTemplateResult {
  const back = [...points].reverse();
  const tip = back.at(-1) ?? { x: 0, y: 0 };
  const label = midpoint(points);
  const text = active ? shortData(grad, 14) : '';
  const width = text.length * metrics.character + 12;
  return svg`<g class=${classMap({ gradient: true, active })}>
    <path class="flow" d=${curve(back, direction)}></path>
    <path class="flow-head" d=${arrowhead(tip, direction, -1)}></path>
    ${
      active
        ? svg`<g class="packet" transform="translate(${label.x} ${label.y})">
            <rect x=${-width / 2} y="-10" width=${width} height="20" rx="10"></rect>
            <text text-anchor="middle" y="4">${text}</text>
          </g>`
        : nothing
    }
  </g>`;
}

export interface NodeState {
  box: Box;
  at: Point;
  grad: ShownGrad | undefined;
  active: boolean;
  lit: boolean;
  selected: boolean;
  current: boolean;
  t: Translate;
}

export function drawNode(state: NodeState): SVGTemplateResult {
  const { box, at, grad, t } = state;
  const { padding, titleHeight, rowHeight, stripHeight } = metrics;
  const textX = padding + labelColumns(t) * metrics.character + metrics.labelGap;
  const valueY = titleHeight + 14;
  const nowY = valueY + rowHeight + (box.strip ? stripHeight : 0);
  const gradY = nowY + (box.now ? rowHeight : 0);
  const opX = padding + (box.title.length + 1.5) * metrics.character;
  const classes = {
    node: true,
    [box.node.kind]: true,
    active: state.active,
    lit: state.lit,
    selected: state.selected,
  };
  return svg`<g
      class=${classMap(classes)}
      transform="translate(${at.x - box.width / 2} ${at.y - box.height / 2})"
      role="button"
      tabindex=${state.current ? 0 : -1}
      data-node=${box.node.id}
      data-names=${box.node.names.join(' ')}
      aria-label=${describeNode(box, grad, t)}>
    <rect class="card" width=${box.width} height=${box.height} rx="7"></rect>
    <path class="spine" d="M0 7a7 7 0 0 1 4 -6.3V${box.height - 0.7}a7 7 0 0 1 -4 -6.3Z"></path>
    <text class="title" x=${padding} y="17">${box.title}</text>
    ${box.op ? svg`<text class="op" x=${opX} y="17">${box.op}</text>` : nothing}
    ${
      box.shape
        ? svg`<text class="shape" x=${box.width - padding} y="17" text-anchor="end">${box.shape}</text>`
        : nothing
    }
    ${
      box.value
        ? svg`<text class="label" x=${padding} y=${valueY}>${t('nodeValue')}</text>
            <text class="value" x=${textX} y=${valueY}>${box.value}</text>
            ${box.strip && box.node.value ? drawStrip(box, box.node.value, valueY + 5, 'value') : nothing}`
        : nothing
    }
    ${
      box.now
        ? svg`<text class="label" x=${padding} y=${nowY}>${t('nodeNow')}</text>
            <text class="value now" x=${textX} y=${nowY}>${box.now}</text>`
        : nothing
    }
    ${
      box.hasGrad
        ? svg`<text class="label" x=${padding} y=${gradY}>${t('nodeGrad')}</text>
            <text class=${classMap({ grad: true, partial: grad?.partial ?? false })}
              x=${textX} y=${gradY}>${grad ? gradText(grad, metrics.valueRoom) : '·'}</text>
            ${box.strip && grad ? drawStrip(box, grad.grad, gradY + 5, 'grad') : nothing}`
        : nothing
    }
  </g>`;
}

/** The first elements as bars, up for positive and down for negative. */
function drawStrip(box: Box, preview: Preview, y: number, kind: string): SVGTemplateResult {
  const room = box.width - 2 * metrics.padding;
  const values = preview.values.slice(0, 32).map((value) => (Number.isFinite(value) ? value : 0));
  const width = room / Math.max(1, values.length);
  const top = Math.max(0, ...values);
  const range = top - Math.min(0, ...values) || 1;
  const tall = metrics.stripHeight - 4;
  const zero = y + (tall * top) / range;
  return svg`<g class="strip ${kind}">${values.map((value, index) => {
    const height = Math.max(0.75, (tall * Math.abs(value)) / range);
    return svg`<rect x=${metrics.padding + index * width} y=${value > 0 ? zero - height : zero}
      width=${Math.max(0.5, width - 1)} height=${height}></rect>`;
  })}</g>`;
}

/** What a screen reader says of a node. */
export function describeNode(box: Box, grad: ShownGrad | undefined, t: Translate): string {
  const { node } = box;
  const name = programName(node, t) || t('unnamed');
  const shape = node.value?.shape.length ? shapeText(node.value.shape) : t('scalar');
  const then = node.value ? shortData(node.value, 60) : '';
  const value = node.now ? t('valueThenNow', { then, now: shortData(node.now, 60) }) : then;
  const gradient = grad
    ? t('nodeGradientLabel', { gradient: shortData(grad.grad, 60) })
    : t('nodeNoGradientLabel');
  if (node.kind === 'leaf') return t('nodeLeafLabel', { name, shape, value, gradient });
  if (node.kind === 'op') return t('nodeOpLabel', { name, op: node.op, shape, value, gradient });
  return t('nodeConstantLabel', { name, shape, value });
}
