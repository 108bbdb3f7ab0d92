// Makes TypeScript declarations of the operations from the engine's table, and gradpad.d.ts, which
// holds all types of the JS module in one file.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const inputTypes = {
  Tensor: 'Tensor',
  'Tensor[]': 'readonly Tensor[]',
  Scalar: 'number | bigint | boolean',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  'int[]': 'readonly number[]',
  dtype: 'DType',
  str: 'string',
};
const outputTypes = {
  Tensor: 'Tensor',
  'Tensor[]': 'Tensor[]',
  Scalar: 'number | bigint | boolean',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  dtype: 'DType',
  'int[]': 'number[]',
};

function paramType(param) {
  const types = [inputTypes[param.type]];
  if (param.takesNumber) types.push('number | bigint | boolean');
  if (param.type === 'int[]' && param.listSize > 0) types.push('number');
  if (param.optional || param.defaultValue === null) types.push('null');
  return types.join(' | ');
}

/** One result as it is, several as a list, or as an object where they have names. */
function resultType({ schema, results }) {
  const types = results.map(({ type }) => {
    if (!(type in outputTypes)) throw new Error(`unknown result in '${schema}'`);
    return outputTypes[type];
  });
  if (types.length === 1) return types[0];
  if (!results.some(({ name }) => name)) return `[${types.join(', ')}]`;
  return `{ ${results.map(({ name }, i) => `${name}: ${types[i]}`).join('; ')} }`;
}

const reserved = new Set(['arguments', 'default', 'function', 'in', 'new', 'var', 'with']);
const safe = (name) => (reserved.has(name) ? `${name}_` : name);

const isGiven = (param) => param.defaultValue === undefined;

function optionsType(params) {
  const members = params.map(
    (param) => `${param.name}${isGiven(param) ? '' : '?'}: ${paramType(param)}`,
  );
  return `{ ${members.join('; ')} }`;
}

/**
 * The signatures of one overload. Parameters may come by position or, from any of them on, by name:
 * `sum(dim, keepdim)`, `sum(dim, { keepdim })`, `sum({ dim, keepdim })`.
 */
function signatures(name, info, params) {
  const result = resultType(info);
  const positional = params.filter((param) => !param.keywordOnly);
  const named = params.filter((param) => param.keywordOnly);
  const lines = [];
  for (let count = positional.length; count >= 0; count--) {
    const before = positional.slice(0, count).map((p) => `${safe(p.name)}: ${paramType(p)}`);
    const rest = [...positional.slice(count), ...named];
    if (rest.length > 0) {
      before.push(`options${rest.some(isGiven) ? '' : '?'}: ${optionsType(rest)}`);
    }
    lines.push(`${name}(${before.join(', ')}): ${result};`);
  }
  if (positional.length === 1 && positional[0].type === 'int[]') {
    lines.push(`${name}(...${safe(positional[0].name)}: number[]): ${result};`);
  }
  if (positional.at(-1)?.variadic) {
    const before = positional.slice(0, -1).map((p) => `${safe(p.name)}: ${paramType(p)}`);
    const rest = `...${safe(positional.at(-1).name)}: Tensor[]`;
    lines.push(`${name}(${[...before, rest].join(', ')}): ${result};`);
  }
  return lines;
}

function comment({ schema, doc }) {
  const text = doc ? `${doc}\n\n\`${schema}\`` : `\`${schema}\``;
  const lines = text.replaceAll('*/', '*\u200b/').split('\n');
  return ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'];
}

/** The operations of an interface by their names in it: those that `infos` calls `<prefix>NAME`. */
function membersOf(infos, prefix) {
  const members = new Map();
  for (const info of infos) {
    for (const full of info.names) {
      const name = full.slice(prefix.length);
      if (!full.startsWith(prefix) || name.includes('.')) continue;
      members.set(name, [...(members.get(name) ?? []), info]);
    }
  }
  return members;
}

/** Where `others` has the same overloads under the same name, its signatures are referred to. */
function interfaceBody(
  members,
  { isMethod = false, others, otherName, nameThere = (name) => name },
) {
  const lines = [];
  for (const [name, infos] of members) {
    const there = others?.get(nameThere(name));
    const isItself = others === members && nameThere(name) === name;
    if (!isItself && there?.length === infos.length && there.every((o) => infos.includes(o))) {
      lines.push(`readonly ${name}: ${otherName}['${nameThere(name)}'];`);
      continue;
    }
    for (const info of infos) {
      const params = isMethod ? info.params.slice(1) : info.params;
      lines.push(...comment(info), ...signatures(name, info, params));
    }
  }
  return `{\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

export function operationTypes(infos) {
  const methods = membersOf(infos, 'Tensor.');
  const functions = membersOf(infos, '');
  const parts = [
    ['functional', 'torch.nn.functional'],
    ['special', 'torch.special'],
    ['linalg', 'torch.linalg'],
  ];
  const nameOf = (part) => `${part[0].toUpperCase()}${part.slice(1)}Operations`;
  const texts = [
    "// Made from the engine's table of operations.\n",
    "import type { Tensor } from './api.js';",
    "import type { DType } from './constants.js';\n",
    '/** Operations as methods of tensors. */',
    `export interface TensorOperations ${interfaceBody(methods, {
      isMethod: true,
      others: methods,
      otherName: 'TensorOperations',
      nameThere: (name) => name.replace(/_$/, ''),
    })}`,
    '/** Operations as functions of the module. */',
    `export interface Operations ${interfaceBody(functions, {})}`,
  ];
  for (const [part, python] of parts) {
    const body = interfaceBody(membersOf(infos, `${part}.`), {
      others: functions,
      otherName: 'Operations',
    });
    texts.push(`/** Those of ${python}. */`, `export interface ${nameOf(part)} ${body}`);
  }
  texts.push(
    '/** The operations by the modules that Python has them in. */',
    `export interface OperationModules {\n${parts
      .map(([part]) => `  readonly ${part}: ${nameOf(part)};\n`)
      .join('')}}\n`,
  );
  return texts.join('\n');
}

/** What the types of constants.ts are; its values stay inside. */
const typesOf = (constants) => constants.match(/^export type [^;]*;$/gm).join('\n');

/** One file of all: what the parts import of each other is then in one place. */
export async function declarations(folder, operations) {
  const read = (name) => readFile(join(folder, name), 'utf8');
  const texts = [typesOf(await read('constants.ts')), await read('types.ts'), await read('api.ts')];
  texts.push(operations);
  const body = texts.map((text) => text.replace(/^import type [^;]*;\n/gm, '').trim());
  return `${body.join('\n\n')}\n`;
}
