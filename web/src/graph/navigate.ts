// Where an arrow key leads from a node: along the flow it follows the edges, across it goes to the
// nearest node on that side.

import type { Layout, Point } from './layout.js';

type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrow(key: string): key is Arrow {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

export function neighbour(
  layout: Layout,
  edges: readonly { from: number; to: number }[],
  current: number,
  arrow: Arrow,
): number | undefined {
  const here = layout.nodes[current];
  if (!here) return undefined;
  const rightward = layout.direction === 'right';
  const forward = arrow === (rightward ? 'ArrowRight' : 'ArrowDown');
  const backward = arrow === (rightward ? 'ArrowLeft' : 'ArrowUp');
  const across = (point: Point) => (rightward ? point.y : point.x);
  const along = (point: Point) => (rightward ? point.x : point.y);

  let candidates: number[];
  if (forward) {
    candidates = edges.filter((edge) => edge.from === current).map((edge) => edge.to);
  } else if (backward) {
    candidates = edges.filter((edge) => edge.to === current).map((edge) => edge.from);
  } else {
    const side = arrow === 'ArrowDown' || arrow === 'ArrowRight' ? 1 : -1;
    candidates = layout.nodes.flatMap((point, index) =>
      (across(point) - across(here)) * side > 1 ? [index] : [],
    );
  }

  // Distance across the flow counts once, along it three times: up and down keep to the column.
  const distance = (index: number) => {
    const point = layout.nodes[index];
    if (!point) return Number.POSITIVE_INFINITY;
    const weight = forward || backward ? 0 : 3;
    return Math.abs(across(point) - across(here)) + weight * Math.abs(along(point) - along(here));
  };
  return candidates.reduce<number | undefined>(
    (best, index) => (best === undefined || distance(index) < distance(best) ? index : best),
    undefined,
  );
}
