// What the tests of the JS module share: the module as it is built, and the builds that this engine
// can run.

import { readFile } from 'node:fs/promises';
import v8 from 'node:v8';
import { pathToFileURL } from 'node:url';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { relaxedSimd } from 'wasm-feature-detect';
import { Sections } from '../../wasm/sections.mjs';

// Node 20 has relaxed SIMD behind a flag, and older ones know an earlier encoding or none.
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const site = resolve(process.env.GRADPAD_SITE ?? `${root}/build/web/site`);

const module = await import(pathToFileURL(`${site}/lib/gradpad.mjs`));
export const { load, compile, GradpadError, StateError } = module;

export const variants = (await relaxedSimd()) ? ['simd', 'relaxed'] : ['simd'];

const memorySection = 5;

/**
 * An instance whose memory ends at `bytes`: what happens when a browser has no more to give, without
 * the 4 GB that it takes to ask for more.
 */
export async function loadWithin(bytes, variant = variants[0]) {
  const { rest } = await compile({ variant });
  const name = new URL(rest.replace('.rest.wasm', '.wasm'));
  const whole = await readFile(fileURLToPath(name));
  const sections = new Sections(whole);
  for (const id of sections) {
    if (id !== memorySection) continue;
    sections.skip(2); // one memory, which has a maximum
    sections.number();
    const begin = sections.at;
    sections.number();
    // The number keeps its length, so that nothing moves.
    let pages = bytes / 65536;
    for (let at = begin; at < sections.at; at++) {
      whole[at] = (pages & 127) | (at < sections.at - 1 ? 128 : 0);
      pages >>>= 7;
    }
    return load({ compiled: { variant, module: await WebAssembly.compile(whole), rest } });
  }
  throw new Error('the module has no memory of its own');
}
/** One instance of each build, for the tests that leave it as they found it. */
export const engines = await Promise.all(variants.map((variant) => load({ variant })));

/** Runs a program as Python does a file: to the end, when what it made ends too. */
export function run(source, options = {}, engine = engines[0]) {
  const session = engine.session({ keepGlobals: false });
  try {
    return session.run(source, options);
  } finally {
    session.dispose();
  }
}
