// Writes FILE.br and FILE.gz beside every file of a folder that gains by it, as static hosts expect
// them. A file whose compressed form is newer is left alone; leftovers of deleted files are removed.
//
//   node tools/lib/compress.mjs FOLDER

import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const folder = process.argv[2];
const compressible = /\.(html|css|js|mjs|wasm|json|svg|txt|xml|webmanifest)$/;
const smallest = 512;

const encoders = {
  '.br': (data) =>
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
  '.gz': (data) => promisify(gzip)(data, { level: 9 }),
};

async function modified(file) {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0;
}

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name));
const present = new Set(files);

await Promise.all(
  files.map(async (file) => {
    const suffix = /\.(br|gz)$/.exec(file)?.[0];
    if (suffix) {
      if (!present.has(file.slice(0, -suffix.length))) await rm(file);
      return;
    }
    if (!compressible.test(file)) return;
    const time = await modified(file);
    for (const [extension, encode] of Object.entries(encoders)) {
      if ((await modified(file + extension)) >= time) continue;
      const data = await readFile(file);
      if (data.length >= smallest) await writeFile(file + extension, await encode(data));
      else await rm(file + extension, { force: true });
    }
  }),
);
