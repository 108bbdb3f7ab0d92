// Highlights stretches of the program, and turns the engine's spans into the editor's offsets.

import { StateEffect, StateField, type Text } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import type { Span } from '../../../wasm/js/types.js';

export interface Range {
  from: number;
  to: number;
}

/** The offsets of a span, kept within the document: it may have changed since the run. */
export function spanRange(doc: Text, span: Span): Range {
  const offset = (line: number, column: number) => {
    const found = doc.line(Math.max(1, Math.min(doc.lines, line)));
    return Math.min(found.to, found.from + Math.max(0, column));
  };
  const from = offset(span.line, span.column);
  return { from, to: Math.max(from, offset(span.endLine, span.endColumn)) };
}

export const highlightSpans = StateEffect.define<readonly Range[]>();

const mark = Decoration.mark({ class: 'gp-span' });

export const spanHighlighter = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(highlightSpans)) continue;
      const ranges = effect.value.filter(({ from, to }) => from < to);
      next = Decoration.set(
        ranges.map(({ from, to }) => mark.range(from, to)),
        true,
      );
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
