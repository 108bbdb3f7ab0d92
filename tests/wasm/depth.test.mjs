// No structure that a program can build ends the engine: the programs of tests/depth/programs.txt,
// on the smallest stack that a browser gives, that of a worker in Chromium.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { variants } from './module.mjs';

const script = fileURLToPath(new URL('depth.mjs', import.meta.url));

for (const variant of variants) {
  // Code that has run for long has other frames than code that was compiled in haste.
  for (const flags of [['--liftoff-only'], []]) {
    test(`${variant}: deep structures ${flags.join(' ')}`, async () => {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--stack-size=500', ...flags, script, variant, '100000'],
        { maxBuffer: 1e8 },
      );
      const lines = stdout.trimEnd().split('\n');
      assert.match(lines.pop(), /^\d{3,} programs$/);
      assert.deepEqual(lines, []);
    });
  }
}
