// The panels, one line each. A new one is a line here and a file that exports it (see
// panels/panel.ts); the attribute `view` and the layout follow.

export { output } from '../panels/gp-output.js';
export { graph } from '../graph/gp-graph.js';
export { variables } from '../panels/gp-variables.js';
export { plot } from '../panels/plot.js';
