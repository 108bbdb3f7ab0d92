// Getting the WebAssembly module: which of the two builds, from where, compiled and instantiated.

import createModule, { type MainModule } from 'gradpad-glue';
import { relaxedSimd, simd } from 'wasm-feature-detect';
import { instantiateParts } from './rest.js';
import type { Compiled, LoadOptions, Variant } from './types.js';

/** The files of each build, beside this one; the build adds a hash of the content for caches. */
declare const GRADPAD_WASM: Record<Variant, { everyday: string; rest: string }>;

/** What Embind made, and the memory. */
export type RawModule = Omit<MainModule, 'HEAPU8'> & { readonly HEAPU8: Uint8Array };

async function fastestVariant(): Promise<Variant> {
  if (await relaxedSimd()) return 'relaxed';
  if (await simd()) return 'simd';
  throw new Error('Gradpad needs WebAssembly with SIMD, which this browser does not have');
}

const inNode = typeof process === 'object' && typeof process.versions?.node === 'string';

async function compileFile(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol === 'file:' && inNode) {
    const { readFile } = await import('node:fs/promises');
    return WebAssembly.compile(await readFile(url));
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.href}: ${response.status} ${response.statusText}`);
  // Streaming wants the right media type, which not every server sends.
  if (response.headers.get('Content-Type')?.startsWith('application/wasm')) {
    return WebAssembly.compileStreaming(response);
  }
  return WebAssembly.compile(await response.arrayBuffer());
}

export async function compile(options: { variant?: Variant } = {}): Promise<Compiled> {
  const variant = options.variant ?? (await fastestVariant());
  const { everyday, rest } = GRADPAD_WASM[variant];
  const address = (name: string) => new URL(name, import.meta.url);
  return { variant, module: await compileFile(address(everyday)), rest: address(rest).href };
}

export async function instantiate(
  options: LoadOptions,
): Promise<{ variant: Variant; raw: RawModule }> {
  const compiled = options.compiled ?? (await compile(options));
  // A failure would leave the glue's promise waiting for ever, so it has one of its own.
  const raw = await new Promise<RawModule>((resolve, reject) => {
    createModule({
      instantiateWasm(
        imports: WebAssembly.Imports,
        receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
      ) {
        instantiateParts(compiled, imports, compileFile).then(
          (instance) => receive(instance, compiled.module),
          reject,
        );
        return {};
      },
    }).then((made) => resolve(made as RawModule), reject);
  });
  return { variant: compiled.variant, raw };
}
