// The plot of the lists of numbers that a program has collected, such as losses. What draws it is
// loaded only when there is one.

import { html, nothing } from 'lit';
import type { VariableInfo } from '../../../wasm/js/types.js';
import type { Panel } from './panel.js';

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

export const plot: Panel = {
  view: 'plot',
  place: 40,
  draw: ({ t, theme, result }) => {
    const variables = result?.variables ?? [];
    if (plottable(variables).length === 0) return nothing;
    void import('./gp-plot.js');
    return html`<gp-plot class="panel" .t=${t} .variables=${variables} .theme=${theme}></gp-plot>`;
  },
};
