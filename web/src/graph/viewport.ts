// Zoom and pan of the drawing: drag, pinch, Ctrl+wheel. A plain wheel or a vertical swipe is left to
// the page, since the graph may stand in the middle of an article. The transform goes straight to the
// SVG group, so that moving the drawing renders nothing anew.

export interface Size {
  width: number;
  height: number;
}

const margin = 20;
const largest = 3;
const smallest = 0.05;
/** A graph is fitted no larger than life, and no smaller than can be read; beyond that one pans. */
const fitLargest = 1.2;
const fitReadable = 0.72;

export class Viewport {
  #x = 0;
  #y = 0;
  #scale = 1;
  #panel: Size = { width: 0, height: 0 };
  #content: Size = { width: 0, height: 0 };
  #focus: { x: number; y: number } | undefined;
  #moved = false;
  #pointers = new Map<number, { x: number; y: number }>();

  constructor(private readonly apply: (transform: string) => void) {}

  /** Shows new content; unless the person has moved the drawing, it is fitted to the panel. */
  setContent(content: Size, focus: { x: number; y: number } | undefined): void {
    this.#content = content;
    this.#focus = focus;
    if (!this.#moved) this.#fit(fitReadable);
  }

  setPanel(panel: Size): void {
    this.#panel = panel;
    if (!this.#moved) this.#fit(fitReadable);
  }

  fitAll(): void {
    this.#moved = false;
    this.#fit(smallest);
  }

  zoom(factor: number, at = { x: this.#panel.width / 2, y: this.#panel.height / 2 }): void {
    const scale = Math.min(largest, Math.max(smallest, this.#scale * factor));
    const ratio = scale / this.#scale;
    this.#moved = true;
    this.#set(at.x - (at.x - this.#x) * ratio, at.y - (at.y - this.#y) * ratio, scale);
  }

  /** Moves as little as brings a box of the content into view. */
  reveal(box: { x: number; y: number; width: number; height: number }): void {
    const left = this.#x + (box.x - box.width / 2) * this.#scale;
    const top = this.#y + (box.y - box.height / 2) * this.#scale;
    const dx = shiftInto(left, left + box.width * this.#scale, this.#panel.width);
    const dy = shiftInto(top, top + box.height * this.#scale, this.#panel.height);
    if (dx !== 0 || dy !== 0) this.#set(this.#x + dx, this.#y + dy, this.#scale);
  }

  inRightHalf(point: { x: number; y: number } | undefined): boolean {
    return point !== undefined && this.#x + point.x * this.#scale > this.#panel.width / 2;
  }

  onWheel(event: WheelEvent, origin: DOMRect): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = { x: event.clientX - origin.left, y: event.clientY - origin.top };
    this.zoom(Math.exp(-event.deltaY * 0.003), at);
  }

  onPointerDown(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  /** Whether the pointer is dragging the drawing. */
  onPointerMove(event: PointerEvent, origin: DOMRect): boolean {
    const before = this.#pointers.get(event.pointerId);
    if (!before) return false;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.#pointers.set(event.pointerId, now);
    if (other) {
      const centre = {
        x: (now.x + other.x) / 2 - origin.left,
        y: (now.y + other.y) / 2 - origin.top,
      };
      const span = (point: { x: number; y: number }) =>
        Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
      this.zoom(span(now) / span(before), centre);
    } else {
      this.#moved = true;
      this.#set(this.#x + now.x - before.x, this.#y + now.y - before.y, this.#scale);
    }
    return true;
  }

  onPointerUp(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
  }

  #fit(least: number): void {
    const { width, height } = this.#content;
    if (width === 0 || this.#panel.width === 0) return;
    const room = {
      width: Math.max(1, this.#panel.width - 2 * margin),
      height: Math.max(1, this.#panel.height - 2 * margin),
    };
    const whole = Math.min(room.width / width, room.height / height);
    const scale = Math.min(fitLargest, Math.max(least, whole));
    // Centred along each axis that fits; otherwise the focus (the result) is in view.
    const place = (panel: number, content: number, focus: number) =>
      content * scale + 2 * margin <= panel + 1
        ? (panel - content * scale) / 2
        : Math.min(margin, Math.max(panel - margin - content * scale, panel / 2 - focus * scale));
    this.#set(
      place(this.#panel.width, width, this.#focus?.x ?? 0),
      place(this.#panel.height, height, this.#focus?.y ?? 0),
      scale,
    );
  }

  #set(x: number, y: number, scale: number): void {
    this.#x = x;
    this.#y = y;
    this.#scale = scale;
    this.apply(`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})`);
  }
}

function shiftInto(start: number, end: number, room: number): number {
  if (start < margin) return margin - start;
  if (end > room - margin) return Math.max(room - margin - end, margin - start);
  return 0;
}
