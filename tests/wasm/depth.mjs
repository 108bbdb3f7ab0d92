// Runs the programs of tests/depth/programs.txt in the module, in a process whose stack the test has
// chosen, and prints a line for each that does not end as the table says.
//
// usage: node --stack-size=KB depth.mjs VARIANT N [SECTION]

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './module.mjs';

const [variant, size, section = ''] = process.argv.slice(2);
const N = Number(size);

function expand(text) {
  return text.replace(/<<(.*?)\*(N|\d+)>>/gs, (_, piece, count) => {
    const plain = piece.replaceAll('\\\\', '\0').replaceAll('\\n', '\n').replaceAll('\0', '\\');
    const times = count === 'N' ? N : Number(count);
    if (!/\{[is]\}/.test(plain)) return plain.repeat(times);
    const numbered = (i) => plain.replaceAll('{i}', String(i));
    const one = plain.includes('{s}')
      ? (_unused, i) => numbered(i).replaceAll('{s}', ' '.repeat(i))
      : (_unused, i) => numbered(i);
    return Array.from({ length: times }, one).join('');
  });
}

const table = readFileSync(join(root, 'tests/depth/programs.txt'), 'utf8');
const [preamble, ...parts] = table.split(/^=== (\S+)\n/m);
const prelude = /^prelude:\n((?: {4}.*\n|\n)*)/m.exec(preamble)[1].replace(/^ {4}/gm, '');

const fits = (expected, got) =>
  expected.endsWith('...') ? got.startsWith(expected.slice(0, -3)) : got === expected;

function check(engine, name, body) {
  const [text, ...lines] = body.split(/^---(?: |$)/m);
  const program = expand(name.startsWith('source/') ? text : `N = ${N}\n${prelude}${text}`);
  const sized = (_unused, times, more) => String(Number(times || 1) * N + Number(more ?? 0));
  const expected = lines.map((line) =>
    line.replace(/^\n+|\n+$/g, '').replace(/\{(\d*)N(?:\+(\d+))?\}/g, sized),
  );
  let error;
  if (expected.at(-1)?.startsWith('stderr ')) error = expected.pop().slice('stderr '.length);
  const session = engine.session();
  let result;
  try {
    result = session.run(program);
  } finally {
    session.dispose();
  }
  const problems = [];
  const told = result.error ? `${result.error.type}: ${result.error.message}` : undefined;
  if (error === undefined ? told !== undefined : !fits(error, told ?? '')) {
    problems.push(`${name}: expected ${error}, got ${told?.slice(0, 300)}`);
  }
  const got = result.stdout.split('\n').slice(0, -1);
  if (got.length !== expected.length) {
    problems.push(
      `${name}: expected ${expected.length} lines, got ${got.length}: ${got.slice(0, 40)}`,
    );
  }
  expected.forEach((want, i) => {
    if (!fits(want, got[i] ?? '')) {
      problems.push(`${name}: expected ${want}, got ${got[i]?.slice(0, 300)}`);
    }
  });
  return problems;
}

let engine = await load({ variant });
let count = 0;
for (let i = 0; i < parts.length; i += 2) {
  if (!parts[i].startsWith(section)) continue;
  ++count;
  try {
    for (const problem of check(engine, parts[i], parts[i + 1])) console.log(problem);
  } catch (error) {
    console.log(`${parts[i]}: ends the engine: ${error}`);
    engine = await load({ variant });
  }
}
console.log(`${count} programs`);
