// Drives the built site in headless Chromium for the tests: starts it once a file, opens pages with
// nothing cached, and closes them again.

import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../tools/lib/chromium.mjs';
import { serveFolder } from '../../tools/lib/static_server.mjs';
import { Pad, patience } from './pad.mjs';
import { servePages } from './servers.mjs';

export const site =
  process.env.GRADPAD_SITE ?? fileURLToPath(new URL('../../build/web/site', import.meta.url));

/** A page of someone else's that holds the element by its one tag, or by several. */
export const article = (...tags) =>
  `<!doctype html><html lang="en"><head><link rel="icon" href="data:," /></head>
    <body><p>An article.</p>${tags.join('')}</body></html>`;

export const tag = (attributes = '', code = 'print(6 * 7)') => `
    <grad-pad ${attributes}>
      <pre>
        ${code}
      </pre>
    </grad-pad>`;

/** Starts the site and a browser around the tests of a file. */
export function useSite() {
  const held = {};
  before(async () => {
    held.server = await serveFolder(site);
    held.browser = await launchChromium();
  });
  after(async () => {
    await held.browser?.close();
    await held.server?.close();
  });

  /** A page in a context of its own: no cache, no storage. What goes wrong on it is noted. */
  async function open(path = '', { base = held.server.url, viewport, before: prepare } = {}) {
    const context = await held.browser.createBrowserContext();
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const pad = new Pad(page, () => context.close());
    await page.setViewport({ width: 1280, height: 800, ...viewport });
    await page.evaluateOnNewDocument(listen);
    await prepare?.(page);
    await page.goto(new URL(path, base).href);
    return pad;
  }

  /** Opens, uses, closes. */
  async function visit(path, use, options) {
    const pad = await open(path, options);
    try {
      return await use(pad);
    } finally {
      await pad.close();
    }
  }

  return {
    open,
    visit,
    get url() {
      return held.server.url;
    },
    /** A page of another origin, which loads the element's script; `files` lie beside it. */
    async visitArticle(html, use, { headers = {}, base = held.server.url, files = {} } = {}) {
      const script = `<script type="module" src="${base}grad-pad.js"></script>`;
      const body = html.replace('<body>', `<body>${script}`);
      const pages = await servePages({ '/': body, ...files }, headers);
      try {
        return await visit('', use, { base: pages.url });
      } finally {
        await pages.close();
      }
    },
  };
}

/** Runs in each page before its own scripts: notes the element's events, and which program ran. */
function listen() {
  window.heard = [];
  for (const name of ['gp-ready', 'gp-run', 'gp-result', 'gp-error', 'gp-resize', 'gp-change'])
    addEventListener(name, ({ target }) => window.heard.push([name, target.id]));
  addEventListener('gp-run', ({ target, detail }) => {
    target.startedCode = detail.code;
  });
  addEventListener('gp-result', ({ target }) => {
    target.ranCode = target.startedCode;
  });
}
