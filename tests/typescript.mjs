// Parts of the page's TypeScript for tests in Node, bundled by esbuild as the site is.

import { join } from 'node:path';
import { build } from 'esbuild';
import { options, source } from '../web/bundle.mjs';

/**
 * The exports of a file of web/src. `stubs` replaces what Node lacks or a test plays itself: the text
 * of a module, for the end of its path or its name. `from` may be a copy of web/src.
 */
export async function load(path, stubs = {}, from = source) {
  const common = options([]);
  const stubbed = {
    name: 'stubs',
    setup(builder) {
      builder.onResolve({ filter: /./ }, (asked) => {
        const name = Object.keys(stubs).find((end) => asked.path.endsWith(end));
        return name && { path: name, namespace: 'stub' };
      });
      builder.onLoad({ filter: /./, namespace: 'stub' }, (asked) => ({
        contents: stubs[asked.path],
      }));
    },
  };
  const { outputFiles } = await build({
    ...common,
    entryPoints: [join(from, path)],
    plugins: [stubbed, ...common.plugins],
    platform: 'node',
    write: false,
  });
  const text = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${text}`);
}
