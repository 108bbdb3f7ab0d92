// The mark of a run's error, at its place in the program.

import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { RunError, Span } from '../../../wasm/js/types.js';
import { hintText, type Translate } from '../i18n/index.js';
import { type Range, spanRange } from './spans.js';

/** Nothing, where the error has no place in the program. */
export function diagnosticsOf(error: RunError | undefined, doc: Text, t: Translate): Diagnostic[] {
  if (!error?.span) return [];
  const hint = error.hint ? `\n${hintText(t, error.hint)}` : '';
  const message = `${error.type}: ${error.message}${hint}`;
  return [{ ...errorRange(doc, error.span), severity: 'error', message }];
}

/** An error at the end of a line, or of the file, needs something to stand on. */
export function errorRange(doc: Text, span: Span): Range {
  const { from, to } = spanRange(doc, span);
  if (from < to) return { from, to };
  const line = doc.lineAt(from);
  if (to < line.to) return { from, to: to + 1 };
  return { from: Math.max(line.from, from - 1), to };
}
