// Finds what there is to plot: the lists of numbers that a program has collected, such as losses.

import type { VariableInfo } from '../../../wasm/js/types.js';

export interface Series {
  name: string;
  values: readonly number[];
}

const seriesLimit = 6;

export function plottable(variables: readonly VariableInfo[]): Series[] {
  return variables
    .flatMap(({ name, type, numbers }) =>
      type === 'list' && numbers && numbers.length >= 2 ? [{ name, values: numbers }] : [],
    )
    .slice(0, seriesLimit);
}
