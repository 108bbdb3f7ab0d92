// Bad programs: the error stands at its line, nothing hangs, and the text in the editor is never lost.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { en, zh } from '../catalogue.mjs';
import { load } from '../typescript.mjs';
import { useSite } from './browser.mjs';

const site = useSite();
const { outputLimit } = await load('engine/protocol.ts');

const vector = `import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = x ** 2
y.backward()
`;

describe('errors', () => {
  let pad;
  before(async () => {
    pad = await site.open();
    await pad.ready();
  });
  after(() => pad.close());

  test('backward of a vector: PyTorch’s message, at its line', async () => {
    await pad.type(vector);
    const { error } = await pad.result();
    assert.equal(error.type, 'RuntimeError');
    assert.equal(error.message, 'grad can be implicitly created only for scalar outputs');
    assert.equal(error.span.line, 4);
    const marked = await pad.inPad((_, root) => {
      const mark = root.querySelector('.cm-lintRange-error');
      const line = mark.closest('.cm-line');
      const dot = root.querySelector('.cm-lint-marker-error');
      const lines = [...root.querySelectorAll('.cm-line')];
      return {
        text: mark.textContent,
        line: lines.indexOf(line) + 1,
        dotAtLine:
          Math.abs(dot.getBoundingClientRect().top - line.getBoundingClientRect().top) < 16,
      };
    });
    assert.equal(marked.line, 4);
    assert.equal(marked.dotAtLine, true);
    assert.match('y.backward()', new RegExp(marked.text.replace(/[.()]/g, '\\$&')));
    assert.match(await pad.output(), /RuntimeError: grad can be implicitly created only/);
    assert.equal((await pad.node('y')).value, '[1., 4., 9.]');
  });

  test('the traceback’s line is a link to it', async () => {
    await pad.click('.line', 'gp-output');
    const selected = await pad.inPad((_, root) => root.getSelection?.().toString() ?? '');
    const focused = await pad.inPad((_, root) => root.activeElement?.className ?? '');
    assert.match(focused, /cm-content/);
    if (selected !== '') assert.equal(selected.trim(), 'y.backward()');
  });

  for (const [what, code, message] of [
    ['broken syntax', 'x = (1 +\n', /SyntaxError/],
    ['an unknown op', 'import torch\ntorch.relux(torch.ones(2))\n', /AttributeError.*relux/s],
    ['an unknown name', 'import torch\nx = 1\nprint(y)\n', /NameError: name 'y' is not defined/],
    [
      'shapes that do not match',
      'import torch\na = torch.ones(3)\nb = torch.ones(4)\na + b\n',
      /The size of tensor a \(3\) must match the size of tensor b \(4\)/,
    ],
    ['a tensor of 10 GB', 'import torch\nx = torch.zeros(50000, 50000)\n', /Error/],
    ['recursion without end', 'def f():\n    return f()\n\nf()\n', /RecursionError/],
  ]) {
    test(`${what}: an error, the text kept, the next run works`, async () => {
      await pad.type(code, { exact: !what.includes('syntax') });
      const kept = await pad.code();
      const { error } = await pad.result();
      assert.match(`${error.type}: ${error.message}`, message);
      assert.equal(
        await pad.inPad((_, root) => root.querySelectorAll('.cm-lint-marker-error').length),
        1,
      );
      assert.equal(await pad.code(), kept);
      await pad.type('print(6 * 7)\n');
      assert.match(await pad.output(), /42/);
    });
  }

  test('Stop ends a program without end; text, graph and page stay alive', async () => {
    await pad.type(vector.replace('y.backward', 'y.sum().backward'));
    const nodes = (await pad.graph()).length;
    const code = 'print("on")\nwhile True: pass\n';
    // Not key by key: half of the program would run too, and leave a result of its own.
    await pad.paste(code);
    await pad.running();
    await pad.until((_, root) =>
      root.querySelector('gp-output').shadowRoot.textContent.includes('on'),
    );
    await pad.stop();
    await pad.status('stopped');
    assert.equal((await pad.code()).trim(), code.trim());
    assert.equal((await pad.graph()).length, nodes);
    await pad.type('print("again")\n');
    assert.match(await pad.output(), /again/);
  });

  test('editing a program without end overtakes it', async () => {
    await pad.type('while True: pass\n', { wait: false });
    await pad.running();
    await pad.type('print("overtaken")\n');
    assert.match(await pad.output(), /overtaken/);
  });

  test('printing without end fills no memory', async () => {
    await pad.type('while True: print("spam" * 50)\n', { wait: false });
    await pad.running();
    // All that is ever shown is there, and the program prints on.
    await pad.until(
      (_, root, most) =>
        root.querySelector('gp-output').shadowRoot.querySelector('pre')?.textContent.length >= most,
      outputLimit,
    );
    await pad.stop();
    await pad.status('stopped');
    const { length } = await pad.output();
    assert.ok(length < outputLimit + 1_000, `${length} characters shown`);
    await pad.type('print("quiet")\n');
    assert.match(await pad.output(), /quiet/);
  });

  /** Waits for a sentence of both catalogues, as the page shows it in one and then the other. */
  const saysInBoth = async (key, values) => {
    for (const [language, messages] of Object.entries({ en, zh })) {
      await pad.chooseLanguage(language);
      const sentence = messages[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
      await pad.until(
        (_, root, text) => root.querySelector('gp-output').shadowRoot.textContent.includes(text),
        sentence,
      );
    }
    await pad.chooseLanguage('en');
  };

  test('a program that prints 300 MB: how much is not shown is said', async () => {
    await pad.type('for i in range(300): print("x" * 1000000)\n');
    const { dropped, error } = await pad.result();
    assert.equal(error, undefined);
    assert.ok(dropped > 299e6 && dropped < 300.0003e6, `${dropped} bytes`);
    await saysInBoth('outputDropped', { size: '300 MB' });
    const { length } = await pad.output();
    assert.ok(length < outputLimit + 1_000, `${length} characters shown`);
  });

  const afresh = 'a program that takes much memory: the engine is started afresh, and it is said';
  test(afresh, { timeout: 120_000 }, async () => {
    await pad.type('import torch\nx = torch.ones(200_000_000)\nprint("large")\n');
    assert.match(await pad.output(), /large/);
    const [, size] = /took (\S+ MB) of memory/.exec(await pad.output());
    assert.ok(parseFloat(size) >= 800, size);
    await saysInBoth('restarted', { size });
    await pad.type('print("small")\n');
    assert.match(await pad.output(), /small/);
    assert.doesNotMatch(await pad.output(), /afresh/);
    // The old worker is gone, however late the browser tells of its end and of the new one.
    while (pad.page.workers().length !== 1) {
      await new Promise((resolve) => {
        pad.page.once('workercreated', resolve);
        pad.page.once('workerdestroyed', resolve);
      });
    }
  });

  test('a hint stands below the error and at its place, in the language of the page', async () => {
    await pad.chooseLanguage('zh');
    await pad.type('import numpy\n');
    const hint = zh.hintNoPackage.replace('{name}', 'numpy');
    assert.ok((await pad.output()).includes(hint));
    await pad.hover('.cm-lint-marker-error');
    await pad.until(
      (_, root, text) => root.querySelector('.cm-diagnostic')?.textContent.includes(text),
      hint,
    );
    await pad.chooseLanguage('en');
    await pad.until(
      (_, root, text) => root.querySelector('gp-output').shadowRoot.textContent.includes(text),
      en.hintNoPackage.replace('{name}', 'numpy'),
    );
  });

  test('nothing went wrong on the page', () => assert.deepEqual(pad.problems, []));
});
