// A short run of the fuzzer with a fixed seed; at length: node tests/fuzz/js.mjs --minutes N.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../fuzz/js.mjs';
import { variants } from './module.mjs';

for (const variant of variants) {
  test(`hostile arguments, ${variant}`, async () => {
    const { findings, returned, thrown } = await fuzz({ variant, seed: 6, batches: 150 });
    assert.deepEqual(findings, []);
    // It neither only fails nor only succeeds.
    assert.ok(returned > 500 && thrown > 500, `${returned} returned, ${thrown} thrown`);
  });
}
