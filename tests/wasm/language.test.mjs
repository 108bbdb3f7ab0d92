// Every program of tests/lang in both builds: what it prints is what PyTorch printed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { engines, root, run } from './module.mjs';

const folder = join(root, 'tests/lang');
const programs = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

const recorded = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

assert.ok(programs.length > 100, 'the programs are there');

for (const engine of engines) {
  for (const program of programs) {
    const name = relative(folder, program).replace(/\.py$/, '');
    test(`${engine.variant}: ${name}`, () => {
      const filename = program.slice(program.lastIndexOf('/') + 1);
      const source = readFileSync(program, 'utf8');
      const result = run(source, { filename }, engine);
      const expected = recorded(program.replace(/\.py$/, '.err'));
      const uncaught = /^(Traceback \(most recent call last\):|(Syntax|Indentation|Tab)Error: )/m;
      if (uncaught.test(expected)) {
        assert.ok(result.error, 'an error is reported');
        // The last line says which: "ValueError: text".
        const told = expected.trimEnd().split('\n');
        assert.ok(
          told.some((line) => line.startsWith(result.error.type)),
          `${result.error.type} is in ${expected}`,
        );
      } else {
        assert.equal(result.error?.traceback, undefined);
      }
      assert.equal(result.stdout, recorded(program.replace(/\.py$/, '.out')));
    });
  }
}
