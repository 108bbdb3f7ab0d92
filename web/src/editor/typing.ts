// Typing over a selection. Chromium replaces a selection by text in the selection's style, which it
// writes as an inline style; a strict Content-Security-Policy reports that at every such key.

import { EditorView } from '@codemirror/view';

export const typingOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const text = event.data ?? '';
    if (event.inputType !== 'insertText' || main.empty || text === '' || event.isComposing) {
      return false;
    }
    const insert = () =>
      view.state.update(view.state.replaceSelection(text), {
        userEvent: 'input.type',
        scrollIntoView: true,
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, text, insert))) {
      view.dispatch(insert());
    }
    return true;
  },
});
