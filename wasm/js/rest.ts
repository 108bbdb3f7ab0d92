// The rest of the module: the functions that everyday programs do not call (wasm/split.mjs). Where
// one may wait for a file, which is in a worker, it is fetched when something first calls one of
// them; elsewhere together with the module.
//
// The module imports each of these functions as placeholder.N. The rest, when it comes, puts the
// real function into place N of a table, from where it is called from then on.

import type { Compiled } from './types.js';

/** The rest could not be loaded when it was needed. */
export class RestError extends Error {
  override name = 'RestError';
}

const exportPrefix = 'rest:';

/** Whether this thread may be held up until a file is here: whether it is a browser's worker. */
const mayWait = 'WorkerGlobalScope' in globalThis;

/** A file as bytes, at once. Workers only. */
function readNow(url: string): ArrayBuffer {
  const request = new XMLHttpRequest();
  request.open('GET', url, false);
  request.responseType = 'arraybuffer';
  try {
    request.send();
  } catch (problem) {
    throw new RestError(`${url} cannot be fetched`, { cause: problem });
  }
  if (request.status !== 200) {
    throw new RestError(`${url}: ${request.status} ${request.statusText}`);
  }
  return request.response as ArrayBuffer;
}

/** Instantiates the module and, now or later, the rest of it. */
export async function instantiateParts(
  { module, rest }: Compiled,
  imports: WebAssembly.Imports,
  compileFile: (url: URL) => Promise<WebAssembly.Module>,
): Promise<WebAssembly.Instance> {
  if (rest === undefined) return WebAssembly.instantiate(module, imports);
  let table: WebAssembly.Table | undefined;
  let primary: WebAssembly.Exports = {};
  const join = (part: WebAssembly.Module) => {
    // Instantiating is what fills the table.
    new WebAssembly.Instance(part, { primary });
    table = Object.entries(primary).find(
      ([name, value]) => name.startsWith(exportPrefix) && value instanceof WebAssembly.Table,
    )?.[1] as WebAssembly.Table;
  };
  const placeholder = new Proxy<WebAssembly.ModuleImports>(
    {},
    {
      get:
        (_, place: string) =>
        (...values: unknown[]) => {
          if (!table) join(new WebAssembly.Module(readNow(rest)));
          return table?.get(Number(place))(...values);
        },
    },
  );
  const coming = mayWait ? undefined : compileFile(new URL(rest));
  const instance = await WebAssembly.instantiate(module, { ...imports, placeholder });
  primary = instance.exports;
  if (coming) join(await coming);
  return instance;
}
