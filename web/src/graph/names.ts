// What a node of the graph is called, and its gradient as text.

import type { GraphNode } from '../../../wasm/js/types.js';
import { shortData } from '../format.js';
import type { Translate } from '../i18n/index.js';
import type { ShownGrad } from './timeline.js';

/** The program's names for it, or the one it had when it was used last; empty where it has none. */
export function programName(node: GraphNode, t: Translate): string {
  if (node.names.length > 0) return node.names.join(', ');
  return node.formerName === undefined ? '' : t('formerName', { name: node.formerName });
}

/** The same; else the operation. */
export function nodeName(node: GraphNode, t: Translate): string {
  return programName(node, t) || node.op || t('unnamed');
}

const mostParts = 3;
const partRoom = 9;

/** A gradient on one line; one that comes in parts as their sum: "3. + …", "3. + 4. = 7.". */
export function gradText({ grad, partial, parts }: ShownGrad, room: number): string {
  if (parts.length === 0) return shortData(grad, room);
  const shown = parts.slice(-mostParts).map((part) => shortData(part, partRoom));
  const sum = [...(parts.length > mostParts ? ['…'] : []), ...shown].join(' + ');
  return partial ? `${sum} + …` : `${sum} = ${shortData(grad, partRoom)}`;
}
