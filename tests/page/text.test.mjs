// Short forms of numbers, tensors and durations, and the texts in both languages.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { load } from '../typescript.mjs';
import { preview } from './results.mjs';

const format = await load('format.ts');
const { editorPhrases, hintText, languages, pickLanguage, translator } =
  await load('i18n/index.ts');
const { plottable } = await load('panels/plot.ts');

describe('the data of a printed tensor', () => {
  for (const [text, data] of [
    ['tensor([1., 2.])', '[1., 2.]'],
    ['tensor(3.)', '3.'],
    ['tensor([1], dtype=torch.int32)', '[1]'],
    ['tensor([2.], requires_grad=True)', '[2.]'],
    ['tensor([4.], grad_fn=<PowBackward0>)', '[4.]'],
    ['tensor([], size=(0, 3), dtype=torch.int64)', '[]'],
    ['tensor([[1., 2.],\n        [3., 4.]])', '[[1., 2.],\n [3., 4.]]'],
    ['something else', 'something else'],
  ]) {
    test(text.replaceAll('\n', ' '), () => assert.equal(format.dataText(text), data));
  }
});

describe('a number in little room', () => {
  for (const [value, dtype, text] of [
    [3, '', '3'],
    [3, 'torch.float32', '3.'],
    [-0.5, 'torch.float32', '-0.5'],
    [1 / 3, 'torch.float32', '0.3333'],
    [123456.789, 'torch.float32', '1.23e+5'],
    [1e6, 'torch.float32', '1.00e+6'],
    [1e-4, 'torch.float32', '1.00e-4'],
    [NaN, 'torch.float32', 'nan'],
    [-Infinity, 'torch.float32', '-inf'],
  ]) {
    test(text, () => assert.equal(format.numberText(value, dtype), text));
  }
});

describe('data on one line', () => {
  test('whole where it fits, else the first elements', () => {
    assert.equal(format.shortData(preview([1, 2, 3]), 20), '[1., 2., 3.]');
    assert.equal(format.shortData(preview([1, 2, 3, 4, 5, 6, 7, 8]), 20), '[1., 2., 3., 4., …]');
    assert.equal(format.shortData({ ...preview([]), text: 'tensor([\n])' }, 20), '[…]');
    const matrix = {
      ...preview([1, 2, 3, 4], [2, 2]),
      text: 'tensor([[1., 2.],\n        [3., 4.]])',
    };
    assert.equal(format.shortData(matrix, 20), '[[1., 2.], [3., 4.]]');
    assert.equal(format.shortData(matrix, 19), '[[1., 2.], [3., …]]');
    assert.equal(format.shortData(matrix, 16), '[[1., 2.], …]');
    const wide = {
      ...preview(
        Array.from({ length: 64 }, (_, i) => i),
        [3, 100],
      ),
      text: '\n',
    };
    assert.equal(format.shortData(wide, 24), '[[0., 1., 2., 3., …], …]');
  });

  test('never wider than its room', () => {
    const values = Array.from({ length: 64 }, (_, place) => place * 1.2345e-7);
    for (let room = 5; room < 60; room++)
      assert.ok(format.shortData(preview(values), room).length <= room, `room ${room}`);
  });

  test('of any text, cut', () => {
    assert.equal(format.shortText('one\n  two', 20), 'one two');
    assert.equal(format.shortText('abcdef', 4), 'abc…');
  });
});

describe('shapes and durations', () => {
  test('as one writes them', () => {
    assert.equal(format.shapeText([2, 3]), '[2, 3]');
    assert.deepEqual([format.elementCount([2, 3]), format.elementCount([])], [6, 1]);
    assert.deepEqual([0, 4.2e-5, 0.0356, 0.9999, 2, 61.234].map(format.durationText), [
      '1 µs',
      '42 µs',
      '35.6 ms',
      '1000 ms',
      '2 s',
      '61.2 s',
    ]);
    assert.deepEqual([12, 1500, 299.2e6, 4294967296].map(format.sizeText), [
      '12 B',
      '1.5 KB',
      '299 MB',
      '4.29 GB',
    ]);
  });
});

describe('what is plotted', () => {
  const list = (name, numbers, type = 'list') => ({ name, type, text: '', numbers });

  test('lists of two numbers and more, the first six of them', () => {
    assert.deepEqual(plottable([list('a', [1, 2]), list('b', [1]), { name: 'c', type: 'list' }]), [
      { name: 'a', values: [1, 2] },
    ]);
    assert.deepEqual(plottable([list('a', [1, 2], 'tuple')]), []);
    const many = Array.from({ length: 9 }, (_, place) => list(`l${place}`, [1, 2]));
    assert.equal(plottable(many).length, 6);
  });
});

describe('languages', () => {
  test('the first that there is, else English', () => {
    assert.equal(pickLanguage('zh-CN'), 'zh');
    assert.equal(pickLanguage('ZH', 'en'), 'zh');
    assert.equal(pickLanguage('fr', null, undefined, 'zh-TW'), 'zh');
    assert.equal(pickLanguage(), 'en');
  });

  test('a translator fills in what it is given and is one for its language', () => {
    const t = translator('en');
    assert.equal(t('goToLine', { line: 3 }), 'Go to line 3');
    assert.equal(t('goToLine'), 'Go to line {line}');
    assert.equal(t('hintDidYouMean', { name: '{name}' }), "Did you mean: '{name}'?");
    assert.equal(translator('en'), t);
  });

  for (const language of Object.keys(languages)) {
    const t = translator(language);

    test(`every hint of the engine has its text, ${language}`, async () => {
      const constants = await readFile(
        new URL('../../wasm/js/constants.ts', import.meta.url),
        'utf8',
      );
      const [union] = /export type HintId =[^;]*;/.exec(constants);
      const ids = [...union.matchAll(/'(\w+)'/g)].map(([, id]) => id);
      assert.ok(ids.length > 8, ids.join());
      for (const id of ids) assert.match(hintText(t, { id, name: 'it', text: '' }), /\S{2}/, id);
    });

    test(`the editor's own words are translated, ${language}`, () => {
      for (const [phrase, text] of Object.entries(editorPhrases(t))) {
        assert.notEqual(text, '', phrase);
        if (language !== 'en') assert.notEqual(text, phrase);
      }
    });
  }
});
