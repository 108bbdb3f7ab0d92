// The graph: drawn as the engine recorded it, walked by keyboard and step by step, tied to the source.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { useSite } from './browser.mjs';

const site = useSite();

const program = `import torch
x = torch.tensor([2.0], requires_grad=True)
y = x ** 2 + 3 * x
y.backward()
`;

describe('the graph', () => {
  let pad;
  before(async () => {
    pad = await site.open(`#code=${encodeURIComponent(program)}`);
    await pad.ran();
    await pad.graph();
  });
  after(() => pad.close());

  test('has a node for each value, with kind, shape, value and gradient', async () => {
    const nodes = await pad.graph();
    assert.deepEqual(nodes.map(({ kind }) => kind).sort(), [
      'constant',
      'constant',
      'leaf',
      'op',
      'op',
      'op',
    ]);
    assert.equal((await pad.node('x')).grad, '[7.]');
    assert.equal((await pad.node('y')).value, '[10.]');
    assert.match((await pad.node('x')).label, /x.*\[1\].*\[2\.\].*\[7\.\]/);
  });

  test('draws values forward and gradients back', async () => {
    const edges = await pad.inGraph((root) => ({
      data: root.querySelectorAll('.data').length,
      gradients: root.querySelectorAll('.flow').length,
    }));
    // Two of the six edges come from constants.
    assert.deepEqual(edges, { data: 6, gradients: 4 });
  });

  test('is reached by Tab and walked with the arrow keys', async () => {
    const current = () =>
      pad.inGraph((root) => root.activeElement?.querySelector('.title')?.textContent);
    await pad.inGraph((root) => root.querySelector('.fit').focus());
    await pad.press('Tab');
    assert.ok(await current(), 'Tab reaches a node');
    await pad.press('End');
    await pad.press('Home');
    const names = new Set();
    for (const key of [
      'ArrowRight',
      'ArrowRight',
      'ArrowLeft',
      'ArrowLeft',
      'ArrowDown',
      'ArrowUp',
    ]) {
      await pad.press(key);
      names.add(await current());
    }
    assert.ok(names.has('y'), `the arrows led to ${[...names]}`);
    assert.ok(names.size >= 3, `the arrows led to ${[...names]}`);
  });

  test('opens a node with Enter, closes it with Escape', async () => {
    await pad.press('Enter');
    await pad.page.waitForSelector('grad-pad >>> gp-graph >>> .inspector');
    await pad.press('Escape');
    assert.equal(await pad.inGraph((root) => root.querySelector('.inspector')), null);
  });

  test('shows all of a node when it is clicked', async () => {
    await pad.click('[data-names="x"]', 'gp-graph');
    const text = await pad.inGraph((root) => root.querySelector('.inspector').textContent);
    assert.match(text, /x.*float32.*\[2\.\].*\[7\.\]/s);
    await pad.click('[data-names="x"]', 'gp-graph');
  });

  test('a node under the pointer marks its source', async () => {
    await pad.hover('[data-names="y"]', 'gp-graph');
    await pad.until((_, root) => root.querySelector('.gp-span') !== null);
    const marked = await pad.inPad((_, root) =>
      [...root.querySelectorAll('.gp-span')].map((span) => span.textContent).join(''),
    );
    assert.equal(marked, 'x ** 2 + 3 * x');
    await pad.page.hover('header');
    await pad.until((_, root) => root.querySelector('.gp-span') === null);
  });

  test('source under the pointer lights up its node', async () => {
    const place = await pad.inPad((_, root) => {
      const line = [...root.querySelectorAll('.cm-line')][2];
      const range = document.createRange();
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf('**');
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 2);
        const box = range.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      }
      throw new Error('no ** in the line');
    });
    await pad.page.mouse.move(place.x, place.y);
    await pad.until(
      (_, root) =>
        root.querySelector('gp-graph').shadowRoot.querySelector('.node.lit .title')?.textContent ===
        'pow',
    );
  });

  test('the name of a variable under the pointer shows its value and gradient', async () => {
    const place = await pad.inPad((_, root) => {
      const box = [...root.querySelectorAll('.cm-line')][1].getBoundingClientRect();
      return { x: box.x + 11, y: box.y + 10 };
    });
    await pad.page.mouse.move(place.x, place.y);
    await pad.page.mouse.move(place.x + 1, place.y);
    await pad.until((_, root) => root.querySelector('.gp-hover') !== null);
    const text = await pad.inPad((_, root) => root.querySelector('.gp-hover').textContent);
    assert.match(text, /x.*\[2\.\].*\[7\.\]/s);
    await pad.page.hover('header');
  });

  test('the backward pass is walked step by step', async () => {
    const total = await pad.inPad((element) => element.result.backwards.at(-1).steps.length);
    const grads = () =>
      pad.inGraph((root) =>
        Object.fromEntries(
          [...root.querySelectorAll('[data-node]')].map((node) => [
            node.dataset.names || node.querySelector('.title').textContent,
            node.querySelector('text.grad')?.textContent,
          ]),
        ),
      );
    const spoken = () =>
      pad.inGraph((root) => root.querySelector('[type=range]').getAttribute('aria-valuetext'));
    assert.match(await spoken(), new RegExp(`took ${total} steps`));
    await pad.step('next');
    assert.equal(await spoken(), `Step 1 of ${total}`);
    const first = await grads();
    assert.equal(first.y, '[1.]');
    assert.equal(first.x, '·');
    assert.match(
      await pad.inGraph((root) => root.querySelector('.sentence').textContent),
      new RegExp(`1/${total}`),
    );
    assert.ok((await pad.inGraph((root) => root.querySelectorAll('.packet').length)) > 0);
    await pad.step('next');
    assert.match((await grads()).x, /^(·|\[[34]\.\] \+ …)$/);
    for (let step = 2; step < total; step++) {
      await pad.step('next');
    }
    assert.equal((await grads()).x, '[7.]');
    await pad.step('previous');
    await pad.step('all');
    assert.equal((await grads()).x, '[7.]');
  });

  test('the backward pass plays by itself to its end', async () => {
    await pad.step('play');
    const total = await pad.inPad((element) => element.result.backwards.at(-1).steps.length);
    await pad.until(
      (_, root, end) =>
        root
          .querySelector('gp-graph')
          .shadowRoot.querySelector('.sentence')
          .textContent.includes(end),
      `${total}/${total}`,
    );
  });

  test('zooms by its buttons', async () => {
    const transform = () =>
      pad.inGraph((root) => root.querySelector('.world').getAttribute('transform'));
    const fitted = await transform();
    await pad.inGraph((root) => root.querySelector('.zoom button').click());
    assert.notEqual(await transform(), fitted);
    await pad.inGraph((root) => root.querySelector('.fit').click());
    assert.equal(await transform(), fitted);
  });

  test('nothing went wrong on the page', () => assert.deepEqual(pad.problems, []));
});

describe('a large graph', () => {
  const chain = (turns) =>
    `import torch\nx = torch.tensor([1.01], requires_grad=True)\ny = x\nfor i in range(${turns}):\n    y = y * x\ny.backward()\n`;

  test('300 nodes are laid out and drawn, and typing goes on meanwhile', () =>
    site.visit(`#code=${encodeURIComponent(chain(290))}`, async (pad) => {
      await pad.until((element) => (element.result?.graph.nodes.length ?? 0) > 250);
      await pad.graph();
      assert.ok((await pad.inGraph((root) => root.querySelectorAll('.data').length)) > 500);
      assert.match((await pad.node('x')).grad, /^\[\d/);
      assert.deepEqual(pad.problems, []);
    }));

  test('what is beyond the limit is said, not drawn', () =>
    site.visit(`?lang=en#code=${encodeURIComponent(chain(1000))}`, async (pad) => {
      await pad.until((element) => (element.result?.graph.omitted ?? 0) > 0);
      await pad.graph();
      const omitted = await pad.inPad((element) => element.result.graph.omitted);
      const said = await pad.inGraph((root) => root.querySelector('.omitted').textContent);
      assert.equal(said, `${omitted} more nodes are not drawn.`);
    }));
});
