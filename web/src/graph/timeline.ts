// What has arrived where, after each step of the backward pass. The engine's record says which node
// ran, with which gradient, and what it handed to its inputs; this only puts the record in order.
//
// An edge of the graph carries a gradient when the operation at its end ran and handed one to the
// node at its start. Where an operation uses one input twice, its edges are matched with its
// hand-outs in order.

import type { Graph, GraphEdge, GraphNode, Preview, Step } from '../../../wasm/js/types.js';

export interface Arrival {
  step: number;
  grad: Preview;
}

/** What to show as a node's gradient; `partial` while more contributions are still to come. */
export interface ShownGrad {
  grad: Preview;
  partial: boolean;
}

export class Timeline {
  readonly nodes: ReadonlyMap<number, GraphNode>;
  readonly #edgeArrivals: (Arrival | undefined)[];
  readonly #contributions = new Map<number, Arrival[]>();
  readonly #executions = new Map<number, Arrival[]>();

  constructor(
    readonly graph: Graph,
    readonly steps: readonly Step[],
  ) {
    this.nodes = new Map(graph.nodes.map((node) => [node.id, node]));
    this.#edgeArrivals = new Array<Arrival | undefined>(graph.edges.length).fill(undefined);
    const edgesInto = new Map<number, number[]>();
    graph.edges.forEach((edge, index) => {
      append(edgesInto, edge.to, index);
    });
    for (const indices of edgesInto.values()) {
      indices.sort((a, b) => this.#edge(a).slot - this.#edge(b).slot);
    }
    steps.forEach((step, index) => {
      if (step.gradIn) append(this.#executions, step.node, { step: index, grad: step.gradIn });
      const free = [...(edgesInto.get(step.node) ?? [])];
      for (const out of step.gradsOut) {
        const arrival = { step: index, grad: out.grad };
        append(this.#contributions, out.node, arrival);
        const place = free.findIndex((edge) => this.#edge(edge).from === out.node);
        const edge = free[place];
        if (edge === undefined) continue;
        this.#edgeArrivals[edge] = arrival;
        free.splice(place, 1);
      }
      // An engine may hand out one sum for an input that is used twice: it flows along all its edges.
      for (const edge of free) {
        const sum = step.gradsOut.find((out) => out.node === this.#edge(edge).from);
        if (sum) this.#edgeArrivals[edge] = { step: index, grad: sum.grad };
      }
    });
  }

  /** The gradient that flowed along the edge with this index in the last backward pass over it. */
  edgeArrival(index: number): Arrival | undefined {
    return this.#edgeArrivals[index];
  }

  /** Whether a node's gradient comes in more than one piece. */
  isSum(node: GraphNode): boolean {
    return (this.#contributions.get(node.id)?.length ?? 0) > 1;
  }

  /** The gradient of a node after `step`, or at the end of the run when `step` is undefined. */
  gradAt(node: GraphNode, step: number | undefined): ShownGrad | undefined {
    const executions = this.#executions.get(node.id) ?? [];
    if (step === undefined) {
      const grad = node.grad ?? executions.at(-1)?.grad;
      return grad && { grad, partial: false };
    }
    const contributions = this.#contributions.get(node.id) ?? [];
    const executed = executions.findLast((execution) => execution.step <= step);
    const arrived = contributions.findLast((contribution) => contribution.step <= step);
    if (executed && (!arrived || executed.step >= arrived.step)) {
      const last = executed === executions.at(-1);
      return { grad: (last && node.grad) || executed.grad, partial: false };
    }
    if (!arrived) return undefined;
    if (arrived !== contributions.at(-1)) return { grad: arrived.grad, partial: true };
    const next = executions.find((execution) => execution.step >= arrived.step);
    return { grad: next?.grad ?? node.grad ?? arrived.grad, partial: false };
  }

  #edge(index: number): GraphEdge {
    const edge = this.graph.edges[index];
    if (!edge) throw new RangeError(`no edge ${index}`);
    return edge;
  }
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
