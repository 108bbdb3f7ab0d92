// <grad-pad> on a page of someone else's: its attributes, properties, methods and events, another
// origin, a strict policy, and an engine that breaks down.

import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { serveFolder } from '../../tools/lib/static_server.mjs';
import { Pad, servePages, site as siteFolder, useSite } from './browser.mjs';

const site = useSite();

const tag = (attributes = '', code = 'print(6 * 7)') =>
  `<!doctype html><html lang="en"><body><p>An article.</p>
    <grad-pad ${attributes}>
      <pre>
        ${code}
      </pre>
    </grad-pad></body></html>`;

/** Opens a page of another origin that holds the element by its one tag. */
async function onPage(html, use, { headers = {}, base = site.url, prepare } = {}) {
  const script = `<script type="module" src="${base}grad-pad.js"></script>`;
  const pages = await servePages({ '/': html.replace('<body>', `<body>${script}`) }, headers);
  const context = await site.browser.createBrowserContext();
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404'))
      problems.push(message.text());
  });
  try {
    if (prepare) await page.evaluateOnNewDocument(prepare);
    await page.goto(pages.url);
    await use(new Pad(page, problems, () => context.close()), problems);
  } finally {
    await context.close();
    await pages.close();
  }
}

describe('<grad-pad> on a page of another origin', () => {
  test('one tag: the program inside it runs, indentation of the HTML removed', () =>
    onPage(tag(), async (pad, problems) => {
      await pad.until((element) => element.result?.stdout === '42\n');
      assert.equal(await pad.code(), 'print(6 * 7)\n');
      assert.deepEqual(problems, []);
    }));

  test('under a strict Content-Security-Policy', () => {
    const origin = new URL(site.url).origin;
    return onPage(
      tag(
        '',
        'import torch\n        x = torch.ones(3, requires_grad=True)\n        x.sum().backward()',
      ),
      async (pad, problems) => {
        await pad.until((element) => element.result?.graph.nodes.length > 0);
        await pad.graph();
        await pad.followRuns();
        await pad.type('print(1)\n');
        assert.deepEqual(problems, []);
        const face = await pad.inPad(
          (_, root) => getComputedStyle(root.querySelector('.cm-scroller')).fontFamily,
        );
        assert.match(face, /mono/i);
      },
      {
        headers: {
          'Content-Security-Policy': `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; worker-src blob:; connect-src ${origin}; style-src 'none'`,
        },
      },
    );
  });

  test('fires gp-ready, gp-run, gp-result and gp-resize in order, through shadow borders', () =>
    onPage(
      tag('loading="eager"'),
      async (pad) => {
        await pad.until((element) => element.result);
        await pad.page.waitForFunction(() => window.heard.includes('gp-resize'));
        const heard = await pad.page.evaluate(() => window.heard);
        const order = ['gp-ready', 'gp-run', 'gp-result'].map((name) => heard.indexOf(name));
        assert.ok(order[0] >= 0 && order[0] < order[1] && order[1] < order[2], heard.join());
        await pad.inPad((element) => {
          element.code = 'nonsense\n';
        });
        await pad.page.waitForFunction(() => window.heard.includes('gp-error'));
      },
      {
        prepare: () => {
          window.heard = [];
          for (const name of ['gp-ready', 'gp-run', 'gp-result', 'gp-error', 'gp-resize']) {
            window.addEventListener(name, () => window.heard.push(name));
          }
        },
      },
    ));

  test('run="click" waits; run() gives the result; stop() ends a run', () =>
    onPage(tag('run="click"'), async (pad) => {
      await pad.until((_, root) => root.querySelector('.cm-content'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(await pad.inPad((element) => element.result === undefined), true);
      assert.equal(await pad.inPad(async (element) => (await element.run()).stdout), '42\n');
      await pad.inPad((element) => {
        element.code = 'while True: pass\n';
        element.ended = element.run();
      });
      await pad.until((_, root) => root.querySelector('.run.stop'));
      assert.equal(
        await pad.inPad(async (element) => {
          element.stop();
          return (await element.ended) === undefined;
        }),
        true,
      );
      assert.equal(await pad.inPad((element) => element.result.stdout), '42\n');
    }));

  test('run="load" runs once and not at each edit', () =>
    onPage(tag('run="load"'), async (pad) => {
      await pad.until((element) => element.result?.stdout === '42\n');
      await pad.page.click('grad-pad >>> .cm-content');
      await pad.page.keyboard.type('x');
      await new Promise((resolve) => setTimeout(resolve, 700));
      assert.equal(await pad.inPad((element) => element.result.stdout), '42\n');
      await pad.page.keyboard.press('Backspace');
    }));

  test('Ctrl+Enter runs', () =>
    onPage(tag('run="click"'), async (pad) => {
      await pad.until((_, root) => root.querySelector('.cm-content'));
      await pad.page.click('grad-pad >>> .cm-content');
      await pad.page.keyboard.down('Control');
      await pad.page.keyboard.press('Enter');
      await pad.page.keyboard.up('Control');
      await pad.until((element) => element.result?.stdout === '42\n');
    }));

  test('readonly: typing changes nothing, running works', () =>
    onPage(tag('readonly'), async (pad) => {
      await pad.until((element) => element.result);
      await pad.page.click('grad-pad >>> .cm-content');
      await pad.page.keyboard.type('spam');
      assert.equal(await pad.code(), 'print(6 * 7)\n');
    }));

  test('view, theme, height and lang', () =>
    onPage(tag('view="code,output" theme="dark" height="333px" lang="zh"'), async (pad) => {
      await pad.until((element) => element.result);
      const seen = await pad.inPad((element, root) => ({
        graph: root.querySelector('gp-graph'),
        scheme: getComputedStyle(element).colorScheme,
        height: element.getBoundingClientRect().height,
        run: root.querySelector('.run').textContent.trim(),
      }));
      assert.deepEqual(seen, { graph: null, scheme: 'dark', height: 333, run: '运行' });
    }));

  test('src fetches the program', async () => {
    const html = tag('src="/program.py" run="load"').replace(/<pre>.*<\/pre>/s, '');
    const script = `<script type="module" src="${site.url}grad-pad.js"></script>`;
    const pages = await servePages({ '/': script + html, '/program.py': 'print("fetched")\n' });
    const context = await site.browser.createBrowserContext();
    const page = await context.newPage();
    await page.goto(pages.url);
    await new Pad(page).until((element) => element.result?.stdout === 'fetched\n');
    await context.close();
    await pages.close();
  });

  test('loading="lazy": far below, nothing is loaded until one scrolls there', () => {
    const far = tag().replace('<p>', '<p style="height:5000px">');
    return onPage(far, async (pad) => {
      await new Promise((resolve) => setTimeout(resolve, 600));
      const loaded = () =>
        pad.page.evaluate(() =>
          performance.getEntriesByType('resource').some(({ name }) => name.includes('workbench')),
        );
      assert.equal(await loaded(), false);
      assert.match(
        await pad.page.evaluate(() => document.querySelector('pre').textContent),
        /6 \* 7/,
      );
      await pad.page.evaluate(() => scrollTo(0, 5000));
      await pad.until((element) => element.result?.stdout === '42\n');
    });
  });

  test('two on one page do not disturb each other', () =>
    onPage(
      tag().replace('</body>', `${tag('id="second"', 'print("two")')}</body>`),
      async (pad) => {
        await pad.until((element) => element.result?.stdout === '42\n');
        await pad.page.waitForFunction(
          () => document.querySelector('#second').result?.stdout === 'two\n',
        );
      },
    ));

  test('taken out of the page and put back, it still runs', () =>
    onPage(tag(), async (pad) => {
      await pad.until((element) => element.result);
      await pad.inPad((element) => {
        const { parentNode } = element;
        element.remove();
        parentNode.append(element);
      });
      assert.equal(await pad.inPad(async (element) => (await element.run()).stdout), '42\n');
    }));

  test('leaving the editor by keyboard: Escape, then Tab', () =>
    onPage(tag(), async (pad) => {
      await pad.until((element) => element.result);
      await pad.page.click('grad-pad >>> .cm-content');
      await pad.page.keyboard.press('Escape');
      await pad.page.keyboard.press('Tab');
      const inside = await pad.inPad(
        (_, root) => root.activeElement?.classList.contains('cm-content') ?? false,
      );
      assert.equal(inside, false);
    }));
});

describe('when the engine breaks down', () => {
  test('the page says so, keeps the text, and the next run works', async () => {
    // The real module, but for one program on which it traps.
    const folder = await mkdtemp(join(tmpdir(), 'gradpad-'));
    let server;
    try {
      await cp(siteFolder, folder, { recursive: true });
      for (const name of ['br', 'gz'])
        await rm(join(folder, `lib/gradpad.mjs.${name}`), { force: true });
      await rename(join(folder, 'lib/gradpad.mjs'), join(folder, 'lib/whole.mjs'));
      await writeFile(
        join(folder, 'lib/gradpad.mjs'),
        `export * from './whole.mjs';
         import { load as loadWhole } from './whole.mjs';
         export async function load(options) {
           const engine = await loadWhole(options);
           return {
             session: () => {
               const session = engine.session();
               return {
                 run: (source, runOptions) => {
                   if (source.includes('break down')) throw new WebAssembly.RuntimeError('unreachable');
                   return session.run(source, runOptions);
                 },
               };
             },
           };
         }`,
      );
      server = await serveFolder(folder);
      await onPage(
        tag('loading="eager" lang="en"'),
        async (pad) => {
          await pad.until((element) => element.result?.stdout === '42\n');
          await pad.inPad((element) => {
            element.code = '# break down\n';
          });
          await pad.until((_, root) => root.querySelector('.status.crashed'));
          assert.match(await pad.output(), /broke down.*unreachable/s);
          assert.equal(await pad.code(), '# break down\n');
          await pad.inPad((element) => {
            element.code = 'print("alive")\n';
          });
          await pad.until((element) => element.result?.stdout === 'alive\n');
        },
        { base: server.url },
      );
    } finally {
      await server?.close();
      await rm(folder, { recursive: true });
    }
  });

  test('an engine that cannot be loaded is reported, not waited for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gradpad-'));
    let server;
    try {
      await cp(siteFolder, folder, { recursive: true });
      for (const name of ['', '.br', '.gz'])
        await rm(join(folder, `lib/gradpad.mjs${name}`), { force: true });
      await writeFile(
        join(folder, 'lib/gradpad.mjs'),
        `export const compile = () => Promise.reject(new Error('no network'));
         export const load = compile;`,
      );
      server = await serveFolder(folder);
      await onPage(
        tag('loading="eager" lang="en"'),
        async (pad) => {
          await pad.until((_, root) => root.querySelector('.status.unavailable'));
          assert.match(await pad.output(), /could not be loaded: no network/);
          assert.equal(await pad.code(), 'print(6 * 7)\n');
        },
        { base: server.url },
      );
    } finally {
      await server?.close();
      await rm(folder, { recursive: true });
    }
  });
});
