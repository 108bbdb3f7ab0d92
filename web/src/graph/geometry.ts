// Curves between nodes. Each piece leaves and enters along the direction of flow, so an arrowhead is
// a plain triangle and a parallel curve is the same curve shifted across the flow.

import type { Direction, Point } from './layout.js';

export function shifted(points: readonly Point[], direction: Direction, by: number): Point[] {
  return points.map(({ x, y }) => (direction === 'right' ? { x, y: y + by } : { x: x + by, y }));
}

export function curve(points: readonly Point[], direction: Direction): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let from = first;
  for (const to of rest) {
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    const [a, b] =
      direction === 'right'
        ? [
            { x: middle.x, y: from.y },
            { x: middle.x, y: to.y },
          ]
        : [
            { x: from.x, y: middle.y },
            { x: to.x, y: middle.y },
          ];
    path += `C${round(a.x)} ${round(a.y)} ${round(b.x)} ${round(b.y)} ${round(to.x)} ${round(to.y)}`;
    from = to;
  }
  return path;
}

/** A triangle with its tip at `tip`, pointing with (1) or against (-1) the flow. */
export function arrowhead(tip: Point, direction: Direction, way: 1 | -1): string {
  const length = 7 * way;
  const half = 3.5;
  const corners =
    direction === 'right'
      ? [tip, { x: tip.x - length, y: tip.y - half }, { x: tip.x - length, y: tip.y + half }]
      : [tip, { x: tip.x - half, y: tip.y - length }, { x: tip.x + half, y: tip.y - length }];
  return `M${corners.map(({ x, y }) => `${round(x)} ${round(y)}`).join('L')}Z`;
}

export function midpoint(points: readonly Point[]): Point {
  const middle = (points.length - 1) / 2;
  const a = points[Math.floor(middle)];
  const b = points[Math.ceil(middle)];
  return a && b ? { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } : { x: 0, y: 0 };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
