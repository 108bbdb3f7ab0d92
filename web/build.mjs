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
import { escapeHtml, lessonHtml, readLessons } from './lessons.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { out: { type: 'string' }, wasm: { type: 'string' } } });
if (!values.out) {
  console.error('usage: node web/build.mjs --out DIR [--wasm DIR]');
  process.exit(2);
}
const out = resolve(values.out);
const lessons = await readLessons(join(here, 'lessons'));

/** `import text from './x.css?text'`: the style sheet as minified text. */
const cssText = {
  name: 'css-text',
  setup(build) {
    build.onResolve({ filter: /\.css\?text$/ }, async ({ path, resolveDir, kind }) => {
      const plain = path.slice(0, -'?text'.length);
      const found = await build.resolve(plain, { resolveDir, kind });
      return { path: found.path, errors: found.errors, namespace: 'css-text' };
    });
    build.onLoad({ filter: /.*/, namespace: 'css-text' }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const { code } = await esbuild.transform(source, { loader: 'css', minify: true });
      return { contents: code, loader: 'text', watchFiles: [path] };
    });
  },
};

/** `gradpad` is the JS module as its users import it; `gradpad:lessons` is the lessons' content. */
const outside = {
  name: 'outside',
  setup(build) {
    build.onResolve({ filter: /^gradpad$/ }, () => ({ path: './lib/gradpad.mjs', external: true }));
    build.onResolve({ filter: /^gradpad:lessons$/ }, ({ path }) => ({
      path,
      namespace: 'lessons',
    }));
    build.onLoad({ filter: /.*/, namespace: 'lessons' }, () => ({
      contents: JSON.stringify(lessons),
      loader: 'json',
    }));
  },
};

const common = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  legalComments: 'none',
  logLevel: 'warning',
};

/** Leftovers of an earlier build would be served for ever: only the modules' folder is kept. */
async function clear() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) {
    if (name !== 'lib') await rm(join(out, name), { recursive: true });
  }
}

async function bundle() {
  const src = join(here, 'src');
  const { metafile } = await esbuild.build({
    ...common,
    entryPoints: {
      'grad-pad': join(src, 'grad-pad.ts'),
      page: join(src, 'page/page.ts'),
      embed: join(src, 'page/embed.ts'),
    },
    outdir: out,
    splitting: true,
    chunkNames: '[name]-[hash]',
    metafile: true,
    plugins: [cssText, outside],
  });
  // The workers stand alone: sharing a few hundred bytes with the page would cost a request each.
  await esbuild.build({
    ...common,
    entryPoints: {
      worker: join(src, 'engine/worker.ts'),
      'layout-worker': join(src, 'graph/layout-worker.ts'),
      page: join(src, 'page/page.css'),
    },
    outdir: out,
    plugins: [outside],
  });
  return metafile;
}

/** What a page will need: all that its script imports, and the editor, but not the plot. */
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
