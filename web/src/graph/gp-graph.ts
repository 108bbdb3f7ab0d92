// The computation graph: the engine's own record of the run, laid out, with the value and the
// gradient in each node, and the backward pass to walk through.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { BackwardPass, Graph, Step } from '../../../wasm/js/types.js';
import { type Translate, translator } from '../i18n/index.js';
import type { Panel } from '../panels/panel.js';
import { baseStyles, sheet } from '../styles/sheets.js';
import graphCss from './gp-graph.css?text';
import { drawHead, zoomStep } from './head.js';
import { drawInspector } from './inspector.js';
import type { Layout } from './layout.js';
import { Layouter } from './layouter.js';
import { isArrow, neighbour } from './navigate.js';
import { StepPlayer } from './player.js';
import { chooseDirection } from './ranks.js';
import { type Content, contentOf, drawScene, indexOf, outlineOf, type Scene } from './scene.js';
import { drawStepBar } from './step-bar.js';
import { Viewport } from './viewport.js';

/** A panel that grows with its content has at least this much to grow into. */
const usualHeight = 360;
const noGraph: Graph = { nodes: [], edges: [], omitted: 0 };
const noSteps: readonly Step[] = [];
const noPasses: readonly BackwardPass[] = [];

/** The performance mark of the first drawing that holds a gradient. */
const firstGradient = 'gradpad-first-gradient';

export class GpGraph extends LitElement {
  static override styles = [baseStyles, sheet(graphCss)];
  static override properties = {
    graph: { attribute: false },
    backwards: { attribute: false },
    forgotten: { attribute: false },
    pass: { state: true },
    t: { attribute: false },
    lit: { attribute: false },
    selected: { attribute: false },
    scene: { state: true },
    current: { state: true },
  };

  declare graph: Graph;
  declare backwards: readonly BackwardPass[];
  /** How many backward passes there were before those. */
  declare forgotten: number;
  /** Which of them is looked at. */
  declare private pass: number;
  declare t: Translate;
  /** Nodes to highlight, because the pointer or the cursor is at their source. */
  declare lit: ReadonlySet<number>;
  declare selected: number | undefined;
  /** What is drawn; a new graph replaces it when its layout is there. */
  declare private scene: Scene | undefined;
  /** The node that Tab reaches. */
  declare private current: number;

