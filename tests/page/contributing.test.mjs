// CONTRIBUTING.md speaks of what is there, and its examples fit.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parseLesson } from '../../web/lessons.mjs';
import { examples, root, withExamples } from '../contributing.mjs';
import { load } from '../typescript.mjs';

const run = promisify(execFile);
const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
const all = await examples();

describe('what CONTRIBUTING quotes', () => {
  const quoted = all.filter(({ how }) => how === undefined);
  assert.ok(quoted.length >= 6, `${quoted.length} quotations`);
  for (const { file, code } of quoted) {
    test(`${code.trim().split('\n')[0].trim()} stands so in ${file}`, async () =>
      assert.ok((await readFile(join(root, file), 'utf8')).includes(code)));
  }

  test('the files and commands that it names are there', async () => {
    const named = [
      ...[
        ...text.matchAll(
          /(?<![\w/-])(?:web|core|tests|bench)\/[\w./-]+\.(?:ts|mjs|py|h|cpp|md)\b/g,
        ),
      ],
      ...[...text.matchAll(/\btools\/\w+/g)],
    ].map(String);
    const fresh = all.filter(({ how }) => how === 'new').map(({ file }) => file);
    for (const name of new Set(named)) if (!fresh.includes(name)) await access(join(root, name));
    const { configurePresets } = JSON.parse(
      await readFile(join(root, 'CMakePresets.json'), 'utf8'),
    );
    const presets = configurePresets.map(({ name }) => name);
    for (const [, name] of text.matchAll(/--preset ([\w-]+)/g)) assert.ok(presets.includes(name));
  });
});

describe('what CONTRIBUTING adds', () => {
  test('a lesson is a whole one', () => {
    const lesson = all.find(({ file }) => file.startsWith('web/lessons/'));
    const { id, code } = parseLesson(basename(lesson.file), lesson.code);
    assert.equal(id, 'chain-rule');
    assert.match(code, /backward/);
  });

  test('a panel is one file and one line', () => {
    const touched = all.filter(({ how, file }) => how && file.startsWith('web/src/'));
    assert.deepEqual(
      touched.map(({ how, code }) => [how, how === 'add' ? code.trim().split('\n').length : 1]),
      [
        ['new', 1],
        ['add', 1],
      ],
    );
  });

  test('passes the type checker, and stands where it says', () =>
    withExamples(async (copy) => {
      await run('node_modules/.bin/tsc', ['-p', join(copy, 'web/tsconfig.json')], { cwd: root });
      const { panels } = await load('element/workbench.ts', {}, join(copy, 'web/src'));
      const { arrange, viewsOf } = await load('element/layout.ts');
      assert.deepEqual(viewsOf(panels), ['code', 'output', 'graph', 'shapes', 'plot']);
      assert.deepEqual(
        arrange([], panels).second.map(({ view }) => view),
        ['graph', 'shapes', 'output', 'plot'],
      );
    }));
});
