// The ranks of a graph before it is laid out: enough to say which way it should run, and which edges
// would make the layout too slow.

import type { Direction, LayoutInput } from './layout.js';

type Outline = Pick<LayoutInput, 'sizes' | 'edges'>;

/** Each node's rank is the longest way to it; an input stands just before its first use. */
export function ranksOf({ sizes, edges }: Outline): number[] {
  const outputs = sizes.map((): number[] => []);
  const waiting = sizes.map(() => 0);
  for (const { from, to } of edges) {
    outputs[from]?.push(to);
    waiting[to] = (waiting[to] ?? 0) + 1;
  }
  const inputs = waiting.flatMap((count, node) => (count === 0 ? [node] : []));
  const ranks = sizes.map(() => 0);
  const ready = [...inputs];
  for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
    for (const to of outputs[node] ?? []) {
      ranks[to] = Math.max(ranks[to] ?? 0, (ranks[node] ?? 0) + 1);
      waiting[to] = (waiting[to] ?? 0) - 1;
      if (waiting[to] === 0) ready.push(to);
    }
  }
  for (const node of inputs) {
    const uses = (outputs[node] ?? []).map((to) => ranks[to] ?? 0);
    if (uses.length > 0) ranks[node] = Math.min(...uses) - 1;
  }
  return ranks;
}

/**
 * The edges to lay out. dagre puts a node of its own at each rank that an edge crosses; a weight that
 * is used in every turn of a loop makes tens of thousands. Beyond a budget the longest edges have no
 * say in the layout and are drawn as plain curves.
 */
export function affordableEdges(outline: Outline, budget: number): Set<number> {
  const ranks = ranksOf(outline);
  const spans = outline.edges.map(({ from, to }, index) => ({
    index,
    length: (ranks[to] ?? 0) - (ranks[from] ?? 0),
  }));
  spans.sort((a, b) => a.length - b.length);
  let left = budget;
  const chosen = new Set<number>();
  for (const { index, length } of spans) {
    left -= length;
    if (left < 0) break;
    chosen.add(index);
  }
  return chosen;
}

const gapAlong = 52;
const gapAcross = 22;
/** How much better the other direction must be: a graph should not turn at every edit. */
const reluctance = 1.3;

/** The direction in which the graph is shown larger in a panel, as far as its ranks tell. */
export function chooseDirection(
  outline: Outline,
  panel: { width: number; height: number },
  current: Direction,
): Direction {
  const rows = new Map<number, { width: number; height: number; wide: number; tall: number }>();
  ranksOf(outline).forEach((rank, node) => {
    const size = outline.sizes[node] ?? { width: 0, height: 0 };
    const row = rows.get(rank) ?? { width: 0, height: 0, wide: 0, tall: 0 };
    row.width += size.width + gapAcross;
    row.height += size.height + gapAcross;
    row.wide = Math.max(row.wide, size.width);
    row.tall = Math.max(row.tall, size.height);
    rows.set(rank, row);
  });
  const all = [...rows.values()];
  const sum = (part: (row: (typeof all)[number]) => number) =>
    all.reduce((total, row) => total + part(row) + gapAlong, 0);
  const most = (part: (row: (typeof all)[number]) => number) => Math.max(1, ...all.map(part));
  const fit = (width: number, height: number) =>
    Math.min(1, panel.width / width, panel.height / height);
  const right = fit(
    sum((row) => row.wide),
    most((row) => row.height),
  );
  const down = fit(
    most((row) => row.width),
    sum((row) => row.tall),
  );
  if (current === 'right') return down > right * reluctance ? 'down' : 'right';
  return right > down * reluctance ? 'right' : 'down';
}