  #player = new StepPlayer(this, (step) => {
    if (step !== undefined)
      this.#reveal(indexOf(this.scene, this.scene?.timeline.steps[step]?.node));
  });
  #layouter = new Layouter();
  #viewport = new Viewport((transform) => {
    this.renderRoot.querySelector('.world')?.setAttribute('transform', transform);
  });
  #sizes = new ResizeObserver(([entry]) => {
    if (entry) this.#resize(entry.contentRect);
  });
  #panel: { width: number; height: number } | undefined;
  #direction: Layout['direction'] = 'right';
  /** What is shown when its layout is there. */
  #content: Content | undefined;

  constructor() {
    super();
    this.graph = noGraph;
    this.backwards = noPasses;
    this.forgotten = 0;
    this.pass = 0;
    this.t = translator('en');
    this.lit = new Set();
    this.current = 0;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes.disconnect();
    this.#layouter.dispose();
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
    if (changed.has('backwards')) this.pass = Math.max(0, this.backwards.length - 1);
    const shown = ['graph', 'backwards', 'pass', 't'] as const;
    if (shown.some((name) => changed.has(name as keyof GpGraph))) this.#arrange();
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
      this.#show(undefined);
      return;
    }
    const content = contentOf(this.graph, this.backwards, this.pass, this.t);
    const outline = outlineOf(content);
    this.#content = content;
    this.#direction = chooseDirection(outline, this.#panel, this.#direction);
    this.#layouter.request({ ...outline, direction: this.#direction }, (layout) => {
      if (this.#content) this.#show({ ...this.#content, layout });
    });
  }

  #show(scene: Scene | undefined): void {
    const steps = scene?.timeline.steps ?? noSteps;
    if (steps !== this.scene?.timeline.steps) this.#player.reset(steps.length);
    this.scene = scene;
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('scene') || !this.scene) return;
    const { layout } = this.scene;
    this.style.setProperty('--content-height', `${Math.ceil(layout.height) + 40}px`);
    if (this.current >= layout.nodes.length) this.current = layout.nodes.length - 1;
    this.#viewport.setContent(layout, this.#root());
    this.dispatchEvent(new CustomEvent('graph-drawn', { bubbles: true, composed: true }));
    if (
      this.scene.timeline.steps.length > 0 &&
      performance.getEntriesByName(firstGradient).length === 0
    )
      performance.mark(firstGradient);
  }

  /** Where the backward pass begins, or the last node: what must be in view. */
  #root() {
    const { scene } = this;
    return scene?.layout.nodes.at(indexOf(scene, scene.timeline.steps[0]?.node) ?? -1);
  }

  override render(): TemplateResult {
    const { t, scene } = this;
    const empty = this.graph.nodes.length === 0;
    return html`${drawHead(t, { by: (factor) => this.#viewport.zoom(factor), fit: () => this.#viewport.fitAll() })}
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
          <g class="world">${scene ? drawScene(scene, this.#sceneState()) : nothing}</g>
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
      ${
        scene && (scene.timeline.steps.length > 0 || this.backwards.length > 1)
          ? this.#stepBar(scene)
          : nothing
      }`;
  }

  #sceneState() {
    const { lit, selected, current, t } = this;
    return { step: this.#player.step, lit, selected, current, t };
  }

  #inspector(scene: Scene | undefined) {
    const node = scene?.timeline.nodes.get(this.selected ?? -1);
    if (!scene || !node) return nothing;
    const grad = scene.timeline.gradAt(node, this.#player.step);
    const at = scene.layout.nodes[indexOf(scene, node.id) ?? -1];
    const side = this.#viewport.inRightHalf(at) ? 'left' : 'right';
    return drawInspector({
      node,
      grad,
      stepping: this.#player.step !== undefined,
      t: this.t,
      side,
      onClose: () => this.#select(undefined),
    });
  }

  #stepBar({ timeline }: Scene) {
    const player = this.#player;
    return drawStepBar({
      passes: this.backwards,
      pass: this.pass,
      forgotten: this.forgotten,
      nodes: timeline.nodes,
      step: player.step,
      playing: player.playing,
      t: this.t,
      onPass: (pass) => {
        this.pass = pass;
      },
      onStep: (step) => {
        player.pause();
        player.goTo(step);
      },
      onPlay: () => (player.playing ? player.pause() : player.play()),
    });
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
    this.current = indexOf(this.scene, id) ?? this.current;
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
      this.#viewport.zoom(zoomStep);
    } else if (event.key === '-') {
      this.#viewport.zoom(1 / zoomStep);
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

  #reveal(index: number | undefined): void {
    const at = this.scene?.layout.nodes[index ?? -1];
    const box = this.scene?.boxes[index ?? -1];
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

export const graph: Panel = {
  view: 'graph',
  place: 20,
  draw: ({ t, result, lit, selected, hover, select }) => {
    const onHover = ({ detail }: CustomEvent<number | undefined>) =>
      hover(detail === undefined ? [] : [detail]);
    return html`<gp-graph
      class="panel"
      .t=${t}
      .graph=${result?.graph ?? noGraph}
      .backwards=${result?.backwards ?? noPasses}
      .forgotten=${result?.forgottenBackwards ?? 0}
      .lit=${lit}
      .selected=${selected}
      @node-hover=${onHover}
      @node-select=${(event: CustomEvent<number | undefined>) => select(event.detail)}
    ></gp-graph>`;
  },
};
