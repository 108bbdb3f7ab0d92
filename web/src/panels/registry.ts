// The panels, one line each, in the order in which they stand. A new one is a line here and a file
// that calls definePanel (see panel.ts); the attribute `view` and the layout follow.

import './gp-output.js';
import '../graph/gp-graph.js';
import './gp-variables.js';
import './plot.js';

export { panels } from './panel.js';
