// The JS module beside the page, imported at run time from lib/gradpad.mjs and never bundled.

import type {
  Compiled,
  LoadOptions,
  Session,
  SessionOptions,
  Variant,
} from '../../../wasm/js/types.js';

export function compile(options?: { variant?: Variant }): Promise<Compiled>;
export function load(options?: LoadOptions): Promise<{
  session(options?: SessionOptions): Session;
  memory(): { heapBytes: number };
}>;
