// The computation graph: the engine's own record of the run, laid out, with the value and the
// gradient in each node, and the backward pass to walk through.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Graph, Step } from '../../../wasm/js/types.js';
import { type Translate, translator } from '../i18n/index.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import graphCss from './gp-graph.css?text';
import { type Box, makeBox } from './boxes.js';
import { drawEdge, drawNode } from './draw.js';
import { drawInspector } from './inspector.js';
import type { Layout } from './layout.js';
import { Layouter } from './layouter.js';
import { isArrow, neighbour } from './navigate.js';
import { chooseDirection } from './ranks.js';
import { drawStepBar } from './step-bar.js';
import { Timeline } from './timeline.js';
import { Viewport } from './viewport.js';

/** What is drawn at the moment; a new graph replaces it when its layout is there. */
interface Scene {
  timeline: Timeline;
  boxes: Box[];
  /** Edges as indices of nodes; edges to nodes that were left out are not drawn. */
  edges: { from: number; to: number; index: number }[];
  layout: Layout;
}

const playMilliseconds = 1100;
/** A panel that grows with its content has at least this much to grow into. */
const usualHeight = 360;
const emptyGraph: Graph = { nodes: [], edges: [], omitted: 0 };

export class GpGraph extends LitElement {
  static override styles = [baseStyles, sheet(graphCss)];
  static override properties = {
    graph: { attribute: false },
    steps: { attribute: false },
    t: { attribute: false },
    lit: { attribute: false },
    selected: { attribute: false },
    scene: { state: true },
    step: { state: true },
    playing: { state: true },
    current: { state: true },
  };

  declare graph: Graph;
  declare steps: readonly Step[];
  declare t: Translate;
  /** Nodes to highlight, because the pointer or the cursor is at their source. */
  declare lit: ReadonlySet<number>;
  declare selected: number | undefined;
  declare private scene: Scene | undefined;
  declare private step: number | undefined;
  declare private playing: boolean;
  /** The node that Tab reaches. */
  declare private current: number;

