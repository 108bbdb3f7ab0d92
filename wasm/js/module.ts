// Getting the WebAssembly module: which of the two builds, from where, compiled and instantiated.

import createModule, { type MainModule } from 'gradpad-glue';
import { relaxedSimd, simd } from 'wasm-feature-detect';
import { optionsOf, wrongType } from './arguments.js';
import { engineError } from './errors.js';
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

function variantOf(what: string, value: unknown): Variant {
  if (value === 'relaxed' || value === 'simd') return value;
  throw wrongType(what, "'relaxed' or 'simd'", value);
}

function compiledOf(what: string, value: unknown): Compiled {
  const { variant, module, rest } = Object(value) as Record<keyof Compiled, unknown>;
  if (!(module instanceof WebAssembly.Module)) {
    throw wrongType(`${what}.module`, 'a WebAssembly.Module', module);
  }
  if (rest !== undefined && typeof rest !== 'string') {
    throw wrongType(`${what}.rest`, 'a string', rest);
  }
  return { variant: variantOf(`${what}.variant`, variant), module, rest };
}

export async function compile(given?: { variant?: Variant }): Promise<Compiled> {
  const options = optionsOf('compile', given, { variant: variantOf });
  const variant = options.variant ?? (await fastestVariant());
  const { everyday, rest } = GRADPAD_WASM[variant];
  const address = (name: string) => new URL(name, import.meta.url);
  return { variant, module: await compileFile(address(everyday)), rest: address(rest).href };
}

/** An instance, and how a call into it ended. */
export interface Instance {
  raw: RawModule;
  /** The error for the exception of C++ that ended the last call, once. */
  refusal(): Error | undefined;
}

export async function instantiate(
  given: LoadOptions | undefined,
): Promise<{ variant: Variant; instance: Instance }> {
  const options = optionsOf('load', given, { variant: variantOf, compiled: compiledOf });
  const compiled = options.compiled ?? (await compile({ variant: options.variant }));
  let refusal: Error | undefined;
  // A failure would leave the glue's promise waiting for ever, so it has one of its own.
  const raw = await new Promise<RawModule>((resolve, reject) => {
    createModule({
      /** Called by ../guard.cpp. */
      refuse(name: string, message: string) {
        refusal = engineError(name, message);
      },
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
  const instance: Instance = {
    raw,
    refusal() {
      const last = refusal;
      refusal = undefined;
      return last;
    },
  };
  return { variant: compiled.variant, instance };
}
