// The engine's compiled WebAssembly module, one for all the elements of a page. Compilation starts
// with the first element that wants to run and goes on beside the loading of the editor; each worker
// is handed the module, so that a fresh worker after Stop only has to instantiate it.

import { compile } from 'gradpad';
import type { Compiled } from '../../../wasm/js/types.js';

let compiling: Promise<Compiled> | undefined;

export function compiled(): Promise<Compiled> {
  compiling ??= compile().catch((problem: unknown) => {
    compiling = undefined; // The next run may find the network back.
    throw problem;
  });
  return compiling;
}
