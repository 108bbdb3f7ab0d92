// Times what a person waits for on the page, in headless Chromium, and beside it, in the same run,
// what the machine needs for something fixed: the first paint of an empty page, and a loop of
// JavaScript. The ratios to those are what can be compared between machines and days.
//
//   node bench/visit.mjs [ROUNDS]

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../tools/lib/chromium.mjs';
import { serveFolder } from '../tools/lib/static_server.mjs';
import { report } from './workloads.mjs';

const rounds = Number(process.argv[2] ?? 7);
const patience = 600_000;
const site = await serveFolder(fileURLToPath(new URL('../build/web/site', import.meta.url)));
const empty = createServer((_, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><link rel="icon" href="data:," /><p>Empty.</p>');
});
await new Promise((resolve) => empty.listen(0, '127.0.0.1', resolve));
const browser = await launchChromium();

/** Opens a page with nothing cached. */
async function visit(url, use) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    await page.setViewport({ width: 1280, height: 800 });
    await page.goto(url);
    return await use(page);
  } finally {
    await context.close();
  }
}

const firstPaint = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list, observer) => {
          const [entry] = list.getEntriesByName('first-contentful-paint');
          if (!entry) return;
          observer.disconnect();
          resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );

/** Ten million steps of whole-number arithmetic, best of five. */
const loop = (page) =>
  page.evaluate(() => {
    let best = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 5; turn++) {
      const begin = performance.now();
      let x = 1;
      for (let i = 0; i < 10_000_000; i++) x = (Math.imul(x, 1103515245) + 12345) | 0;
      if (x === 0) throw new Error('never');
      best = Math.min(best, performance.now() - begin);
    }
    return best;
  });

const firstGradient = async (page) => {
  const mark = 'gradpad-first-gradient';
  await page.waitForFunction((name) => performance.getEntriesByName(name).length > 0, {}, mark);
  return page.evaluate((name) => performance.getEntriesByName(name)[0].startTime, mark);
};

/** From a key to the graph drawn anew, with the pause that the page waits for further keys. */
async function edits(page) {
  await page.waitForFunction(() => document.querySelector('grad-pad')?.result);
  await page.evaluate(() => {
    addEventListener('keydown', ({ timeStamp }) => (window.pressed = timeStamp), true);
    addEventListener('graph-drawn', () => (window.drawn = performance.now()));
  });
  // The place after the 2 of 2.0 in the second line.
  await page.click('grad-pad >>> .cm-content');
  await page.keyboard.down('Control');
  await page.keyboard.press('Home');
  await page.keyboard.up('Control');
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 19; step++) await page.keyboard.press('ArrowRight');
  const times = [];
  for (const key of ['1', '2', '3', '4', '5']) {
    await page.keyboard.press('Backspace');
    await page.waitForFunction(() => window.drawn > window.pressed);
    await page.keyboard.press(key);
    await page.waitForFunction(() => window.drawn > window.pressed);
    times.push(await page.evaluate(() => window.drawn - window.pressed));
  }
  return median(times);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const times = { paint: [], loop: [], gradient: [], edit: [] };
const emptyUrl = `http://localhost:${empty.address().port}/`;
// Turn by turn, so that other work of the machine falls on all alike.
for (let round = 0; round < rounds; round++) {
  await visit(emptyUrl, async (page) => {
    times.paint.push(await firstPaint(page));
    times.loop.push(await loop(page));
  });
  await visit(site.url, async (page) => {
    times.gradient.push(await firstGradient(page));
    times.edit.push(await edits(page));
  });
}

console.log(`${await browser.version()}, medians of ${rounds} visits with nothing cached`);
const [paint, calibration, gradient, edit] = Object.values(times).map(median);
report('an empty page, first paint', paint, 'ms');
report('a loop of 10 million steps of JavaScript', calibration, 'ms');
report('first gradient on the screen', gradient, 'ms');
report('  of an empty page’s first paint', gradient / paint, 'times');
report('from a key to the graph (220 ms of it the pause)', edit, 'ms');
report('  without the pause, of the loop', (edit - 220) / calibration, 'times');

await browser.close();
await site.close();
empty.close();
