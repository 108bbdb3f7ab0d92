// Times Gradpad in headless Chromium, and beside it, in the same browser and run, its peers:
//
//   npm ci --prefix bench && node bench/page.mjs
//
// Without the peers (bench/node_modules absent) Gradpad alone. All on one thread.

import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { launchChromium } from '../tools/lib/chromium.mjs';
import { serveFolder } from '../tools/lib/static_server.mjs';
import { gflops, programs, report } from './workloads.mjs';

const here = import.meta.dirname;
const root = await mkdtemp(join(tmpdir(), 'gradpad-bench-'));
await symlink(join(here, '../build/web/site/lib'), join(root, 'lib'));
const withPeers = existsSync(join(here, 'node_modules'));
if (withPeers) {
  await esbuild.build({
    entryPoints: [join(here, 'peers.js')],
    outfile: join(root, 'peers.js'),
    bundle: true,
    format: 'esm',
    logLevel: 'error',
    external: ['node:*', 'fs', 'path', 'util', 'crypto', 'os', 'worker_threads', 'perf_hooks'],
  });
  const files = join(here, 'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out');
  await cp(files, join(root, 'peers'), { recursive: true });
}

// An isolated page, whose clock ticks every 5 µs and not every 100.
const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const server = await serveFolder(root, { headers: isolated });
const browser = await launchChromium();
const page = await browser.newPage();
await page.setRequestInterception(true);
page.on('request', (request) => {
  if (request.url() !== server.url) return request.continue();
  return request.respond({ contentType: 'text/html', headers: isolated, body: '<!doctype html>' });
});
await page.goto(server.url);

const own = await page.evaluate(async (programs) => {
  const { load } = await import('/lib/gradpad.mjs');
  const gp = await load();
  const times = {};
  for (const [name, source] of Object.entries(programs)) {
    // One run first, so that the browser has optimised what it runs.
    for (let i = 0; i < 2; i++) {
      const session = gp.session();
      const { stdout, error } = session.run(source, { inspect: false });
      if (error) throw new Error(error.traceback);
      times[name] = Number(stdout);
      session.dispose();
    }
  }
  return { isa: gp.isa, times };
}, programs);

console.log(`Gradpad (${own.isa}), ${await browser.version()}`);
const show = (name, milliseconds) => {
  if (name.startsWith('matmul')) report(name, gflops(512, milliseconds), 'GFLOP/s');
  else if (milliseconds < 1) report(name, milliseconds * 1000, 'µs');
  else report(name, milliseconds, 'ms');
};
for (const [name, milliseconds] of Object.entries(own.times)) show(name, milliseconds);

const names = {
  matmul: 'matmul 512²',
  scalars: '100 scalar operations, forward and backward',
  compiledScalars: '100 scalar operations, compiled',
  conv: 'conv2d 8×16×32×32 → 32, 3×3',
  tanh: 'tanh(a)*a+a, 1M',
};
for (const peer of withPeers ? ['tfjs-wasm', 'jax-js'] : []) {
  const times = await page.evaluate(async (peer) => {
    const { peers } = await import('/peers.js');
    return peers[peer]();
  }, peer);
  console.log(peer);
  for (const [name, milliseconds] of Object.entries(times)) show(names[name], milliseconds);
}

await browser.close();
await server.close();
await rm(root, { recursive: true });
