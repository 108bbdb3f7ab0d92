// The article's programs, typed in by hand: what the graph, the table and the output say.

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { readLessons } from '../../web/lessons.mjs';
import { useSite } from './browser.mjs';

const site = useSite();
const lessons = await readLessons(fileURLToPath(new URL('../../web/lessons', import.meta.url)));
const program = (id) => lessons.find((lesson) => lesson.id === id).code;

describe('a program of the article, typed in', () => {
  let pad;
  before(async () => {
    pad = await site.open();
    await pad.ready();
  });
  after(() => pad.close());

  test('a Variable from a tensor: values, no gradient', async () => {
    await pad.type(program('create-from-tensor'));
    const result = await pad.result();
    assert.equal(result.error, undefined);
    const variable = result.variables.find(({ name }) => name === 'x_var');
    assert.deepEqual(variable.tensor.values, [1, 2, 3]);
    assert.equal(variable.requiresGrad, true);
    assert.equal(variable.grad, undefined);
    assert.match(await pad.row('x_var'), /x_var.*\[3\].*\[1\., 2\., 3\.\]/);
  });

  test('a Variable in one line: the same leaf', async () => {
    await pad.type(program('create-directly'));
    const result = await pad.result();
    assert.equal(result.error, undefined);
    const variable = result.variables.find(({ name }) => name === 'x_var');
    assert.deepEqual([variable.tensor.values, variable.isLeaf], [[1, 2, 3], true]);
  });

  test('backward: the gradient of x is 4', async () => {
    await pad.type(program('backward'));
    const x = await pad.node('x');
    assert.deepEqual([x.kind, x.value, x.grad, x.shape], ['leaf', '[2.]', '[4.]', '[1]']);
    const y = await pad.node('y');
    assert.deepEqual([y.kind, y.op, y.value, y.grad], ['op', 'pow', '[4.]', '[1.]']);
    assert.equal((await pad.output()).trim(), 'tensor([4.])');
  });

  test('volatile: the gradient of x is 3, with one warning', async () => {
    await pad.type(program('volatile'));
    assert.equal((await pad.node('x')).grad, '[3.]');
    const y = await pad.node('y');
    assert.deepEqual([y.kind, y.grad], ['constant', '']);
    assert.equal((await pad.node('z')).value, '[6.]');
    const { stdout, stderr } = await pad.result();
    assert.equal(stdout, 'tensor([3.])\n');
    assert.equal(stderr.match(/UserWarning/g)?.length, 1);
    assert.match(stderr, /torch\.no_grad\(\)/);
    const shown = await pad.output();
    assert.match(shown, /tensor\(\[3\.\]\)/);
    assert.match(shown, /torch\.no_grad\(\)/);
  });

  test('values and gradients stand in the program itself', async () => {
    await pad.type(program('backward'));
    const lenses = await pad.inPad((_, root) =>
      [...root.querySelectorAll('.gp-lens')].map((lens) => lens.textContent),
    );
    assert.deepEqual(lenses, ['[2.]∇ [4.]', '[4.]']);
  });

  test('nothing went wrong on the page', () => assert.deepEqual(pad.problems, []));
});

describe('each lesson', () => {
  for (const { id, en, zh } of lessons) {
    test(`${id}: loads from the contents, runs without error`, () =>
      site.visit('?lang=zh', async (pad) => {
        const title = () => pad.page.$eval('h1', (h1) => h1.textContent);
        await pad.ready();
        await pad.openLesson(id);
        await pad.until((element, _, code) => element.code === code, program(id));
        await pad.ran();
        assert.equal((await pad.result()).error, undefined);
        assert.equal(await title(), zh.title);
        await pad.chooseLanguage('en');
        assert.equal(await title(), en.title);
      }));
  }
});
