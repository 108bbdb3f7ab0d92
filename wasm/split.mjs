// Divides a module into the part that everyday programs run, which a first visit downloads, and the
// rest, which is fetched when something first calls into it (js/rest.ts). What everyday programs
// are, the folders below show; which functions they call is found by running them.

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import v8 from 'node:v8';
import { Sections } from './sections.mjs';
import { moveTexts } from './texts.mjs';

// Node 20 has relaxed SIMD behind a flag; newer ones ignore the flag.
v8.setFlagsFromString('--experimental-wasm-relaxed-simd');

const root = join(import.meta.dirname, '..');
const folders = [
  'wasm/everyday',
  'tests/lang/article',
  'tests/lang/errors_uncaught',
  'tests/lang/autograd',
  'tests/lang/nn',
  'tests/lang/creation',
  'tests/lang/grad_modes',
  'tests/lang/indexing',
  'tests/lang/printing',
];

/** The paths of the everyday programs, in an order that is always the same. */
export async function everydayPrograms() {
  const lists = folders.map(async (folder) => {
    const names = (await readdir(join(root, folder))).filter((name) => name.endsWith('.py'));
    return names.sort().map((name) => join(root, folder, name));
  });
  return (await Promise.all(lists)).flat();
}

const run = promisify(execFile);

/** What the exports that the rest uses begin with; js/rest.ts looks for it. */
const exportPrefix = 'rest:';

/**
 * The functions that take or give v128, by number. Their first call may not go through JavaScript,
 * which cannot hold such values.
 */
function vectorFunctions(module, bytes) {
  const v128 = 0x7b;
  const hasVector = [];
  const found = [];
  const imports = WebAssembly.Module.imports(module).filter((i) => i.kind === 'function').length;
  const sections = new Sections(bytes);
  for (const id of sections) {
    if (id === 1) {
      for (let left = sections.number(); left > 0; left--) {
        if (sections.take(1)[0] !== 0x60) throw new Error('a type that is not of a function');
        const parameters = sections.take(sections.number());
        const results = sections.take(sections.number());
        hasVector.push(parameters.includes(v128) || results.includes(v128));
      }
    } else if (id === 3) {
      const count = sections.number();
      for (let i = 0; i < count; i++) {
        if (hasVector[sections.number()]) found.push(imports + i);
      }
    }
  }
  return found;
}

/** Runs the everyday programs in an instrumented module; which of its functions they called. */
async function profileOf(load, variant, instrumented) {
  let instance;
  const instantiate = WebAssembly.instantiate;
  // The JS module keeps the instance to itself.
  WebAssembly.instantiate = async (...rest) => {
    instance = await instantiate(...rest);
    return instance;
  };
  const module = await WebAssembly.compile(instrumented);
  const gp = await load({ compiled: { variant, module } });
  WebAssembly.instantiate = instantiate;
  for (const program of await everydayPrograms()) {
    const session = gp.session();
    const source = await readFile(program, 'utf8');
    // As a page runs them, and as a test does.
    session.run(source, { filename: 'program.py', onStdout: () => {}, onStderr: () => {} });
    session.run(source, { maxSeconds: 60, maxBytes: 1e9 });
    session.dispose();
  }
  const memory = Object.values(instance.exports).find((e) => e instanceof WebAssembly.Memory);
  const begin = memory.buffer.byteLength;
  memory.grow(16);
  const size = instance.exports.__write_profile(begin, memory.buffer.byteLength - begin);
  return new Uint8Array(memory.buffer, begin, size).slice();
}

/** The docs of the operations: only functions of the rest read them. */
async function docs(load, variant, bytes) {
  const gp = await load({ compiled: { variant, module: await WebAssembly.compile(bytes) } });
  return gp.operations().map(({ doc }) => doc);
}

/**
 * The two parts of `bytes`. `load` is that of the JS module; `wasmSplit` the path of Binaryen's
 * program.
 */
export async function split(bytes, { load, variant, wasmSplit }) {
  const folder = await mkdtemp(join(tmpdir(), 'gradpad-split-'));
  const file = (name) => join(folder, name);
  try {
    await writeFile(file('whole.wasm'), bytes);
    const tool = (...options) => run(wasmSplit, ['--all-features', file('whole.wasm'), ...options]);
    await tool('--instrument', '--profile-export=__write_profile', '-o', file('instrumented.wasm'));
    const profile = await profileOf(load, variant, await readFile(file('instrumented.wasm')));
    await writeFile(file('profile'), profile);
    const kept = vectorFunctions(await WebAssembly.compile(bytes), bytes);
    await writeFile(file('kept'), kept.join('\n'));
    await tool(
      `--profile=${file('profile')}`,
      `--keep-funcs=@${file('kept')}`,
      `--export-prefix=${exportPrefix}`,
      '-o1',
      file('everyday.wasm'),
      '-o2',
      file('rest.wasm'),
    );
    const parts = {
      everyday: await readFile(file('everyday.wasm')),
      rest: await readFile(file('rest.wasm')),
    };
    return moveTexts(parts, await docs(load, variant, bytes));
  } finally {
    await rm(folder, { recursive: true });
  }
}
