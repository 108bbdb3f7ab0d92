// Which panels a view shows and on which of the element's two sides they stand: what comes before
// the graph stands with the program, the graph and what comes after it on the other side.

import type { Panel } from '../panels/panel.js';

/** The word of the attribute `view` for the program itself; the panels have their own. */
const program = 'code';
const beside = 'graph';

export interface Sides {
  /** Whether the program is shown. */
  code: boolean;
  first: readonly Panel[];
  second: readonly Panel[];
  /** Whether both sides have something to show, and stand side by side where there is room. */
  two: boolean;
}

/** The words that `view` knows. */
export function viewsOf(panels: readonly Panel[]): string[] {
  return [...new Set([program, ...panels.map(({ view }) => view)])];
}

/** Everything, where no word is known; while the panels are not there yet, all words may be. */
export function arrange(words: readonly string[], panels?: readonly Panel[]): Sides {
  const known = panels && viewsOf(panels);
  const all = words.length === 0 || (known && !words.some((word) => known.includes(word)));
  const shown = (view: string) => all === true || words.includes(view);
  const code = shown(program);
  if (!panels) return { code, first: [], second: [], two: code && shown(beside) };
  const chosen = panels.filter(({ view }) => shown(view));
  const graph = chosen.findIndex(({ view }) => view === beside);
  const first = graph < 0 ? chosen : chosen.slice(0, graph);
  const second = graph < 0 ? [] : chosen.slice(graph);
  return { code, first, second, two: second.length > 0 && (code || first.length > 0) };
}
