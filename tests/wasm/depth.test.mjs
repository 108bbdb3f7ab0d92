// No structure that a program can build ends the engine: the programs of tests/depth/programs.txt,
// on the smallest stack that a browser gives, that of a worker in Chromium.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { test } from 'node:test';
import { variants } from './module.mjs';

const script = fileURLToPath(new URL('depth.mjs', import.meta.url));

// Code that has run for long has other frames than code that was compiled in haste.
const modes = [['--liftoff-only'], []];
const runs = [
  ...modes.map((flags) => ({ variant: variants[0], flags })),
  ...variants.slice(1).map((variant) => ({ variant, flags: [] })),
];

for (const { variant, flags } of runs) {
  test(`${variant}: deep structures ${flags.join(' ')}`, async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      // So small a stack has not 25 bytes for each of 20,000 levels.
      ['--stack-size=500', ...flags, script, variant, '20000'],
      { maxBuffer: 1e8 },
    );
    const lines = stdout.trimEnd().split('\n');
    assert.match(lines.pop(), /^\d{3,} programs$/);
    assert.deepEqual(lines, []);
  });
}
