// Short forms of what a result holds, for places with little room. The long form is always the
// engine's own text; nothing is computed here.

import type { Preview } from '../../wasm/js/types.js';

/** The data of a printed tensor: without "tensor(" and what follows the data. */
export function dataText(text: string): string {
  const match =
    /^tensor\(([\s\S]*?)((?:,\s*(?:dtype|grad_fn|requires_grad|size|device)=[^=]*)*)\)$/.exec(
      text.trim(),
    );
  // Lines after the first are indented by the width of "tensor(".
  return match?.[1] === undefined ? text : match[1].replace(/\n {7}/g, '\n');
}

/** A number in little room: four significant digits; a whole float ends in a point, as in PyTorch. */
export function numberText(value: number, dtype = ''): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e6) {
    return dtype.includes('float') ? `${value}.` : String(value);
  }
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e5 ? String(Number(value.toPrecision(4))) : value.toExponential(2);
}

/**
 * The data on one line, nested as the tensor is, with "…" for what does not fit into `room`
 * characters.
 */
export function shortData(preview: Preview, room: number): string {
  const whole = dataText(preview.text);
  if (!whole.includes('\n') && whole.length <= room) return whole;
  const total = elementCount(preview.shape);
  // Of more numbers than a line can hold none but the first matter.
  let count = Math.min(preview.values.length, total, Math.ceil(room / 3));
  for (; count > 0; count--) {
    const text = nested(preview, count);
    if (text.length <= room) return text;
  }
  return '[…]';
}

/** The first `count` elements in their brackets, with "…" where others follow. */
function nested({ shape, values, dtype }: Preview, count: number): string {
  const list = (dim: number, from: number): string => {
    if (dim === shape.length) return numberText(values[from] ?? NaN, dtype);
    const size = shape[dim] ?? 0;
    const stride = elementCount(shape.slice(dim + 1));
    const items: string[] = [];
    for (let i = 0; i < size; i++) {
      const start = from + i * stride;
      if (start >= count) {
        items.push('…');
        break;
      }
      items.push(list(dim + 1, start));
    }
    return `[${items.join(', ')}]`;
  };
  return list(0, 0);
}

/** One line of any text, cut to `room` characters. */
export function shortText(text: string, room: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ');
  return line.length <= room ? line : `${line.slice(0, room - 1)}…`;
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A duration with the unit that suits it. */
export function durationText(seconds: number): string {
  if (seconds < 1e-3) return `${Math.max(1, Math.round(seconds * 1e6))} µs`;
  if (seconds < 1) return `${Number((seconds * 1e3).toPrecision(3))} ms`;
  return `${Number(seconds.toPrecision(3))} s`;
}

/** So many bytes, in the unit that suits them. */
export function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['KB', 1e3],
  ] as const) {
    if (bytes >= size) return `${Number((bytes / size).toPrecision(3))} ${unit}`;
  }
  return `${bytes} B`;
}
