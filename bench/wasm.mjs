// Times the WebAssembly builds in Node:
//
//   node --experimental-wasm-relaxed-simd bench/wasm.mjs [FOLDER OF THE SITE]
//
// Without the flag Node 20 runs the build without relaxed SIMD only.

import { fileURLToPath, pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { relaxedSimd } from 'wasm-feature-detect';
import { gflops, programs, report, time, timeAsync } from './workloads.mjs';

const site = resolve(
  process.argv[2] ?? fileURLToPath(new URL('../build/web/site', import.meta.url)),
);
const { load, compile } = await import(pathToFileURL(`${site}/lib/gradpad.mjs`));

for (const variant of (await relaxedSimd()) ? ['simd', 'relaxed'] : ['simd']) {
  const compiled = await compile({ variant });
  const gp = await load({ compiled });
  console.log(`${variant} (${gp.isa}), Node ${process.version}`);

  report('instantiate a compiled module', await timeAsync(() => load({ compiled }), 0.5), 'ms');
  const first = () => {
    const session = gp.session();
    session.run('import torch\nx = torch.tensor([2.], requires_grad=True)\n(x ** 2).backward()\n');
    session.dispose();
  };
  report('a new session and a small program, with its graph', time(first, 0.5), 'ms');

  gp.scope(() => {
    const a = gp.rand([512, 512]);
    const b = gp.rand([512, 512]);
    const milliseconds = time(() => a.matmul(b).dispose());
    report('matmul 512², from JavaScript', gflops(512, milliseconds), 'GFLOP/s');

    const data = a.data();
    const there = time(() => gp.tensor(data, { shape: [512, 512] }).dispose(), 0.3);
    report('1 MB into a tensor', 1 / there, 'GB/s');
    report('1 MB out of a tensor', 1 / time(() => a.data(), 0.3), 'GB/s');

    const x = gp.tensor(1.5);
    const calls = time(() => {
      for (let i = 0; i < 1000; i++) x.add(1).dispose();
    }, 0.5);
    report('x + 1 on one element, from JavaScript', calls * 1000, 'ns');

    const leaf = gp.tensor(1.5, { requiresGrad: true });
    const chain = time(() =>
      gp.scope(() => {
        let y = leaf;
        for (let i = 0; i < 50; i++) y = y.mul(0.99).add(0.01);
        y.backward();
      }),
    );
    report('100 scalar operations and backward, from JavaScript', chain * 1000, 'µs');
  });

  for (const [name, source] of Object.entries(programs)) {
    for (const inspect of name.startsWith('100 scalar') ? [true, false] : [false]) {
      const session = gp.session();
      const { stdout, error } = session.run(source, { inspect });
      session.dispose();
      if (error) throw new Error(error.traceback);
      const milliseconds = Number(stdout);
      const label = inspect ? `${name}, graph recorded` : name;
      if (name.startsWith('matmul')) report(label, gflops(512, milliseconds), 'GFLOP/s');
      else if (milliseconds < 1) report(label, milliseconds * 1000, 'µs');
      else report(label, milliseconds, 'ms');
    }
  }
}
