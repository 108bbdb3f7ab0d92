// Loading the module: the choice of build, handing a compiled module to a worker, strict pages.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { serveFolder } from '../../tools/lib/static_server.mjs';
import { compile, load, root, site, variants } from './module.mjs';

const file = pathToFileURL(`${site}/lib/gradpad.mjs`).href;

test('the fastest build that runs here is taken, unless told otherwise', async () => {
  assert.equal((await load()).variant, variants.at(-1));
  for (const variant of variants) {
    assert.equal((await load({ variant })).variant, variant);
    assert.equal((await compile({ variant })).variant, variant);
  }
});

test('the build without relaxed SIMD holds none of its instructions', async () => {
  // Compiled by an engine that knows none.
  const script = `
    const { load } = await import(${JSON.stringify(file)});
    const gp = await load({ variant: 'simd' });
    console.log(gp.isa, gp.ones([2]).add(1).toString());`;
  const text = execFileSync(process.execPath, ['--input-type=module', '-e', script]).toString();
  assert.equal(text, 'wasm tensor([2., 2.])\n');
});

test('a compiled module serves in a worker, again and again', async () => {
  const compiled = await compile();
  for (let i = 0; i < 2; i++) {
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      import v8 from 'node:v8';
      v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
      const { load } = await import(workerData.file);
      const gp = await load({ compiled: workerData.compiled });
      const result = gp.session().run('import torch\\nprint(torch.ones(2))\\n');
      parentPort.postMessage({ result });`;
    const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(source)}`), {
      workerData: { file, compiled },
    });
    const [{ result }] = await once(worker, 'message');
    assert.equal(result.stdout, 'tensor([1., 1.])\n');
    await worker.terminate();
  }
});

test('a result survives structured clone', async () => {
  const gp = await load();
  const result = gp
    .session()
    .run('import torch\nx = torch.ones(2, requires_grad=True)\n(x * 2).sum().backward()\n');
  assert.deepEqual(structuredClone(result), result);
});

test('works where code may not be made of text', () => {
  const script = `
    const { load } = await import(${JSON.stringify(file)});
    const gp = await load({ variant: 'simd' });
    const seen = [];
    gp.session().run('print(1)', { onStdout: (text) => seen.push(text) });
    try { gp.ones([2]).matmul(gp.ones([3])); } catch (error) { seen.push(error.name); }
    console.log(seen.join(''));`;
  const flags = ['--disallow-code-generation-from-strings', '--input-type=module', '-e', script];
  assert.equal(execFileSync(process.execPath, flags).toString(), '1\nRuntimeError\n');
});

test('comes over HTTP, with and without the right media type', async (t) => {
  for (const headers of [{}, { 'Content-Type': 'application/octet-stream' }]) {
    const server = await serveFolder(`${site}/lib`, { headers });
    t.after(() => server.close());
    const name = (await readFile(`${site}/lib/gradpad.mjs`, 'utf8')).match(
      /gradpad-simd\.wasm\?\w+/,
    )[0];
    const response = await fetch(`${server.url}${name}`);
    assert.equal(response.status, 200);
    const module = await WebAssembly.compile(await response.arrayBuffer());
    const rest = `${server.url}${name.replace('.wasm', '.rest.wasm')}`;
    const gp = await load({ compiled: { variant: 'simd', module, rest } });
    assert.equal(gp.ones([2]).sum().item(), 2);
    await assert.rejects(
      load({ compiled: { variant: 'simd', module, rest: `${server.url}missing.wasm` } }),
      /404/,
    );
  }
});

test('the programs of the article and the first lesson need no more than the first part', () => {
  // As in a browser's worker, where the rest is fetched when it is needed: here it never comes.
  const script = String.raw`
    import { readFile } from 'node:fs/promises';
    globalThis.WorkerGlobalScope = class {};
    globalThis.XMLHttpRequest = class { open() {} send() { throw new Error('offline'); } };
    const { load } = await import(${JSON.stringify(file)});
    const options = { filename: 'program.py', onStdout: () => {}, onStderr: () => {} };
    const gp = await load({ variant: 'simd' });
    for (const name of process.argv.slice(1)) {
      let source = await readFile(name, 'utf8');
      if (name.endsWith('.md')) source = /^\x60{3}python\n(.*?)^\x60{3}/ms.exec(source)[1];
      const { error } = gp.session().run(source, options);
      if (error) throw new Error(name + error.traceback);
    }
    let problem;
    try { gp.session().run('import torch\nprint(torch.linalg.slogdet(torch.eye(2)))'); }
    catch (thrown) { problem = thrown; }
    console.log(problem?.name, problem?.cause?.name);
    try { gp.session(); } catch (thrown) { console.log(thrown.message); }`;
  const programs = ['tests/lang/article', 'tests/lang/nn', 'web/lessons', 'wasm/everyday'].flatMap(
    (folder) =>
      readdirSync(`${root}/${folder}`)
        .filter((name) => /^(?!error_).*\.(py|md)$/.test(name))
        .map((name) => `${root}/${folder}/${name}`),
  );
  const flags = ['--input-type=module', '-e', script, ...programs];
  const text = execFileSync(process.execPath, flags).toString();
  assert.equal(text, 'StateError RestError\nthe engine broke down earlier; load it again\n');
});

test('importing the module fetches nothing', async () => {
  const script = `
    globalThis.fetch = () => { throw new Error('fetched'); };
    WebAssembly.compile = WebAssembly.instantiate = fetch;
    await import(${JSON.stringify(file)});`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script]);
});

test('what everyday programs need is at most 475 KB, compressed', async () => {
  for (const variant of ['simd', 'relaxed']) {
    const content = await readFile(`${site}/lib/gradpad-${variant}.wasm`);
    assert.ok(brotliCompressSync(content).length <= 475_000, variant);
    const rest = await stat(`${site}/lib/gradpad-${variant}.rest.wasm`);
    assert.ok(rest.size > 100_000, 'a part is fetched only when it is needed');
  }
  const glue = await readFile(`${site}/lib/gradpad.mjs`);
  assert.ok(gzipSync(glue).length <= 25 * 1024);
  assert.ok((await stat(`${site}/lib/gradpad.d.ts`)).size > 10_000);
});
