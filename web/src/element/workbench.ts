// What the element needs once it comes into view: the editor and the panels. Loaded on its own, so
// that an article with many programs pays for it only when the reader gets to the first.

import type { Panel } from '../panels/panel.js';
import * as registry from './panels.js';

export { Editor } from '../editor/editor.js';
export const panels: readonly Panel[] = Object.values(registry).sort((a, b) => a.place - b.place);
