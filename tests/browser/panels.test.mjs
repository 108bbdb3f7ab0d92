// The plot of what a program collected, and the values beside its lines.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { useSite } from './browser.mjs';

const site = useSite();

const training = `import torch
w = torch.tensor([4.0], requires_grad=True)
losses, weights = [], []
for step in range(100):
    loss = (w - 1) ** 2
    loss.backward()
    w.data = w.data - 0.05 * w.grad
    w.grad = None
    losses.append(loss.item())
    weights.append(w.item())
words = ["no", "numbers"]
`;

const withProgram = (view, code, use, options) =>
  site.visit(
    `embed.html?view=${view}&lang=en#code=${encodeURIComponent(code)}`,
    async (pad) => {
      await pad.ready();
      await use(pad);
      assert.deepEqual(pad.problems, []);
    },
    options,
  );

describe('the plot', () => {
  const drawn = (pad) =>
    pad.until((_, root) => root.querySelector('gp-plot')?.shadowRoot?.querySelector('canvas'));

  test('draws each list of numbers, all of it, and no other list', () =>
    withProgram('code,plot', training, async (pad) => {
      await drawn(pad);
      const { label, legend, lengths, ink } = await pad.inPad((_, root) => {
        const plot = root.querySelector('gp-plot');
        const canvas = plot.shadowRoot.querySelector('canvas');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return {
          label: plot.shadowRoot.querySelector('.chart').ariaLabel,
          legend: [...plot.shadowRoot.querySelectorAll('.u-label')].map((one) => one.textContent),
          lengths: plot.series.map(({ values }) => values.length),
          ink: data.filter((value, place) => place % 4 === 3 && value > 0).length,
        };
      });
      assert.match(label, /losses, weights/);
      assert.deepEqual(legend.slice(1), ['losses', 'weights']);
      assert.deepEqual(lengths, [100, 100]);
      assert.ok(ink > 500, `${ink} points are coloured`);
    }));

  test('goes when there is nothing to plot', () =>
    withProgram('code,plot', training, async (pad) => {
      await drawn(pad);
      await pad.type('x = 1\n');
      assert.equal(await pad.inPad((_, root) => root.querySelector('gp-plot')), null);
    }));
});

describe('the values beside the lines', () => {
  const code = `import torch
first, second, third = torch.rand(9), torch.rand(9), torch.rand(9)
a_tensor_with_a_name_as_long_as_this_one = torch.ones(3, requires_grad=True)
`;
  for (const width of [390, 800, 1280]) {
    test(`make no line wider than the editor, ${width} pixels`, () =>
      withProgram(
        'code,graph',
        code,
        async (pad) => {
          await pad.until((_, root) => root.querySelectorAll('.gp-lens').length === 2);
          const { content, scroller, texts } = await pad.inPad((_, root) => ({
            content: root.querySelector('.cm-content').getBoundingClientRect().right,
            scroller: root.querySelector('.cm-scroller').getBoundingClientRect().right,
            texts: [...root.querySelectorAll('.gp-lens')].map((lens) => lens.textContent),
          }));
          assert.ok(content <= scroller + 1, `${content} > ${scroller}`);
          assert.match(texts[0], /first = \[.*second = \[.*third = \[/);
        },
        { viewport: { width, height: 800 } },
      ));
  }
});
