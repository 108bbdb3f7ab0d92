// Builds the JS module: the two WebAssembly builds, in two parts each, gradpad.mjs and gradpad.d.ts.
//
//   node wasm/build.mjs --modules DIR --wasm-split PROGRAM --out DIR
//
// --modules names the folder with simd/ and relaxed/ (gradpad.mjs and gradpad.wasm in each), as
// Emscripten made them; the types of the operations are written there too, for the type check.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import * as esbuild from 'esbuild';
import { declarations, operationTypes } from './declarations.mjs';
import { everydayPrograms } from './split.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: 'string' };
const { values } = parseArgs({ options: { modules: text, 'wasm-split': text, out: text } });
if (!values.modules || !values['wasm-split'] || !values.out) {
  console.error('usage: node wasm/build.mjs --modules DIR --wasm-split PROGRAM --out DIR');
  process.exit(2);
}
const modules = resolve(values.modules);
const out = resolve(values.out);
const variants = ['simd', 'relaxed'];
const run = promisify(execFile);

const whole = (variant) => readFile(join(modules, variant, 'gradpad.wasm'));

/** The names of the files, each with a hash, so that no cache mixes two builds. */
async function names() {
  const files = {};
  for (const variant of variants) {
    const hash = createHash('sha256').update(await whole(variant));
    for (const program of await everydayPrograms()) hash.update(await readFile(program));
    const version = hash.digest('hex').slice(0, 8);
    files[variant] = {
      everyday: `gradpad-${variant}.wasm?${version}`,
      rest: `gradpad-${variant}.rest.wasm?${version}`,
    };
  }
  return files;
}

async function writeModules() {
  const program = join(here, 'parts.mjs');
  const common = ['--modules', modules, '--wasm-split', values['wasm-split'], '--out', out];
  await Promise.all(
    variants.map((variant) => run(process.execPath, [program, '--variant', variant, ...common])),
  );
}

/** Emscripten's glue, one for both builds: they differ in no import and no export. */
async function glue() {
  const files = variants.map((variant) => join(modules, variant, 'gradpad.mjs'));
  const [simd, relaxed] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  if (simd !== relaxed) throw new Error('the glue of the two builds differs; bundle both');
  return files[0];
}

async function bundle(files) {
  await esbuild.build({
    entryPoints: [join(here, 'js/gradpad.ts')],
    outfile: join(out, 'gradpad.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['es2022', 'chrome123', 'firefox120', 'safari17.5', 'node18'],
    legalComments: 'none',
    logLevel: 'warning',
    external: ['module', 'node:fs/promises'],
    alias: { 'gradpad-glue': await glue() },
    define: { GRADPAD_WASM: JSON.stringify(files) },
  });
}

async function writeTypes() {
  const { load } = await import(pathToFileURL(join(out, 'gradpad.mjs')));
  const types = operationTypes((await load({ variant: 'simd' })).operations());
  await writeFile(join(modules, 'operation-types.d.ts'), types);
  await writeFile(join(out, 'gradpad.d.ts'), await declarations(join(here, 'js'), types));
}

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await bundle(await names());
await writeModules();
await writeTypes();