  #layouter = new Layouter();
  #viewport = new Viewport((transform) => {
    this.renderRoot.querySelector('.world')?.setAttribute('transform', transform);
  });
  #sizes = new ResizeObserver(([entry]) => {
    if (entry) this.#resize(entry.contentRect);
  });
  #panel: { width: number; height: number } | undefined;
  #direction: Layout['direction'] = 'right';
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.graph = emptyGraph;
    this.steps = [];
    this.t = translator('en');
    this.lit = new Set();
    this.playing = false;
    this.current = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#layouter.dispose();
    this.#pause();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#observe();
  }

  override firstUpdated(): void {
    this.#observe();
  }

  #observe(): void {
    const canvas = this.renderRoot.querySelector('.canvas');
    if (canvas) this.#sizes.observe(canvas);
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('graph') || changed.has('steps')) {
      this.step = undefined;
      this.#pause();
    }
    if (changed.has('graph') || changed.has('steps') || changed.has('t')) this.#arrange();
  }

  #resize({ width, height }: { width: number; height: number }): void {
    const before = this.#panel?.width;
    this.#panel = { width, height: Math.max(height, usualHeight) };
    this.#viewport.setPanel({ width, height });
    if (width !== before) this.#arrange();
  }

  #arrange(): void {
    if (!this.#panel) return; // It has no size yet.
    if (this.graph.nodes.length === 0) {
      this.scene = undefined;
      return;
    }
    const timeline = new Timeline(this.graph, this.steps);
    const boxes = this.graph.nodes.map((node) => makeBox(node, timeline, this.t));
    const places = new Map(this.graph.nodes.map((node, index) => [node.id, index]));
    const edges = this.graph.edges.flatMap((edge, index) => {
      const from = places.get(edge.from);
      const to = places.get(edge.to);
      return from === undefined || to === undefined ? [] : [{ from, to, index }];
    });
    this.#next = { timeline, boxes, edges };
    const outline = {
      sizes: boxes.map(({ width, height }) => ({ width, height })),
      edges: edges.map(({ from, to }) => ({ from, to })),
    };
    this.#direction = chooseDirection(outline, this.#panel, this.#direction);
    this.#layouter.request({ ...outline, direction: this.#direction }, (layout) => {
      if (this.#next) this.scene = { ...this.#next, layout };
    });
  }

  #next: Omit<Scene, 'layout'> | undefined;

  override updated(changed: PropertyValues): void {
    if (!changed.has('scene') || !this.scene) return;
    const { layout } = this.scene;
    this.style.setProperty('--content-height', `${Math.ceil(layout.height) + 40}px`);
    if (this.current >= layout.nodes.length) this.current = layout.nodes.length - 1;
    this.#viewport.setContent(layout, this.#root());
    this.dispatchEvent(new CustomEvent('graph-drawn'));
  }

  /** Where the backward pass begins, or the last node: what must be in view. */
  #root() {
    const { scene } = this;
    const id = this.steps.at(-1) && this.steps[0]?.node;
    const index = scene?.boxes.findIndex((box) => box.node.id === id) ?? -1;
    return scene?.layout.nodes.at(index);
  }

  override render(): TemplateResult {
    const { t, scene } = this;
    const empty = this.graph.nodes.length === 0;
    return html`<header class="head">
        <h3>${t('graph')}</h3>
        <ul class="legend">
          <li class="leaf" title=${t('legendLeaf')}>${t('kindLeaf')}</li>
          <li class="op" title=${t('legendOp')}>${t('kindOp')}</li>
          <li class="constant" title=${t('legendConstant')}>${t('kindConstant')}</li>
          <li class="back" title=${t('legendGradient')}>${t('kindGradient')}</li>
        </ul>
        <div class="zoom">
          <button
            class="icon"
            @click=${() => this.#viewport.zoom(1 / 1.3)}
            aria-label=${t('zoomOut')}
            title=${t('zoomOut')}
          >
            −
          </button>
          <button
            class="icon"
            @click=${() => this.#viewport.zoom(1.3)}
            aria-label=${t('zoomIn')}
            title=${t('zoomIn')}
          >
            +
          </button>
          <button
            class="icon fit"
            @click=${() => this.#viewport.fitAll()}
            aria-label=${t('fit')}
            title=${t('fit')}
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path
                d="M2 6V2h4v1.5H3.5V6zm8-4h4v4h-1.5V3.5H10zM2 10h1.5v2.5H6V14H2zm10.5 0H14v4h-4v-1.5h2.5z"
              ></path>
            </svg>
          </button>
        </div>
      </header>
      <div
        class="canvas"
        @wheel=${{ handleEvent: (event: WheelEvent) => this.#viewport.onWheel(event, this.#origin()), passive: false }}
        @pointerdown=${this.#onPointerDown}
        @pointermove=${this.#onPointerMove}
        @pointerup=${this.#onPointerUp}
        @pointercancel=${this.#onPointerUp}
      >
        <svg
          class="drawing"
          role="group"
          ?hidden=${empty}
          aria-label=${t('graphLabel', { count: this.graph.nodes.length })}
          @keydown=${this.#onKey}
          @click=${this.#onClick}
          @pointerover=${this.#onOver}
          @pointerleave=${() => this.#hover(undefined)}
          @focusin=${this.#onFocus}
        >
          <g class="world">${scene ? this.#drawScene(scene) : nothing}</g>
        </svg>
        ${
          empty
            ? html`<div class="empty">
                <p>${t('graphEmpty')}</p>
                <p>${t('graphEmptyHint')}</p>
              </div>`
            : nothing
        }
        ${
          this.graph.omitted > 0
            ? html`<p class="omitted">${t('graphOmitted', { count: this.graph.omitted })}</p>`
            : nothing
        }
        ${
          !empty && scene?.timeline.graph !== this.graph
            ? html`<p class="omitted">${t('graphBusy', { count: this.graph.nodes.length })}</p>`
            : nothing
        }
        ${this.#inspector(scene)}
      </div>
      ${this.steps.length > 0 && scene ? this.#stepBar(scene) : nothing}`;
  }

  #drawScene(scene: Scene) {
    const { layout, boxes, timeline, edges } = scene;
    const { step, t } = this;
    const active = step === undefined ? undefined : this.steps[step]?.node;
    const litNode = (index: number) => {
      const id = boxes[index]?.node.id;
      return id !== undefined && (this.lit.has(id) || id === this.selected);
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
            lit: this.lit.has(box.node.id),
            selected: box.node.id === this.selected,
            current: index === this.current,
            t,
          }),
      ),
    ];
  }

  #inspector(scene: Scene | undefined) {
    const node = scene?.timeline.nodes.get(this.selected ?? -1);
    if (!scene || !node) return nothing;
    const grad = scene.timeline.gradAt(node, this.step);
    const index = scene.boxes.findIndex((box) => box.node.id === node.id);
    const side = this.#viewport.inRightHalf(scene.layout.nodes[index]) ? 'left' : 'right';
    return drawInspector({ node, grad, t: this.t, side, onClose: () => this.#select(undefined) });
  }

  #stepBar(scene: Scene) {
    return drawStepBar({
      steps: this.steps,
      nodes: scene.timeline.nodes,
      step: this.step,
      playing: this.playing,
      t: this.t,
      onStep: (step) => {
        this.#pause();
        this.#goTo(step);
      },
      onPlay: () => (this.playing ? this.#pause() : this.#play()),
    });
  }

  #goTo(step: number | undefined): void {
    this.step = step === undefined ? undefined : Math.max(0, Math.min(this.steps.length - 1, step));
    const node = this.step === undefined ? undefined : this.steps[this.step]?.node;
    const index = this.scene?.boxes.findIndex((box) => box.node.id === node) ?? -1;
    if (index >= 0) this.#reveal(index);
  }

  #play(): void {
    this.playing = true;
    this.#goTo(this.step === undefined || this.step >= this.steps.length - 1 ? 0 : this.step + 1);
    this.#timer = setInterval(() => {
      if (this.step === undefined || this.step >= this.steps.length - 1) this.#pause();
      else this.#goTo(this.step + 1);
    }, playMilliseconds);
  }

  #pause(): void {
    clearInterval(this.#timer);
    this.playing = false;
  }

  #origin(): DOMRect {
    const canvas = this.renderRoot.querySelector('.canvas');
    return canvas ? canvas.getBoundingClientRect() : new DOMRect();
  }

  #onPointerDown = (event: PointerEvent): void => {
    const overlay = event.target instanceof Element && event.target.closest('.inspector');
    if (!overlay) this.#viewport.onPointerDown(event);
  };

  #onPointerMove = (event: PointerEvent): void => {
    if (this.#viewport.onPointerMove(event, this.#origin())) this.toggleAttribute('dragging', true);
  };

  #onPointerUp = (event: PointerEvent): void => {
    this.#viewport.onPointerUp(event);
    // The click that ends a drag must not select.
    setTimeout(() => this.removeAttribute('dragging'));
  };

  #nodeOf(event: Event): number | undefined {
    const target = event.target instanceof Element ? event.target.closest('[data-node]') : null;
    const id = target?.getAttribute('data-node');
    return id == null ? undefined : Number(id);
  }

  #onOver = (event: PointerEvent): void => this.#hover(this.#nodeOf(event));

  #onClick = (event: MouseEvent): void => {
    if (this.hasAttribute('dragging')) return;
    const id = this.#nodeOf(event);
    this.#select(id === this.selected ? undefined : id);
    const index = this.scene?.boxes.findIndex((box) => box.node.id === id) ?? -1;
    if (index >= 0) this.current = index;
  };

  #onFocus = (event: FocusEvent): void => this.#hover(this.#nodeOf(event));

  #onKey = (event: KeyboardEvent): void => {
    const { scene } = this;
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isArrow(event.key)) {
      const next = neighbour(scene.layout, scene.edges, this.current, event.key);
      if (next !== undefined) void this.#focusNode(next);
    } else if (event.key === 'Home' || event.key === 'End') {
      void this.#focusNode(event.key === 'Home' ? 0 : scene.boxes.length - 1);
    } else if (event.key === 'Enter' || event.key === ' ') {
      const id = this.#nodeOf(event);
      this.#select(id === this.selected ? undefined : id);
    } else if (event.key === 'Escape' && this.selected !== undefined) {
      this.#select(undefined);
    } else if (event.key === '+' || event.key === '=') {
      this.#viewport.zoom(1.3);
    } else if (event.key === '-') {
      this.#viewport.zoom(1 / 1.3);
    } else if (event.key === '0') {
      this.#viewport.fitAll();
    } else {
      return;
    }
    event.preventDefault();
  };

  async #focusNode(index: number): Promise<void> {
    this.current = index;
    await this.updateComplete;
    const id = this.scene?.boxes[index]?.node.id;
    const target = this.renderRoot.querySelector(`[data-node="${id}"]`);
    if (target instanceof SVGElement) target.focus({ preventScroll: true });
    this.#reveal(index);
  }

  #reveal(index: number): void {
    const at = this.scene?.layout.nodes[index];
    const box = this.scene?.boxes[index];
    if (at && box) this.#viewport.reveal({ ...at, width: box.width, height: box.height });
  }

  #hover(id: number | undefined): void {
    this.dispatchEvent(new CustomEvent('node-hover', { detail: id }));
  }

  #select(id: number | undefined): void {
    this.dispatchEvent(new CustomEvent('node-select', { detail: id }));
  }
}

customElements.define('gp-graph', GpGraph);
