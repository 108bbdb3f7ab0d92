// Where the engine's spans lie in the editor's text, and what stands to be marked as an error.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EditorState } from '@codemirror/state';
import { load } from '../typescript.mjs';

const { spanRange } = await load('editor/spans.ts');
const { diagnosticsOf, errorRange } = await load('editor/errors.ts');
const { translator } = await load('i18n/index.ts');

const { doc } = EditorState.create({ doc: 'x = 1\n\ny = “x”\n' });
const span = (line, column, endLine, endColumn) => ({ line, column, endLine, endColumn });
const at = ({ from, to }) => [from, to, doc.sliceString(from, to)];

describe('a span', () => {
  test('of one line and of several', () => {
    assert.deepEqual(at(spanRange(doc, span(1, 4, 1, 5))), [4, 5, '1']);
    assert.deepEqual(at(spanRange(doc, span(1, 4, 3, 1))), [4, 8, '1\n\ny']);
  });

  test('that the text no longer has is kept within it', () => {
    assert.deepEqual(at(spanRange(doc, span(1, 0, 1, 99))), [0, 5, 'x = 1']);
    assert.deepEqual(at(spanRange(doc, span(99, 3, 100, 1))), [15, 15, '']);
    assert.deepEqual(at(spanRange(doc, span(0, -1, 0, 1))), [0, 1, 'x']);
    assert.deepEqual(at(spanRange(doc, span(3, 2, 1, 0))), [9, 9, '']);
  });
});

describe('an error', () => {
  test('has something to stand on, except on an empty line', () => {
    assert.deepEqual(at(errorRange(doc, span(1, 2, 1, 2))), [2, 3, '=']);
    assert.deepEqual(at(errorRange(doc, span(1, 5, 1, 5))), [4, 5, '1']);
    assert.deepEqual(at(errorRange(doc, span(2, 0, 2, 0))), [6, 6, '']);
  });

  test('reads as Python says it, with its hint in the language of the page', () => {
    const error = {
      type: 'NameError',
      message: "name 'y' is not defined",
      traceback: '',
      span: span(3, 0, 3, 1),
      hint: { id: 'did_you_mean', name: 'x', text: '' },
    };
    const [mark] = diagnosticsOf(error, doc, translator('zh'));
    assert.match(mark.message, /^NameError: name 'y' is not defined\n提示：.*x/);
    assert.deepEqual([mark.from, mark.severity], [7, 'error']);
    assert.deepEqual(diagnosticsOf({ ...error, span: undefined }, doc, translator('en')), []);
    assert.deepEqual(diagnosticsOf(undefined, doc, translator('en')), []);
  });
});
