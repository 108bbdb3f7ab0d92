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

/** What to show as a node's gradient. */
export interface ShownGrad {
  grad: Preview;
  /** More contributions are still to come. */
  partial: boolean;
  /** The contributions that have arrived so far, where there is more than one in all. */
  parts: readonly Preview[];
}

export class Timeline {
  readonly nodes: ReadonlyMap<number, GraphNode>;
  readonly #edgeArrivals: (Arrival | undefined)[];
  readonly #contributions = new Map<number, Arrival[]>();
  readonly #executions = new Map<number, Arrival[]>();

  constructor(
    readonly graph: Graph,
    readonly steps: readonly Step[],
    /** Whether the end of these steps is, for gradients, the end of the run. */
    private readonly isLast = true,
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

  /** The gradient when its last part has arrived, of a node whose gradient comes in parts. */
  sumOf(node: GraphNode): ShownGrad | undefined {
    const contributions = this.#contributions.get(node.id) ?? [];
    return contributions.length > 1 ? this.gradAt(node, contributions.at(-1)?.step) : undefined;
  }

  /**
   * The gradient of a node after `step`: of a leaf what its `.grad` holds, of an operation what has
   * flowed in. At the end of the run when `step` is undefined.
   */
  gradAt(node: GraphNode, step: number | undefined): ShownGrad | undefined {
    const executions = this.#executions.get(node.id) ?? [];
    const whole = (grad: Preview | undefined) => grad && { grad, partial: false, parts: [] };
    if (step === undefined && this.isLast) return whole(node.grad ?? executions.at(-1)?.grad);
    if (step === undefined) return this.gradAt(node, this.steps.length - 1);
    const executed = executions.findLast((execution) => execution.step <= step);
    if (executed) return whole(this.steps[executed.step]?.after ?? executed.grad);
    const contributions = this.#contributions.get(node.id) ?? [];
    const arrived = contributions.filter((contribution) => contribution.step <= step);
    const last = arrived.at(-1);
    const [next] = executions;
    // A leaf that has one from an earlier pass.
    if (!last) return whole(next && this.steps[next.step]?.before);
    const parts = contributions.length > 1 ? arrived.map(({ grad }) => grad) : [];
    if (arrived.length < contributions.length) return { grad: last.grad, partial: true, parts };
    return { grad: next?.grad ?? last.grad, partial: false, parts };
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
