// The page: how small the first visit is, language, theme, addresses, the frame, and
// what is there without JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { en } from '../catalogue.mjs';
import { useSite } from './browser.mjs';
import { countingProxy, servePages } from './servers.mjs';

const site = useSite();
const { visit } = site;

describe('the first visit', () => {
  test('shows a gradient, without anything being touched', () =>
    visit('', async (pad) => {
      await pad.ready();
      const shown = await pad.graph();
      assert.match(shown.find(({ kind }) => kind === 'leaf').grad, /^\[\d+\.\]$/);
      // What bench/visit.mjs measures by.
      const marks = await pad.page.evaluate(
        () => performance.getEntriesByName('gradpad-first-gradient').length,
      );
      assert.equal(marks, 1);
      assert.deepEqual(pad.problems, []);
    }));

  test('costs no more than 655 KB on the wire, the engine included', async (t) => {
    const proxy = await countingProxy(site.url);
    try {
      await visit(
        '',
        async (pad) => {
          await pad.ready();
          await pad.graph();
          await pad.quiet();
        },
        { base: proxy.url },
      );
      t.diagnostic(`${(proxy.sent / 1000).toFixed(0)} KB`);
      assert.ok(proxy.sent > 50_000 && proxy.sent <= 655_000, `${proxy.sent} bytes`);
    } finally {
      await proxy.close();
    }
  });

  test('needs nothing from anywhere else', () =>
    visit('', async (pad) => {
      await pad.ready();
      const origins = await pad.page.evaluate(() => [
        ...new Set(
          performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin),
        ),
      ]);
      assert.deepEqual(origins, [new URL(site.url).origin]);
    }));
});

describe('language', () => {
  test('follows the address, else the browser', async () => {
    await visit('?lang=zh', async (pad) => {
      await pad.ready();
      assert.equal(await pad.runText(), '运行');
    });
    await visit('', async (pad) => {
      await pad.ready();
      assert.equal(await pad.runText(), 'Run');
    });
  });

  test('switches all of the page, keeps the program, is remembered', () =>
    visit('', async (pad) => {
      await pad.ready();
      await pad.type('x = 5\nprint(x)\n');
      await pad.chooseLanguage('zh');
      await pad.until((_, root) => root.querySelector('.run').textContent.trim() === '运行');
      assert.equal((await pad.code()).trim(), 'x = 5\nprint(x)');
      assert.equal(await pad.page.$eval('html', (html) => html.lang), 'zh-CN');
      assert.match(await pad.page.title(), /Gradpad/);
      await pad.page.reload();
      await pad.ready();
      assert.equal(await pad.runText(), '运行');
    }));

  test('leaves no English words in the Chinese page', () =>
    visit('?lang=zh#lesson=volatile', async (pad) => {
      await pad.ready();
      await pad.until((element) => element.result.backwards.length > 0);
      // Open what is closed: the inspector and a step.
      await pad.click('[data-names="z"]', 'gp-graph');
      await pad.step('next');
      const seen = await pad.page.evaluate(() => {
        const texts = [];
        const collect = (node) => {
          if (node.nodeType === Node.TEXT_NODE) texts.push(node.data.trim());
          if (node instanceof Element) {
            for (const name of ['title', 'aria-label', 'aria-valuetext', 'placeholder']) {
              texts.push(node.getAttribute(name) ?? '');
            }
            if (node.shadowRoot) collect(node.shadowRoot);
          }
          for (const child of node.childNodes) {
            if (!(child instanceof Element) || !child.matches('script, style, pre, .cm-content'))
              collect(child);
          }
        };
        collect(document.body);
        return texts.filter((text) => text !== '');
      });
      assert.ok(seen.length > 60, 'the page is not empty');
      const english = Object.values(en).filter((text) => /[a-z]{3}/i.test(text));
      assert.deepEqual(
        seen.filter((text) => english.includes(text)),
        [],
      );
    }));
});

describe('theme', () => {
  const background = (pad) =>
    pad.inPad((_, root) => getComputedStyle(root.querySelector('.pad')).backgroundColor);
  const isDark = (colour) =>
    colour
      .match(/\d+/g)
      .slice(0, 3)
      .every((part) => Number(part) < 80);

  test('follows the system', async () => {
    for (const scheme of ['light', 'dark']) {
      await visit(
        '',
        async (pad) => {
          await pad.ready();
          assert.equal(isDark(await background(pad)), scheme === 'dark');
        },
        {
          before: (page) =>
            page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]),
        },
      );
    }
  });

  test('is switched by hand, remembered, and overruled by the address', () =>
    visit('', async (pad) => {
      await pad.ready();
      await pad.chooseTheme('dark');
      assert.equal(isDark(await background(pad)), true);
      await pad.page.reload();
      await pad.ready();
      assert.equal(isDark(await background(pad)), true);
      await pad.page.goto(new URL('?theme=light', site.url).href);
      await pad.ready();
      assert.equal(isDark(await background(pad)), false);
    }));
});

