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
await page.waitForFunction(() => document.querySelector('grad-pad')?.result);
// The graph's layout comes from a worker, and the nodes slide to their places.
await new Promise((resolve) => setTimeout(resolve, 1500));
await page.screenshot({ path: file, type: 'webp', quality: 85 });
await browser.close();
await server.close();
