// Where nodes and edges lie: dagre's layered layout, inputs first. Pure, so that it runs in the page
// for small graphs and in a worker for large ones (300 nodes can take a second).

import { Graph, layout } from '@dagrejs/dagre';
import { affordableEdges } from './ranks.js';

/** `right`: values flow from left to right; `down`: from top to bottom, for narrow panels. */
export type Direction = 'right' | 'down';

export interface LayoutInput {
  direction: Direction;
  sizes: { width: number; height: number }[];
  /** Indices into `sizes`. */
  edges: { from: number; to: number }[];
}

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  direction: Direction;
  width: number;
  height: number;
  /** Centres. */
  nodes: Point[];
  /** From the border of the first node to the border of the second. */
  edges: Point[][];
}

/** Above this, dagre's better but slower ranking is not worth its time. */
const carefulLimit = 60;

/** How many ranks all edges together may cross. */
const rankBudget = 900;

export function computeLayout(input: LayoutInput): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({
    rankdir: input.direction === 'right' ? 'LR' : 'TB',
    nodesep: input.direction === 'right' ? 22 : 28,
    edgesep: 14,
    ranksep: input.direction === 'right' ? 52 : 44,
    ranker: input.sizes.length <= carefulLimit ? 'network-simplex' : 'tight-tree',
  });
  graph.setDefaultEdgeLabel(() => ({}));
  input.sizes.forEach(({ width, height }, index) => {
    graph.setNode(String(index), { width, height });
  });
  const ranked = affordableEdges(input, rankBudget);
  input.edges.forEach(({ from, to }, index) => {
    if (ranked.has(index)) graph.setEdge(String(from), String(to), {}, String(index));
  });
  layout(graph);

  const nodes = input.sizes.map((_, index) => {
    const { x = 0, y = 0 } = graph.node(String(index));
    return { x, y };
  });
  const { width = 0, height = 0 } = graph.graph();
  const bends = input.edges.map(({ from, to }, index) => {
    if (!ranked.has(index)) return [];
    const points: Point[] = graph.edge(String(from), String(to), String(index)).points ?? [];
    // Three points mean neighbouring ranks: the curve between the borders needs no bend.
    return points.length > 3 ? points.slice(1, -1) : [];
  });
  return { direction: input.direction, width, height, nodes, edges: route(input, nodes, bends) };
}

/** Ties each edge to ports: spread over the border of its target in the order of the sources. */
function route(input: LayoutInput, nodes: Point[], bends: Point[][]): Point[][] {
  const across = input.direction === 'right' ? 'y' : 'x';
  const along = input.direction === 'right' ? 'x' : 'y';
  const spanAlong = input.direction === 'right' ? 'width' : 'height';
  const spanAcross = input.direction === 'right' ? 'height' : 'width';
  const at = <T>(list: T[], index: number): T => {
    const item = list[index];
    if (item === undefined) throw new RangeError(`no item ${index}`);
    return item;
  };

  const ports = new Map<number, number>();
  const into = new Map<number, number[]>();
  input.edges.forEach(({ to }, index) => {
    into.set(to, [...(into.get(to) ?? []), index]);
  });
  for (const [to, indices] of into) {
    const order = (index: number) =>
      (at(bends, index).at(-1) ?? at(nodes, at(input.edges, index).from))[across];
    indices.sort((a, b) => order(a) - order(b));
    const room = at(input.sizes, to)[spanAcross] - 24;
    const gap = indices.length > 1 ? Math.min(20, room / (indices.length - 1)) : 0;
    indices.forEach((index, place) => {
      ports.set(index, (place - (indices.length - 1) / 2) * gap);
    });
  }

  return input.edges.map(({ from, to }, index) => {
    const source = at(nodes, from);
    const target = at(nodes, to);
    const start = { ...source, [along]: source[along] + at(input.sizes, from)[spanAlong] / 2 };
    const end = {
      ...target,
      [along]: target[along] - at(input.sizes, to)[spanAlong] / 2,
      [across]: target[across] + (ports.get(index) ?? 0),
    };
    return [start, ...at(bends, index), end];
  });
}
