// Writes the two parts of one build's module. build.mjs runs one of these for each build, side by
// side.
//
//   node wasm/parts.mjs --variant NAME --modules DIR --wasm-split PROGRAM --out DIR

import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { split } from './split.mjs';

const text = { type: 'string' };
const { values } = parseArgs({
  options: { variant: text, modules: text, 'wasm-split': text, out: text },
});
const { variant, modules, 'wasm-split': wasmSplit } = values;
const out = resolve(values.out);
const { load } = await import(pathToFileURL(join(out, 'gradpad.mjs')));
const whole = await readFile(join(modules, variant, 'gradpad.wasm'));
const parts = await split(whole, { load, variant, wasmSplit });
await writeFile(join(out, `gradpad-${variant}.wasm`), parts.everyday);
await writeFile(join(out, `gradpad-${variant}.rest.wasm`), parts.rest);
