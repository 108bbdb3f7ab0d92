// An engine that breaks down, or that cannot be loaded: the page says so and keeps the text.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { serveFolder } from '../../tools/lib/static_server.mjs';
import { article, site as folder, tag, useSite } from './browser.mjs';

const site = useSite();

/** The site with another lib/gradpad.mjs, which finds the real one as whole.mjs. */
async function withModule(source, use) {
  const copy = await mkdtemp(join(tmpdir(), 'gradpad-'));
  let server;
  try {
    await cp(folder, copy, { recursive: true });
    for (const name of ['br', 'gz'])
      await rm(join(copy, `lib/gradpad.mjs.${name}`), { force: true });
    await rename(join(copy, 'lib/gradpad.mjs'), join(copy, 'lib/whole.mjs'));
    await writeFile(join(copy, 'lib/gradpad.mjs'), source);
    server = await serveFolder(copy);
    await site.visitArticle(article(tag('loading="eager" lang="en"')), use, { base: server.url });
  } finally {
    await server?.close();
    await rm(copy, { recursive: true });
  }
}

describe('when the engine breaks down', () => {
  test('the page says so, keeps the text, and the next run works', () =>
    // The real module, but for one program on which it traps.
    withModule(
      `export * from './whole.mjs';
       import { load as loadWhole } from './whole.mjs';
       export async function load(options) {
         const engine = await loadWhole(options);
         return {
           memory: () => engine.memory(),
           session: (given) => {
             const session = engine.session(given);
             return {
               dispose: () => session.dispose(),
               run: (source, runOptions) => {
                 if (source.includes('break down')) throw new WebAssembly.RuntimeError('unreachable');
                 return session.run(source, runOptions);
               },
             };
           },
         };
       }`,
      async (pad) => {
        await pad.printed('42\n');
        await pad.setCode('# break down\n');
        await pad.status('crashed');
        assert.match(await pad.output(), /broke down.*unreachable/s);
        assert.equal(await pad.code(), '# break down\n');
        await pad.setCode('print("alive")\n');
        await pad.printed('alive\n');
      },
    ));

  test('an engine that cannot be loaded is reported, not waited for', () =>
    withModule(
      `export const compile = () => Promise.reject(new Error('no network'));
       export const load = compile;`,
      async (pad) => {
        await pad.status('unavailable');
        assert.match(await pad.output(), /could not be loaded: no network/);
        assert.equal(await pad.code(), 'print(6 * 7)\n');
      },
    ));
});
