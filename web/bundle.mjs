// What esbuild needs to know of the page's TypeScript: for the site (build.mjs) and for the tests,
// which run parts of it in Node.

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

export const source = join(dirname(fileURLToPath(import.meta.url)), 'src');

/** `import text from './x.css?text'`: the style sheet as minified text. */
const cssText = {
  name: 'css-text',
  setup(build) {
    build.onResolve({ filter: /\.css\?text$/ }, async ({ path, resolveDir, kind }) => {
      const plain = path.slice(0, -'?text'.length);
      const found = await build.resolve(plain, { resolveDir, kind });
      return { path: found.path, errors: found.errors, namespace: 'css-text' };
    });
    build.onLoad({ filter: /.*/, namespace: 'css-text' }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const { code } = await esbuild.transform(text, { loader: 'css', minify: true });
      return { contents: code, loader: 'text', watchFiles: [path] };
    });
  },
};

/** `gradpad` is the JS module as its users import it; `gradpad:lessons` is the lessons' content. */
const outside = (lessons) => ({
  name: 'outside',
  setup(build) {
    build.onResolve({ filter: /^gradpad$/ }, () => ({ path: './lib/gradpad.mjs', external: true }));
    build.onResolve({ filter: /^gradpad:lessons$/ }, ({ path }) => ({
      path,
      namespace: 'lessons',
    }));
    build.onLoad({ filter: /.*/, namespace: 'lessons' }, () => ({
      contents: JSON.stringify(lessons),
      loader: 'json',
    }));
  },
});

export const options = (lessons) => ({
  bundle: true,
  format: 'esm',
  plugins: [cssText, outside(lessons)],
  legalComments: 'none',
  logLevel: 'warning',
});
