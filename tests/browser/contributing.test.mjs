// The panel and the lesson of CONTRIBUTING.md, added to a copy of the page: they are there and work.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { serveFolder } from '../../tools/lib/static_server.mjs';
import { withExamples } from '../contributing.mjs';
import { site as folder, useSite } from './browser.mjs';

const site = useSite();

test('a panel of one file and one line, and a lesson of one file', () =>
  withExamples(async (copy) => {
    const built = join(copy, 'site');
    await promisify(execFile)('node', [join(copy, 'web/build.mjs'), '--out', built]);
    await symlink(join(folder, 'lib'), join(built, 'lib'));
    const server = await serveFolder(built);
    const shapes = (pad) =>
      pad.inPad((_, root) => root.querySelector('#shapes')?.innerText.replace(/\s+/g, ' '));
    try {
      const options = { base: server.url };
      await site.visit(
        '?lang=en',
        async (pad) => {
          await pad.ready();
          await pad.openLesson('chain-rule');
          await pad.printed('tensor([24.])\n');
          assert.equal((await pad.result()).error, undefined);
          await pad.graph();
          assert.match(await shapes(pad), /^Shape .*x \[1\].*y \[1\]/);
          // It points at the graph, as every panel may.
          await pad.click('#shapes button');
          await pad.until((_, root) =>
            root.querySelector('gp-graph').shadowRoot.querySelector('.inspector'),
          );
          const order = await pad.inPad((_, root) =>
            [...root.querySelectorAll('.side.second > .panel')].map(
              ({ id, localName }) => id || localName,
            ),
          );
          assert.deepEqual(order, ['gp-graph', 'shapes', 'gp-variables']);
        },
        options,
      );
      const program = encodeURIComponent(
        'import torch\nx = torch.ones(2, 3, requires_grad=True) * 2',
      );
      for (const [view, shown] of [
        ['code,shapes', true],
        ['code,graph', false],
      ]) {
        await site.visit(
          `embed.html?view=${view}#code=${program}`,
          async (pad) => {
            await pad.ready();
            assert.equal((await shapes(pad)) !== undefined, shown, view);
          },
          options,
        );
      }
    } finally {
      await server.close();
    }
  }));
