// Finds what there is to plot: the lists of numbers that a program has collected, such as losses.

import type { VariableInfo } from '../../../wasm/js/types.js';

export interface Series {
  name: string;
  values: number[];
}

const number = /^-?(?:\d+\.?\d*(?:e[-+]?\d+)?|inf|nan)$/i;
const seriesLimit = 6;

export function plottable(variables: readonly VariableInfo[]): Series[] {
  const found: Series[] = [];
  for (const { name, type, text } of variables) {
    if (type !== 'list' || !text.startsWith('[')) continue;
    const values = parseNumbers(text);
    if (values.length >= 2) found.push({ name, values });
    if (found.length === seriesLimit) break;
  }
  return found;
}

/** The numbers of a list's repr; none if it holds anything else. A cut end ("...") is left off. */
function parseNumbers(text: string): number[] {
  const values: number[] = [];
  for (const raw of text.replace(/^\[|\]$/g, '').split(',')) {
    const part = raw.trim();
    if (part === '...' || part === '…' || part === '') break;
    if (!number.test(part)) return [];
    const value = Number(part);
    values.push(Number.isNaN(value) ? Number.NaN : value);
  }
  return values;
}
