// The catalogues as plain objects, read from the TypeScript sources.

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

async function load(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../web/src/i18n/${name}.ts`, import.meta.url))],
    format: 'esm',
    write: false,
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${source}`))[name];
}

export const en = await load('en');
export const zh = await load('zh');
