// Builds the site: the page, the element, the JS module and the two WebAssembly builds.
//
//   node web/build.mjs --out DIR [--wasm DIR]
//
// --wasm names the folder with simd/ and relaxed/ (gradpad.mjs and gradpad.wasm in each). All
// scripts lie flat in DIR, so that each finds the others beside it whatever page loads it.

import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { options, source } from './bundle.mjs';
import { escapeHtml, lessonHtml, readLessons } from './lessons.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' }, wasm: { type: 'string' } } });
if (!values.out) {
  console.error('usage: node web/build.mjs --out DIR [--wasm DIR]');
  process.exit(2);
}
const out = resolve(values.out);
const lessons = await readLessons(join(here, 'lessons'));

const common = {
  ...options(lessons),
  minify: true,
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  outdir: out,
};

/** Leftovers of an earlier build would be served for ever: only the modules' folder is kept. */
async function clear() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) {
    if (name !== 'lib') await rm(join(out, name), { recursive: true });
  }
}

async function bundle() {
  const { metafile } = await esbuild.build({
    ...common,
    entryPoints: {
      'grad-pad': join(source, 'grad-pad.ts'),
      page: join(source, 'page/page.ts'),
      embed: join(source, 'page/embed.ts'),
    },
    splitting: true,
    chunkNames: '[name]-[hash]',
    metafile: true,
  });
  // The workers stand alone: sharing a few hundred bytes with the page would cost a request each.
  await esbuild.build({
    ...common,
    entryPoints: {
      worker: join(source, 'engine/worker.ts'),
      'layout-worker': join(source, 'graph/layout-worker.ts'),
      page: join(source, 'page/page.css'),
    },
  });
  return metafile;
}

/** What a page will need: all that its script imports, and the editor and the panels. */
function preloads(metafile, script) {
  const wanted = new Set(['lib/gradpad.mjs', 'worker.js']);
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [
      relative(out, resolve(path)),
      output,
    ]),
  );
  const visit = (name) => {
    for (const { path, kind, external } of outputs.get(name)?.imports ?? []) {
      const child = external ? '' : relative(out, resolve(path));
      const lazy = kind === 'dynamic-import' && !child.startsWith('workbench');
      if (child === '' || lazy || wanted.has(child)) continue;
      wanted.add(child);
      visit(child);
    }
  };
  visit(script);
  return [...wanted].map((name) => `<link rel="modulepreload" href="${name}">`).join('\n    ');
}

async function writePages(metafile) {
  const [first, ...others] = lessons;
  const parts = {
    lesson: lessonHtml(first, { withCode: false }),
    code: escapeHtml(first.code),
    lessons: `<noscript>${others.map((one) => lessonHtml(one, { withCode: true })).join('\n')}</noscript>`,
  };
  for (const [name, script] of [
    ['index.html', 'page.js'],
    ['embed.html', 'embed.js'],
  ]) {
    const template = await readFile(join(here, name), 'utf8');
    parts.preload = preloads(metafile, script);
    const page = template.replace(/<!-- build:(\w+) -->/g, (_, part) => {
      if (!(part in parts)) throw new Error(`${name}: unknown part '${part}'`);
      return parts[part];
    });
    await writeFile(join(out, name), page);
  }
  await cp(join(here, 'icon.svg'), join(out, 'icon.svg'));
}

await clear();
await writePages(await bundle());
