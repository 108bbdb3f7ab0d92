// The wall around the engine where most people meet it: in a page, which has both parts of the module
// at once, and in a worker, which fetches the second when it is needed.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { article, useSite } from './browser.mjs';

const site = useSite();

/**
 * Runs in the browser. Each call comes back as what it returned or "class: message"; a text, since it
 * goes to the page and to a worker.
 */
const script = `async (address) => {
  const { load, GradpadError, StateError } = await import(address);
  const gp = await load();
  const classes = { GradpadError, StateError, TypeError, RangeError };
  const classOf = (problem) =>
    Object.keys(classes).find((name) => problem instanceof classes[name]) ?? problem?.name;
  const tell = (problem) => classOf(problem) + ': ' + problem.message;
  const said = [];
  const attempt = (call) => {
    try { said.push(String(call())); } catch (problem) { said.push(tell(problem)); }
  };
  attempt(() => gp.tensor(new Float32Array(100), { shape: [2.5, 40] }));
  attempt(() => gp.zeros([1.5]));
  attempt(() => gp.tensor([1n << 70n]));
  await load({ variant: 'foo' }).catch((problem) => said.push(tell(problem)));
  attempt(() => gp.ones([2, 3]).matmul(gp.ones([2, 3])));
  const gone = gp.ones([1]);
  gone.dispose();
  attempt(() => gone.shape);
  attempt(() => gp.ones([1]).add(gone));

  const session = gp.session();
  let heard = 0;
  attempt(() => session.run('print(1)', {
    onStdout: () => {
      if (++heard > 1) return;
      attempt(() => session.run('print(2)'));
      attempt(() => session.dispose());
    },
  }).stdout.trim());
  attempt(() => session.run('print(3)', { onStdout: () => { throw new Error('own'); } }));
  attempt(() => session.run('print(3)').stdout.trim());

  const printed = session.run("for i in range(300): print('x' * 1000000)", { maxBytes: 50e6 });
  const heapBytes = gp.memory().heapBytes;
  const greedy = ['L = []\\nwhile True: L.append([1])', 's = "x"\\nwhile True: s = s + s',
    'import torch\\ntorch.zeros(10**10)'];
  const after = [];
  for (let round = 0; round < 5; round++) {
    for (const source of greedy) {
      const fresh = gp.session({ keepGlobals: false });
      const { error } = fresh.run(source, { maxBytes: 50e6 });
      const { stdout } = fresh.run('import torch\\nprint(torch.ones(2) + 1)', { maxBytes: 50e6 });
      after.push(error.type + ' ' + stdout.trim());
      fresh.dispose();
    }
  }
  return { said, dropped: printed.dropped, heapBytes, after };
}`;

function check({ said, dropped, heapBytes, after }) {
  assert.deepEqual(said, [
    'RangeError: tensor(): shape[0] must be a whole number, got 2.5',
    'RangeError: zeros(): shape[0] must be a whole number, got 1.5',
    'RangeError: tensor(): an element must be an integer of 64 bits, got 1180591620717411303424n',
    "TypeError: load(): variant must be 'relaxed' or 'simd', got 'foo'",
    'GradpadError: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)',
    'StateError: this tensor was disposed of',
    'StateError: this tensor was disposed of',
    'StateError: the engine is running a program; call it when run() has returned',
    'StateError: this session is running a program',
    '1',
    'Error: own',
    '3',
  ]);
  assert.ok(dropped > 280e6, `${dropped} bytes`);
  assert.ok(heapBytes < 100e6, `${heapBytes} bytes`);
  assert.deepEqual(
    after,
    Array.from({ length: 5 }, () => [
      'MemoryError tensor([2., 2.])',
      'MemoryError tensor([2., 2.])',
      'RuntimeError tensor([2., 2.])',
    ]).flat(),
  );
}

describe('the wall', () => {
  const address = () => new URL('lib/gradpad.mjs', site.url).href;

  test('in a page', () =>
    site.visit('embed.html', async ({ page }) => {
      check(await page.evaluate(`(${script})(${JSON.stringify(address())})`));
    }));

  // Our own pages allow no other worker than theirs.
  test('in a worker', () =>
    site.visitArticle(article(), async ({ page }) => {
      const worker = `(${script})(${JSON.stringify(address())}).then(
        (found) => postMessage({ found }), (problem) => postMessage({ problem: String(problem) }))`;
      const { found, problem } = await page.evaluate(
        (text) =>
          new Promise((resolve) => {
            const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
            const worker = new Worker(url, { type: 'module' });
            worker.onmessage = ({ data }) => resolve(data);
            worker.onerror = ({ message }) => resolve({ problem: `the worker says: ${message}` });
          }),
        worker,
      );
      assert.equal(problem, undefined);
      check(found);
    }));
});
