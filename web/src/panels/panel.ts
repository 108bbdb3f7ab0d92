// What a panel is: it draws a part of what a run made, and sends back what the person points at. Most
// draw an element of their own, which stands in the same file.

import type { nothing, TemplateResult } from 'lit';
import type { RunError, RunResult, Span } from '../../../wasm/js/types.js';
import type { Translate } from '../i18n/index.js';
import type { Theme } from '../styles/theme.js';
import type { OutputChunk } from './output-log.js';

/** What a panel is given at each drawing. */
export interface PanelContext {
  t: Translate;
  theme: Theme;
  /** What the last run that ended by itself gave. */
  result: RunResult | undefined;
  /** What the last run printed, or the running one has printed so far. */
  chunks: readonly OutputChunk[];
  /** How many characters it printed beyond. */
  cut: number;
  /** The error that ended the last run, unless another one is on its way. */
  error: RunError | undefined;
  /** What the page itself has to say: stopped, broken down, not loaded. */
  note: string;
  /** The nodes to highlight: they, or their source, are pointed at. */
  lit: ReadonlySet<number>;
  selected: number | undefined;
  /** The pointer is at these nodes; a span is given where there may be no node. */
  hover(nodes: readonly number[], span?: Span): void;
  select(node: number | undefined): void;
  goToLine(line: number): void;
}

export interface Panel {
  /** The word of the element's attribute `view` that shows it. */
  view: string;
  /** Its place among the panels: lower numbers come first. */
  place: number;
  /** Draws the panel, or nothing while it has nothing to show. Its element has the class "panel". */
  draw(context: PanelContext): TemplateResult | typeof nothing;
}
