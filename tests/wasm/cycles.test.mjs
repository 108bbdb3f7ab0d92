// What only a cycle keeps alive is freed in the module too, whose memory never shrinks: a round that
// is not collected stays a megabyte for ever.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { load, root, variants } from './module.mjs';

const cycles = readFileSync(join(root, 'tests/unit/torch_cycles.txt'), 'utf8')
  .split(/^== /m)
  .slice(1)
  .map((text) => {
    const end = text.indexOf('\n');
    return { name: text.slice(0, end), source: text.slice(end + 1) };
  });
assert.ok(cycles.length > 20, 'the programs are there');

const program = (source, rounds) =>
  `import torch\ndef big(): return torch.zeros(250000)\n${source}for i in range(${rounds}): round()\n`;

for (const variant of variants) {
  const gp = await load({ variant });
  const session = gp.session({ keepGlobals: false });

  for (const { name, source } of cycles) {
    test(`${variant}: ${name}`, () => {
      const before = gp.memory().bytes;
      const result = session.run(program(source, 300), { inspect: false });
      assert.equal(result.error?.traceback, undefined);
      assert.equal(gp.memory().bytes, before);
      assert.ok(gp.memory().heapBytes < 300e6, `${gp.memory().heapBytes} bytes`);
    });
  }

  test(`${variant}: two thousand objects of a megabyte that refer to themselves`, () => {
    const result = session.run(program(cycles[0].source, 2000), { inspect: false });
    assert.equal(result.error?.traceback, undefined);
    assert.ok(gp.memory().heapBytes < 300e6, `${gp.memory().heapBytes} bytes`);
  });

  test(`${variant}: a session that goes on stays flat`, () => {
    const kept = gp.session({ keepGlobals: true });
    const text =
      'class Node:\n    def __init__(self): self.me = self; self.go = self.run\n' +
      '    def run(self): return [self]\n' +
      'nodes = [Node() for i in range(20)]\n' +
      'def walk(n): return walk(n - 1) if n else nodes\n' +
      'total = sum(len(n.go()) for n in walk(3))\n';
    for (let i = 0; i < 1000; ++i) kept.run(text);
    const heap = gp.memory().heapBytes;
    for (let i = 0; i < 1000; ++i) kept.run(text);
    assert.ok(gp.memory().heapBytes <= heap + (1 << 20), `${heap}, ${gp.memory().heapBytes}`);
    kept.dispose();
  });
}
