// <grad-pad> on a page of someone else's: its attributes, properties, methods and events, another
// origin, a strict policy.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { article, tag, useSite } from './browser.mjs';

const site = useSite();

const onPage = (tags, use, options) => site.visitArticle(article(...[tags].flat()), use, options);

/** Waits for the result of another element of the page. */
const printed = (pad, id, stdout) =>
  pad.page.waitForFunction(
    (one, text) => document.querySelector(`#${one}`).result?.stdout === text,
    {},
    id,
    stdout,
  );

const count = (events, name) => events.filter((one) => one === name).length;

describe('<grad-pad> on a page of another origin', () => {
  test('one tag: the program inside it runs, indentation of the HTML removed', () =>
    onPage(tag(), async (pad) => {
      await pad.printed('42\n');
      assert.equal(await pad.code(), 'print(6 * 7)\n');
      assert.deepEqual(pad.problems, []);
    }));

  test('under a strict Content-Security-Policy', () => {
    const origin = new URL(site.url).origin;
    const program =
      'import torch\n        x = torch.ones(3, requires_grad=True)\n        x.sum().backward()';
    const policy = [
      `default-src 'none'`,
      `script-src ${origin} 'wasm-unsafe-eval'`,
      'worker-src blob:',
      `connect-src ${origin}`,
      `style-src 'none'`,
      'img-src data:',
    ];
    return onPage(
      tag('', program),
      async (pad) => {
        await pad.until((element) => element.result?.graph.nodes.length > 0);
        await pad.graph();
        await pad.type('print(1)\n');
        assert.deepEqual(pad.problems, []);
        const face = await pad.inPad(
          (_, root) => getComputedStyle(root.querySelector('.cm-scroller')).fontFamily,
        );
        assert.match(face, /mono/i);
      },
      { headers: { 'Content-Security-Policy': policy.join('; ') } },
    );
  });

  test('fires gp-ready, gp-run, gp-result and gp-resize in order, through shadow borders', () =>
    onPage(tag('loading="eager"'), async (pad) => {
      const told = (name) =>
        pad.page.waitForFunction((event) => window.heard.some(([one]) => one === event), {}, name);
      await told('gp-result');
      await told('gp-resize');
      const heard = await pad.heard();
      const order = ['gp-ready', 'gp-run', 'gp-result'].map((name) => heard.indexOf(name));
      assert.ok(order[0] >= 0 && order[0] < order[1] && order[1] < order[2], heard.join());
      await pad.setCode('nonsense\n');
      await told('gp-error');
    }));

  test('run="click" waits; run() gives the result; stop() ends a run', () =>
    onPage([tag('run="click"'), tag('id="second" run="load"', 'print("second")')], async (pad) => {
      await pad.opened();
      await printed(pad, 'second', 'second\n');
      // Its neighbour has run to its end; it has not begun.
      assert.equal(count(await pad.heard(), 'gp-run'), 0);
      assert.equal(await pad.inPad((element) => element.result === undefined), true);
      assert.equal(await pad.inPad(async (element) => (await element.run()).stdout), '42\n');
      await pad.inPad((element) => {
        element.code = 'while True: pass\n';
        element.ended = element.run();
      });
      await pad.running();
      const stopped = await pad.inPad(async (element) => {
        element.stop();
        return (await element.ended) === undefined;
      });
      assert.equal(stopped, true);
      assert.equal((await pad.result()).stdout, '42\n');
    }));

  test('run="load" runs once and not at each edit', () =>
    onPage([tag('run="load"'), tag('id="second" run="edit"', 'print("second")')], async (pad) => {
      await pad.printed('42\n');
      await printed(pad, 'second', 'second\n');
      await pad.edit();
      await pad.press('Control+End');
      await pad.page.keyboard.type('x');
      // Its neighbour, typed into later, has run by the end.
      await pad.page.click('#second >>> .cm-content');
      await pad.press('Control+End');
      await pad.page.keyboard.type('print(2)');
      await printed(pad, 'second', 'second\n2\n');
      assert.equal(count(await pad.heard(), 'gp-change'), 1);
      assert.equal(count(await pad.heard(), 'gp-run'), 1);
      assert.equal((await pad.result()).stdout, '42\n');
    }));

  test('Ctrl+Enter runs', () =>
    onPage(tag('run="click"'), async (pad) => {
      await pad.opened();
      await pad.edit();
      await pad.press('Control+Enter');
      await pad.printed('42\n');
    }));

  test('readonly: typing changes nothing, running works', () =>
    onPage(tag('readonly'), async (pad) => {
      await pad.ready();
      await pad.edit();
      await pad.page.keyboard.type('spam');
      await pad.press('Control+Enter');
      await pad.until(() => window.heard.filter(([name]) => name === 'gp-result').length === 2);
      assert.equal(await pad.code(), 'print(6 * 7)\n');
      assert.equal((await pad.result()).stdout, '42\n');
    }));

  test('view, theme, height and lang', () =>
    onPage(tag('view="code,output" theme="dark" height="333px" lang="zh"'), async (pad) => {
      await pad.ready();
      const seen = await pad.inPad((element, root) => ({
        graph: root.querySelector('gp-graph'),
        scheme: getComputedStyle(element).colorScheme,
        height: element.getBoundingClientRect().height,
      }));
      assert.deepEqual(seen, { graph: null, scheme: 'dark', height: 333 });
      assert.equal(await pad.runText(), '运行');
      await pad.page.$eval('grad-pad', (element) => element.setAttribute('view', 'code,graph'));
      await pad.until((_, root) => root.querySelector('gp-graph'));
      assert.equal(await pad.inPad((_, root) => root.querySelector('gp-output')), null);
    }));

  test('src fetches the program', () =>
    onPage(
      tag('src="/program.py" run="load"').replace(/<pre>.*<\/pre>/s, ''),
      (pad) => pad.printed('fetched\n'),
      { files: { '/program.py': 'print("fetched")\n' } },
    ));

  test('a src that is not there is said, in the language of the element', () =>
    onPage(tag('src="/none.py" lang="en" run="click"', ''), async (pad) => {
      await pad.opened();
      await pad.until((_, root) =>
        root.querySelector('gp-output').shadowRoot.textContent.includes('could not be fetched'),
      );
      await pad.page.$eval('grad-pad', (element) => element.setAttribute('lang', 'zh'));
      await pad.until((_, root) =>
        root.querySelector('gp-output').shadowRoot.textContent.includes('无法从'),
      );
    }));

  test('loading="lazy": far below, nothing is loaded until one scrolls there', () =>
    onPage(`<p style="height:5000px">Long.</p>${tag()}`, async (pad) => {
      assert.match(await pad.page.$eval('pre', (pre) => pre.textContent), /6 \* 7/);
      const scrolled = await pad.page.evaluate(async () => {
        const element = document.querySelector('grad-pad');
        await customElements.whenDefined('grad-pad');
        // Whoever looks out for the element has seen by now that it is far away.
        await new Promise((seen) =>
          new IntersectionObserver(seen, { rootMargin: '300px' }).observe(element),
        );
        const now = performance.now();
        scrollTo(0, 5000);
        return now;
      });
      await pad.printed('42\n');
      const begun = await pad.page.evaluate(
        () =>
          performance.getEntriesByType('resource').find(({ name }) => name.includes('workbench'))
            .startTime,
      );
      assert.ok(begun >= scrolled, 'what it needs was fetched before one scrolled there');
    }));

  test('two on one page do not disturb each other', () =>
    onPage([tag(), tag('id="second"', 'print("two")')], async (pad) => {
      await pad.printed('42\n');
      await printed(pad, 'second', 'two\n');
    }));

  test('taken out of the page and put back, it still runs', () =>
    onPage(tag(), async (pad) => {
      await pad.ready();
      await pad.inPad((element) => {
        const { parentNode } = element;
        element.remove();
        parentNode.append(element);
      });
      assert.equal(await pad.inPad(async (element) => (await element.run()).stdout), '42\n');
    }));

  test('leaving the editor by keyboard: Escape, then Tab', () =>
    onPage(tag(), async (pad) => {
      await pad.ready();
      await pad.edit();
      await pad.press('Escape');
      await pad.press('Tab');
      const inside = await pad.inPad(
        (_, root) => root.activeElement?.classList.contains('cm-content') ?? false,
      );
      assert.equal(inside, false);
    }));
});
