// What the person points at or has selected, in the program, the graph or a table, and what lights up
// elsewhere because of it: nodes for a place of the program, spans of the program for a node.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { GraphNode, Span } from '../../../wasm/js/types.js';

/** The program as far as it can be pointed at. */
export interface PointedProgram {
  /** The nodes of the graph that is shown. */
  nodes(): readonly GraphNode[];
  /** How long a span is, if it holds the offset. */
  covers(span: Span, offset: number): number | undefined;
  highlight(spans: readonly Span[]): void;
}

export class PointingController implements ReactiveController {
  selected: number | undefined;
  /** The nodes to highlight. */
  lit: ReadonlySet<number> = new Set();

  /** The node under the pointer, in the graph or in the table of variables. */
  #hovered: readonly number[] = [];
  /** The nodes whose source is under the pointer or at the cursor, in the editor. */
  #pointed: readonly number[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly program: PointedProgram,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.clear();
  }

  /** Nothing is pointed at: what was there has changed. */
  clear(): void {
    this.#light([], []);
  }

  /** A run has ended: of a new graph nothing is selected; of the same, the selection stays. */
  settle(graphChanged: boolean): void {
    this.clear();
    if (graphChanged) this.selected = undefined;
    this.#highlight();
  }

  /** Highlights what the pointed place of the program made: the smallest spans that hold it. */
  point(offset: number | undefined): void {
    let best: number[] = [];
    let length = Number.POSITIVE_INFINITY;
    if (offset !== undefined) {
      for (const { id, span } of this.program.nodes()) {
        const covered = span && this.program.covers(span, offset);
        if (covered === undefined || covered > length) continue;
        best = covered < length ? [id] : [...best, id];
        length = covered;
      }
    }
    this.#light(this.#hovered, best);
  }

  /** Highlights nodes and their source; `span` is the source where there is no node. */
  hover(nodes: readonly number[], span?: Span): void {
    if (nodes.join() === this.#hovered.join()) return;
    this.#light(nodes, this.#pointed);
    this.#highlight(span);
  }

  select(node: number | undefined): void {
    this.selected = node;
    this.host.requestUpdate();
    this.#highlight();
  }

  #light(hovered: readonly number[], pointed: readonly number[]): void {
    if (hovered.join() === this.#hovered.join() && pointed.join() === this.#pointed.join()) return;
    this.#hovered = hovered;
    this.#pointed = pointed;
    this.lit = new Set([...hovered, ...pointed]);
    this.host.requestUpdate();
  }

  #highlight(span?: Span): void {
    const ids = this.#hovered.length > 0 ? this.#hovered : [this.selected];
    const found = this.program.nodes().filter((node) => ids.includes(node.id));
    const spans = found.flatMap((node) => (node.span ? [node.span] : []));
    this.program.highlight(spans.length > 0 ? spans : span ? [span] : []);
  }
}
