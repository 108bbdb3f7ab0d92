// Takes a picture of the page as a visitor finds it: node tools/lib/screenshot.mjs FILE.webp

import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium.mjs';
import { serveFolder } from './static_server.mjs';

const file = process.argv[2];
const server = await serveFolder(fileURLToPath(new URL('../../build/web/site', import.meta.url)));
const browser = await launchChromium();
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 800, deviceScaleFactor: 1.5 });
await page.goto(server.url);
await page.waitForFunction(() => {
  const root = document.querySelector('grad-pad')?.shadowRoot;
  return root?.querySelector('gp-graph')?.shadowRoot.querySelector('[data-node]');
});
// The nodes slide to their places.
await page.evaluate(async () => {
  const graph = document.querySelector('grad-pad').shadowRoot.querySelector('gp-graph');
  await Promise.all(graph.shadowRoot.getAnimations().map(({ finished }) => finished));
});
await page.screenshot({ path: file, type: 'webp', quality: 85 });
await browser.close();
await server.close();
