// Drives the built site in headless Chromium for the tests: starts it once a file, opens pages with
// nothing cached, and reads what a person would see.

import { createServer } from 'node:http';
import { connect, createServer as createTcpServer } from 'node:net';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../tools/lib/chromium.mjs';
import { serveFolder } from '../../tools/lib/static_server.mjs';

export const site =
  process.env.GRADPAD_SITE ?? fileURLToPath(new URL('../../build/web/site', import.meta.url));

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
  return {
    get url() {
      return held.server.url;
    },
    get browser() {
      return held.browser;
    },
    /** A page in a context of its own: no cache, no storage. Errors fail the test that asks. */
    async open(path = '', { base = held.server.url, ...options } = {}) {
      const context = await held.browser.createBrowserContext();
      const page = await context.newPage();
      const problems = [];
      page.on('pageerror', (error) => problems.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.setViewport({ width: 1280, height: 800, ...options.viewport });
      await options.before?.(page);
      await page.goto(new URL(path, base).href);
      return new Pad(page, problems, () => context.close());
    },
  };
}

/** A page that holds a <grad-pad>. */
export class Pad {
  constructor(page, problems, close) {
    this.page = page;
    this.problems = problems;
    this.close = close;
  }

  /** Runs `read(pad element, its shadow root, ...values)` in the page. */
  inPad(read, ...values) {
    return this.page.evaluate(
      new Function(
        '...values',
        `const pad = document.querySelector('grad-pad'); return (${read})(pad, pad.shadowRoot, ...values);`,
      ),
      ...values,
    );
  }

  /** Waits until `test(pad, root, ...values)` is true in the page. */
  async until(test, ...values) {
    await this.page.waitForFunction(
      new Function(
        '...values',
        `const pad = document.querySelector('grad-pad');
         return pad?.shadowRoot && (${test})(pad, pad.shadowRoot, ...values);`,
      ),
      { timeout: 15_000, polling: 20 },
      ...values,
    );
    return this;
  }

  ready() {
    return this.until((pad, root) => root.querySelector('.cm-content') && pad.result !== undefined);
  }

  /**
   * Replaces the program by typing, key by key, as a person does; waits for its result. Call
   * followRuns() before. The editor closes brackets and indents by itself: a program with brackets
   * left open is not what was typed, and says so with `exact: false`.
   */
  async type(code, { wait = true, exact = true } = {}) {
    const { keyboard } = this.page;
    const chord = async (modifier, key) => {
      await keyboard.down(modifier);
      await keyboard.press(key);
      await keyboard.up(modifier);
    };
    await this.page.click('grad-pad >>> .cm-content');
    await chord('Control', 'KeyA');
    await keyboard.press('Backspace');
    const lines = code.trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      if (index > 0) {
        await keyboard.press('Enter');
        if (line !== '') await chord('Shift', 'Home'); // Over the editor's own indentation.
      }
      await keyboard.type(line);
    }
    if (exact) {
      const typed = (await this.code()).replace(/[ \t]+$/gm, '').trimEnd();
      if (typed !== code.trimEnd()) throw new Error(`typed ${code}, but there is ${typed}`);
    }
    if (!wait) return;
    // The debounced run after the last key has come back, not one for half the text.
    await this.until(
      (pad, root) =>
        pad.ranCode === pad.code &&
        root.querySelector('.status').className ===
          `status ${pad.result.error ? 'failed' : 'result'}`,
    );
  }

  /** Remembers the program of each run in `pad.ranCode` once its result is there. */
  async followRuns() {
    await this.inPad((pad) => {
      let started = '';
      pad.addEventListener('gp-run', (event) => {
        started = event.detail.code;
      });
      pad.addEventListener('gp-result', () => {
        pad.ranCode = started;
      });
    });
    return this;
  }

  /** The nodes of the drawn graph, as they read. */
  async graph() {
    await this.until(
      (pad, root) =>
        root.querySelector('gp-graph').shadowRoot.querySelectorAll('[data-node]').length ===
        pad.result.graph.nodes.length,
    );
    return this.inPad((_, root) =>
      [...root.querySelector('gp-graph').shadowRoot.querySelectorAll('[data-node]')].map(
        (node) => ({
          names: node.dataset.names,
          kind: ['leaf', 'op', 'constant'].find((kind) => node.classList.contains(kind)),
          title: node.querySelector('.title')?.textContent ?? '',
          op: node.querySelector('text.op')?.textContent ?? '',
          shape: node.querySelector('.shape')?.textContent ?? '',
          value: node.querySelector('text.value')?.textContent ?? '',
          grad: node.querySelector('text.grad')?.textContent ?? '',
          label: node.getAttribute('aria-label'),
        }),
      ),
    );
  }

  async node(name) {
    const nodes = await this.graph();
    const found = nodes.find(({ names }) => names.split(' ').includes(name));
    if (!found) throw new Error(`no node '${name}' among ${JSON.stringify(nodes)}`);
    return found;
  }

  output() {
    return this.inPad(
      (_, root) => root.querySelector('gp-output').shadowRoot.querySelector('.scroll').textContent,
    );
  }

  code() {
    return this.inPad((pad) => pad.code);
  }
}

/** A server for pages of the tests' own, on another origin than the site. */
export async function servePages(pages, headers = {}) {
  const server = createServer((request, response) => {
    const body = pages[new URL(request.url, 'http://localhost').pathname];
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'text/html', ...headers });
    response.end(body ?? '');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((done) => server.close(done) && server.closeAllConnections()),
  };
}

/** A proxy before the site that counts every byte sent to the browser, headers and all. */
export async function countingProxy(target) {
  const { port, hostname } = new URL(target);
  let sent = 0;
  const sockets = new Set();
  const server = createTcpServer((client) => {
    const upstream = connect(Number(port), hostname === 'localhost' ? '127.0.0.1' : hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    upstream.on('data', (data) => {
      sent += data.length;
    });
    upstream.pipe(client);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    get sent() {
      return sent;
    },
    close: () =>
      new Promise((done) => {
        server.close(done);
        for (const socket of sockets) socket.destroy();
      }),
  };
}
