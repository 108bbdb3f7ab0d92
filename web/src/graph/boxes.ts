// The text in each node and the size that it needs. Sizes are reckoned from character counts in a
// monospaced face rather than measured, so that a layout can be made in a worker and before paint.

import type { GraphNode } from '../../../wasm/js/types.js';
import { elementCount, shapeText, shortData } from '../format.js';
import type { Translate } from '../i18n/index.js';
import { gradText, programName } from './names.js';
import type { Timeline } from './timeline.js';

export interface Box {
  node: GraphNode;
  /** The variable's name, or the operation's where no variable is bound, or the constant's value. */
  title: string;
  /** The operation, where the title is a variable's name. */
  op: string;
  shape: string;
  value: string;
  /** What it is at the end of the run, where that is another value. */
  now: string;
  /** Whether a strip of the first elements is drawn under the value. */
  strip: boolean;
  hasGrad: boolean;
  width: number;
  height: number;
}

export const metrics = {
  character: 7.25, // 12px monospaced
  padding: 11,
  titleHeight: 21,
  rowHeight: 18,
  stripHeight: 17,
  labelGap: 8,
  bottom: 7,
  /** Widths grow in steps, so that editing a number seldom moves the graph. */
  widthStep: 16,
  valueRoom: 20,
} as const;

/** Characters that take two columns in a monospaced face: CJK, its punctuation and full-width forms. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

export function columns(text: string): number {
  let count = 0;
  for (const character of text) count += wide.test(character) ? 1.7 : 1;
  return count;
}

export function labelColumns(t: Translate): number {
  return Math.max(columns(t('nodeValue')), columns(t('nodeNow')), columns(t('nodeGrad')));
}

export function makeBox(node: GraphNode, timeline: Timeline, t: Translate): Box {
  const names = programName(node, t);
  const now = node.now ? shortData(node.now, metrics.valueRoom) : '';
  const value = node.value ? shortData(node.value, metrics.valueRoom) : '';
  const grad = timeline.gradAt(node, undefined)?.grad;
  const compact = node.kind === 'constant' && names === '';
  const title = names || (node.kind === 'op' ? node.op : value);
  const op = node.kind === 'op' && names !== '' ? node.op : '';
  const shape = node.value && node.value.shape.length > 0 ? shapeText(node.value.shape) : '';
  const strip = node.value !== undefined && elementCount(node.value.shape) > 4;
  const sum = timeline.sumOf(node);
  const grads = [
    grad ? shortData(grad, metrics.valueRoom) : '',
    sum ? gradText(sum, metrics.valueRoom) : '',
  ];
  const label = labelColumns(t) * metrics.character + metrics.labelGap;
  const head =
    (columns(title) + (op ? columns(op) + 1.5 : 0) + (shape ? columns(shape) + 2 : 0)) *
    metrics.character;
  const body = compact
    ? 0
    : label + Math.max(...[value, now, ...grads].map(columns)) * metrics.character;
  const width = Math.max(head, body) + 2 * metrics.padding;
  const rows = compact ? 0 : 1 + (now ? 1 : 0) + (node.kind === 'constant' ? 0 : 1);
  const strips = (strip ? 1 : 0) + (strip && grad ? 1 : 0);
  return {
    node,
    title,
    op,
    shape: compact ? '' : shape,
    value: compact ? '' : value,
    now: compact ? '' : now,
    strip,
    hasGrad: node.kind !== 'constant',
    width: Math.ceil(width / metrics.widthStep) * metrics.widthStep,
    height:
      metrics.titleHeight +
      rows * metrics.rowHeight +
      strips * metrics.stripHeight +
      metrics.bottom,
  };
}
