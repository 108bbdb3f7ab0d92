// The panels, one line each. A new one is a line here and a file that exports it (see panel.ts); the
// attribute `view` and the layout follow.

export { output } from './gp-output.js';
export { graph } from '../graph/gp-graph.js';
export { variables } from './gp-variables.js';
export { plot } from './plot.js';
