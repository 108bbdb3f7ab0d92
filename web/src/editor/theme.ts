// The editor's look, all in the element's own colours, so that it follows the theme without being
// configured anew.

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--gp-ink)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--gp-mono)', fontSize: '14px', lineHeight: '1.65' },
  '.cm-content': { padding: '8px 0 16px', caretColor: 'var(--gp-ink)' },
  '.cm-line': { padding: '0 16px 0 6px' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--gp-muted)',
    border: 'none',
    fontSize: '12px',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '34px', padding: '0 8px 0 0' },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'var(--gp-sunken)' },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--gp-ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--gp-ink)', borderLeftWidth: '2px' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground':
    { backgroundColor: 'color-mix(in srgb, var(--gp-op) 22%, transparent)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in srgb, var(--gp-op) 18%, transparent)',
    outline: 'none',
  },
  '.cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'var(--gp-error-soft)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--gp-line-strong)',
    borderRadius: '8px',
    backgroundColor: 'var(--gp-raised)',
    color: 'var(--gp-ink)',
    boxShadow: '0 6px 24px rgb(0 0 0 / 12%)',
    overflow: 'hidden',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--gp-error) 1.2px',
    textUnderlineOffset: '4px',
    backgroundColor: 'var(--gp-error-soft)',
  },
  '.cm-lint-marker-error': { content: 'none' },
  '.cm-lint-marker': {
    width: '8px',
    height: '8px',
    margin: '7px 0 0 4px',
    borderRadius: '50%',
    backgroundColor: 'var(--gp-error)',
  },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-diagnostic': { padding: '8px 12px', fontFamily: 'var(--gp-mono)', maxWidth: '60ch' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--gp-error)' },
  '.cm-panels': { backgroundColor: 'var(--gp-sunken)', color: 'var(--gp-ink)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.self], color: 'var(--gp-op)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--gp-leaf)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--gp-number)' },
  { tag: tags.comment, color: 'var(--gp-muted)', fontStyle: 'italic' },
  {
    tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)],
    fontWeight: '600',
  },
  { tag: [tags.operator, tags.punctuation], color: 'var(--gp-muted)' },
]);

export const editorTheme: Extension = [look, syntaxHighlighting(colours)];
