// What the graph's panel shows at the moment: the record of one run, put in order, with its texts and
// its layout; and its drawing at a step of the backward pass.

import { repeat } from 'lit/directives/repeat.js';
import type { BackwardPass, Graph, GraphNode } from '../../../wasm/js/types.js';
import type { Translate } from '../i18n/index.js';
import { type Box, makeBox } from './boxes.js';
import { drawEdge, drawNode } from './draw.js';
import type { Layout, LayoutInput } from './layout.js';
import { Timeline } from './timeline.js';

/** A graph ready to be laid out. */
export interface Content {
  timeline: Timeline;
  boxes: Box[];
  /** Edges as indices of nodes; edges to nodes that were left out are not drawn. */
  edges: { from: number; to: number; index: number }[];
}

export interface Scene extends Content {
  layout: Layout;
}

/**
 * What is drawn of a run while one of its backward passes is looked at: of the last, the graph as the
 * run left it; of an earlier one, what that pass began from.
 */
function shownNodes(graph: Graph, passes: readonly BackwardPass[], pass: number): GraphNode[] {
  const earlier = passes[pass];
  if (!earlier || pass === passes.length - 1) return graph.nodes.filter((node) => !node.earlier);
  const inputs = new Map<number, number[]>();
  for (const { from, to } of graph.edges) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  const reached = new Set(earlier.roots);
  for (const id of reached) for (const from of inputs.get(id) ?? []) reached.add(from);
  return graph.nodes.filter(({ id }) => reached.has(id));
}

export function contentOf(
  graph: Graph,
  passes: readonly BackwardPass[],
  pass: number,
  t: Translate,
): Content {
  const isLast = pass >= passes.length - 1;
  const timeline = new Timeline(graph, passes[pass]?.steps ?? [], isLast);
  const nodes = shownNodes(graph, passes, pass);
  const boxes = nodes.map((node) => makeBox(node, timeline, t));
  const places = new Map(nodes.map((node, index) => [node.id, index]));
  const edges = graph.edges.flatMap((edge, index) => {
    const from = places.get(edge.from);
    const to = places.get(edge.to);
    return from === undefined || to === undefined ? [] : [{ from, to, index }];
  });
  return { timeline, boxes, edges };
}

/** As much of it as a layout depends on. */
export function outlineOf({ boxes, edges }: Content): Omit<LayoutInput, 'direction'> {
  return {
    sizes: boxes.map(({ width, height }) => ({ width, height })),
    edges: edges.map(({ from, to }) => ({ from, to })),
  };
}

/** The place of a node among the boxes. */
export function indexOf(scene: Scene | undefined, id: number | undefined): number | undefined {
  const index = scene?.boxes.findIndex((box) => box.node.id === id) ?? -1;
  return index < 0 ? undefined : index;
}

export interface SceneState {
  /** The step that is shown; undefined while the end of the run is. */
  step: number | undefined;
  lit: ReadonlySet<number>;
  selected: number | undefined;
  /** The index of the node that Tab reaches. */
  current: number;
  t: Translate;
}

export function drawScene(scene: Scene, state: SceneState) {
  const { layout, boxes, timeline, edges } = scene;
  const { step, lit, selected, current, t } = state;
  const active = step === undefined ? undefined : timeline.steps[step]?.node;
  const litNode = (index: number) => {
    const id = boxes[index]?.node.id;
    return id !== undefined && (lit.has(id) || id === selected);
  };
  return [
    repeat(
      edges,
      ({ index }) => index,
      ({ from, to, index }, place) => {
        const arrival = timeline.edgeArrival(index);
        const reached = arrival && (step === undefined || arrival.step <= step);
        return drawEdge({
          points: layout.edges[place] ?? [],
          direction: layout.direction,
          arrival: reached ? arrival : undefined,
          active: reached === true && arrival.step === step,
          lit: litNode(from) || litNode(to),
        });
      },
    ),
    repeat(
      boxes,
      (box) => box.node.id,
      (box, index) =>
        drawNode({
          box,
          at: layout.nodes[index] ?? { x: 0, y: 0 },
          grad: timeline.gradAt(box.node, step),
          active: box.node.id === active,
          lit: lit.has(box.node.id),
          selected: box.node.id === selected,
          current: index === current,
          t,
        }),
    ),
  ];
}
