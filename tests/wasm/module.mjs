// What the tests of the JS module share: the module as it is built, and the builds that this engine
// can run.

import v8 from 'node:v8';
import { pathToFileURL } from 'node:url';
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import { relaxedSimd } from 'wasm-feature-detect';

// Node 20 has relaxed SIMD behind a flag, and older ones know an earlier encoding or none.
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const site = resolve(process.env.GRADPAD_SITE ?? `${root}/build/web/site`);

const module = await import(pathToFileURL(`${site}/lib/gradpad.mjs`));
export const { load, compile, GradpadError, StateError } = module;

export const variants = (await relaxedSimd()) ? ['simd', 'relaxed'] : ['simd'];

/** One instance of each build, for the tests that leave it as they found it. */
export const engines = await Promise.all(variants.map((variant) => load({ variant })));

/** Runs a program in a session of its own. */
export function run(source, options = {}, engine = engines[0]) {
  const session = engine.session();
  try {
    return session.run(source, options);
  } finally {
    session.dispose();
  }
}
