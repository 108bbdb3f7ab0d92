// What the element needs once it comes into view: the editor and the panels. Loaded on its own, so
// that an article with many programs pays for it only when the reader gets to the first.

import '../graph/gp-graph.js';
import '../panels/gp-output.js';
import '../panels/gp-variables.js';

export { Editor } from '../editor/editor.js';
export type { GpGraph } from '../graph/gp-graph.js';
