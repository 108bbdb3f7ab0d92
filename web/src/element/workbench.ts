// What the element needs once it comes into view: the editor and the panels. Loaded on its own, so
// that an article with many programs pays for it only when the reader gets to the first.

export { Editor } from '../editor/editor.js';
export { panels } from '../panels/registry.js';
