// The types: the module's own sources pass the strict compiler, gradpad.d.ts stands alone, and says
// of a program that uses it what is right and what is wrong.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { root, site } from './module.mjs';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const folder = mkdtempSync(join(tmpdir(), 'gradpad-types-'));
after(() => rmSync(folder, { recursive: true }));
copyFileSync(`${site}/lib/gradpad.d.ts`, join(folder, 'gradpad.d.ts'));
copyFileSync(`${site}/lib/gradpad.d.ts`, join(folder, 'gradpad.d.mts'));

function check(name, source) {
  const file = join(folder, `${name}.ts`);
  writeFileSync(file, source);
  const flags = ['--strict', '--noEmit', '--noUncheckedIndexedAccess', '--target', 'es2022'];
  const where = ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom'];
  return spawnSync(process.execPath, [tsc, ...flags, ...where, file], { encoding: 'utf8' });
}

test('the sources of the module', () => {
  execFileSync(process.execPath, [tsc, '-p', join(root, 'wasm')], { stdio: 'inherit' });
});

test('gradpad.d.ts imports nothing and has no any', () => {
  const text = readFileSync(join(folder, 'gradpad.d.ts'), 'utf8');
  assert.doesNotMatch(text, /^import /m);
  const code = text.replace(/\/\*\*[\s\S]*?\*\//g, '').replace(/^\s*any(_?)\(.*$/gm, '');
  assert.doesNotMatch(code, /: any\b|<any>/);
});

test('a program that uses the module rightly', () => {
  const { status, stdout } = check(
    'right',
    `import { compile, load, type Gradpad, type RunResult, type Tensor } from './gradpad.mjs';
const gp: Gradpad = await load({ variant: 'simd' });
await load({ compiled: await compile() });
const x: Tensor = gp.tensor([[1, 2], [3, 4]], { requiresGrad: true });
const y: Tensor = x.matmul(x).sum(0, { keepdim: true }).relu();
const z: Tensor = gp.scope(() => x.pow(2).softmax(1).mean());
z.backward(null, { retainGraph: true });
const grad: number[] | undefined = x.grad?.shape;
const { values, indices }: { values: Tensor; indices: Tensor } = x.max(1);
const parts: Tensor[] = gp.cat([values, indices]).split(2);
x.view(4).add_(1);
x.view([2, 2]).sum({ dim: 0, dtype: 'float64' });
gp.functional.softplus(x, { beta: 2 });
gp.linalg.det(x);
const result: RunResult = gp.session().run('print(1)', { onStdout: (text: string) => text.length });
for (const node of result.graph.nodes) console.log(node.kind, node.value?.values[0], node.span?.line);
const data: ArrayLike<number | bigint> = y.data();
console.log(grad, parts, data, result.error?.message, gp.memory().bytes);
`,
  );
  assert.equal(stdout, '');
  assert.equal(status, 0);
});

test('and wrongly', () => {
  const lines = [
    'x.matmull(x);',
    "x.sum('a');",
    'x.sum(0, { keepdims: true });',
    'x.softmax();',
    'x.dtype = "int64";',
    "gp.tensor([1], { dtype: 'float16' });",
    'gp.session().run(1);',
    "load({ variant: 'fast' });",
  ];
  const head =
    "import { load } from './gradpad.mjs';\nconst gp = await load();\nconst x = gp.ones([2]);\n";
  const { stdout } = check('wrong', `${head}${lines.join('\n')}\n`);
  lines.forEach((line, i) => {
    assert.ok(stdout.includes(`wrong.ts(${i + 4},`), `an error in: ${line}\n${stdout}`);
  });
});