describe('the address', () => {
  // Recorded links: these must load for ever.
  const recorded = [
    ['#v1=q1ZKzk9JVbJSKijKzCvRMLXUjMlT0lHKSS0uzs9TslJKSkzOLk8sSlGqBQA', 'print(59)\n'],
    ['#code=print(1%20%2B%201)%0A', 'print(1 + 1)\n'],
  ];
  for (const [hash, code] of recorded) {
    test(`${hash.slice(0, 14)}… gives its program`, () =>
      visit(hash, async (pad) => {
        await pad.until((element, _, text) => element.code === text && element.result, code);
      }));
  }

  test('holds the edited program, also after a reload and in another browser', async () => {
    const code = '# 注释 “quotes” & <tags>\nprint(1)\n';
    const hash = await visit('#lesson=backward', async (pad) => {
      await pad.ready();
      await pad.type(code);
      await pad.page.waitForFunction(() => location.hash.startsWith('#v1='));
      await pad.page.reload();
      await pad.until((element, _, text) => element.code.trim() === text, code.trim());
      return pad.page.evaluate(() => location.hash);
    });
    await visit(hash, async (pad) => {
      await pad.until((element, _, text) => element.code.trim() === text, code.trim());
      await pad.page.waitForSelector('[data-lesson=backward][aria-current=page]');
      // Reset brings back the lesson's own program, and the address follows.
      await pad.click('button.quiet');
      await pad.until((element) => element.code.includes('y = x ** 2'));
      await pad.page.waitForFunction(() => location.hash === '#lesson=backward');
    });
  });

  for (const hash of ['#v1=broken', '#v9=AAAA', '#lesson=none', '#%', '#v1=', '#code=%E0%A4%A']) {
    test(`${hash} cannot be read: the page starts as usual`, () =>
      visit(hash, async (pad) => {
        await pad.ready();
        assert.match(await pad.code(), /backward/);
        assert.deepEqual(pad.problems, []);
      }));
  }

  test('changes with the lesson, and Back returns', () =>
    visit('', async (pad) => {
      await pad.ready();
      await pad.openLesson('volatile');
      await pad.until((element) => element.code.includes('volatile'));
      await pad.page.goBack();
      await pad.until((element) => !element.code.includes('volatile'));
    }));
});

describe('in a frame', () => {
  test('shows the parts asked for, in the theme asked for, with the program of the address', () =>
    visit('embed.html?view=graph,output&theme=dark&lang=zh#code=print(7)', async (pad) => {
      await pad.printed('7\n');
      const shown = await pad.inPad((element, root) => ({
        code: root.querySelector('.editor').checkVisibility(),
        graph: root.querySelector('gp-graph') !== null,
        output: root.querySelector('gp-output') !== null,
        theme: getComputedStyle(element).colorScheme,
        language: root.querySelector('gp-graph').shadowRoot.querySelector('h3').textContent,
      }));
      assert.deepEqual(shown, {
        code: false,
        graph: true,
        output: true,
        theme: 'dark',
        language: '计算图',
      });
      assert.deepEqual(pad.problems, []);
    }));

  test('tells the page around it how high it is', async () => {
    const pages = await servePages({
      '/': `<iframe src="${site.url}embed.html#code=print(7)"></iframe>
        <script>addEventListener('message', ({ data }) => { window.told = data; });</script>`,
    });
    try {
      await visit(
        '',
        ({ page }) =>
          page.waitForFunction(() => window.told?.type === 'gp-resize' && window.told.height > 200),
        { base: pages.url },
      );
    } finally {
      await pages.close();
    }
  });
});

describe('without JavaScript', () => {
  test('the first lesson, its program and all others can be read', () =>
    visit(
      '',
      async (pad) => {
        const text = await pad.page.evaluate(() => document.body.innerText);
        assert.match(text, /Change a number/);
        assert.match(text, /y\.backward\(\)/);
        assert.match(text, /volatile=True/);
        assert.match(text, /The gradient of x is 3, not 6/);
      },
      { before: (page) => page.setJavaScriptEnabled(false) },
    ));
});

describe('on a phone', () => {
  test('nothing is wider than the screen', () =>
    visit(
      '',
      async (pad) => {
        await pad.ready();
        await pad.graph();
        const [content, screen] = await pad.page.evaluate(() => [
          document.documentElement.scrollWidth,
          document.documentElement.clientWidth,
        ]);
        assert.ok(content <= screen, `${content} > ${screen}`);
      },
      { viewport: { width: 390, height: 844, isMobile: true, hasTouch: true } },
    ));
});
