// The worked examples of CONTRIBUTING.md: what it quotes of the tree, and what it adds to it.

import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Blocks of code that name a file: `how` is "new" or "add", or undefined for a quotation. */
export async function examples() {
  const text = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const block = /^(`{3,})\w+ (?:(new|add) )?(\S+)\n([^]*?)^\1$/gm;
  return [...text.matchAll(block)].map(([, , how, file, code]) => ({ how, file, code }));
}

/** Uses a copy of the page's sources to which the examples have been added; it lies in the tree, so
 * that packages are found from there. */
export async function withExamples(use) {
  await mkdir(join(root, 'build'), { recursive: true });
  const copy = await mkdtemp(join(root, 'build/contributing-'));
  try {
    for (const name of ['web', 'wasm/js', 'tsconfig.base.json'])
      await cp(join(root, name), join(copy, name), { recursive: true });
    for (const { how, file, code } of await examples()) {
      if (how === 'new') await writeFile(join(copy, file), code, { flag: 'wx' });
      if (how === 'add') await appendFile(join(copy, file), code);
    }
    return await use(copy);
  } finally {
    await rm(copy, { recursive: true });
  }
}
