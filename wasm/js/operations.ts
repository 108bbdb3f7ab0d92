// Every operation of the engine's table as a method of tensors and a function of the module. Which
// of an operation's overloads is meant is found by the arguments, as in PyTorch; an object at the
// end holds those given by name.

import type { OperationInfo, OperationParam } from './api.js';
import { parseDtype } from './dtypes.js';
import type { Engine } from './engine.js';
import { isTensor, TensorImpl, unwrap, wrap } from './tensor.js';
import { Handle, type WireWriter } from './wire.js';

/** Bits of C++'s Space. */
const spaceBits = { torch: 1, method: 2, functional: 4, inPlace: 8, special: 16, linalg: 32 };

interface Listed {
  name: string;
  spaces: number;
  /** Its first parameter. */
  first: string;
}

type Named = Record<string, unknown>;

interface Overload {
  index: number;
  info: OperationInfo;
  /** Those that the caller gives: without the first, if that is `this`. */
  params: OperationParam[];
  positional: number;
  /** Its only positional parameter is a list of ints, which may come as separate arguments. */
  separateInts: boolean;
}

/** In-place forms of these change how a tensor sees its data, not the data. */
const viewsOnly = new Set(['t', 'transpose', 'squeeze', 'unsqueeze', 'swapaxes', 'swapdims']);

function describe(engine: Engine, index: number): OperationInfo {
  return engine.read(engine.call((raw) => raw.describeOperation(index))) as OperationInfo;
}

/** The operations of one name in one space. */
class Operation {
  #overloads: Overload[] | undefined;

  constructor(
    readonly name: string,
    private readonly indices: readonly number[],
    private readonly isMethod: boolean,
    private readonly inPlace = false,
  ) {}

  overloads(engine: Engine): Overload[] {
    this.#overloads ??= this.indices.map((index) => {
      const info = describe(engine, index);
      const params = this.isMethod ? info.params.slice(1) : info.params;
      const positional = params.filter((param) => !param.keywordOnly);
      return {
        index,
        info,
        params,
        positional: positional.length,
        separateInts: positional.length === 1 && positional[0]?.type === 'int[]',
      };
    });
    return this.#overloads;
  }

  call(engine: Engine, self: TensorImpl | undefined, given: unknown[]): unknown {
    const last = given.at(-1);
    const named = isNamed(last) ? last : undefined;
    const positional = named ? given.slice(0, -1) : given;
    const overloads = this.overloads(engine);
    // A number may stand for a tensor, but not where another overload takes a number.
    for (const lenient of [false, true]) {
      for (const overload of overloads) {
        const writer = engine.write();
        if (self) writer.handle(self.address);
        if (writeArguments(engine, writer, overload, positional, named, lenient)) {
          return this.#run(engine, self, overload);
        }
      }
    }
    throw new TypeError(noMatch(this.name, overloads, positional, named));
  }

  #run(engine: Engine, self: TensorImpl | undefined, overload: Overload): unknown {
    const { index, info } = overload;
    const address = engine.call((raw) =>
      raw.callOperation(index, info.params.length, this.inPlace),
    );
    const result = engine.read(address);
    if (this.inPlace && self) {
      if (result instanceof Handle) engine.call((raw) => raw.release(result.address));
      return self;
    }
    if (result instanceof Handle) return wrap(engine, result.address);
    if (!Array.isArray(result)) return result;
    const items = result.map((item: unknown) =>
      item instanceof Handle ? wrap(engine, item.address) : item,
    );
    if (!info.results.some((name) => name !== '')) return items;
    return Object.fromEntries(info.results.map((name, i) => [name, items[i]]));
  }
}

function isNamed(value: unknown): value is Named {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const isInt = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || Number.isSafeInteger(value);

/** Writes the arguments if they fit the overload; false if they do not. */
function writeArguments(
  engine: Engine,
  writer: WireWriter,
  overload: Overload,
  given: unknown[],
  named: Named | undefined,
  lenient: boolean,
): boolean {
  const separate = overload.separateInts && given.length > 0 && given.every(isInt);
  const positional = separate ? [given] : given;
  if (positional.length > overload.positional) return false;
  let used = 0;
  for (const [i, param] of overload.params.entries()) {
    let value = i < positional.length ? positional[i] : undefined;
    if (named && param.name in named) {
      if (i < positional.length) return false;
      value = named[param.name];
      used += 1;
    }
    if (value === undefined) {
      if (param.defaultValue === undefined) return false;
      value = param.defaultValue;
    }
    if (!writeArgument(engine, writer, param, value, lenient)) return false;
  }
  return !named || used === Object.keys(named).length;
}

function writeArgument(
  engine: Engine,
  writer: WireWriter,
  param: OperationParam,
  value: unknown,
  lenient: boolean,
): boolean {
  if (value === null) {
    writer.null();
    return param.optional || param.defaultValue === null;
  }
  switch (param.type) {
    case 'Tensor':
      if (isTensor(value)) writer.handle(unwrap(engine, value).address);
      else if (lenient && isScalar(value)) writer.scalar(value);
      else return false;
      return true;
    case 'Tensor[]':
      if (!Array.isArray(value) || !value.every(isTensor)) return false;
      writer.list(value.length);
      for (const item of value) writer.handle(unwrap(engine, item).address);
      return true;
    case 'Scalar':
      if (!isScalar(value)) return false;
      writer.scalar(value);
      return true;
    case 'float':
      if (typeof value !== 'number') return false;
      writer.float(value);
      return true;
    case 'int':
      if (!isInt(value)) return false;
      writer.scalar(value);
      return true;
    case 'bool':
      if (typeof value !== 'boolean') return false;
      writer.boolean(value);
      return true;
    case 'int[]': {
      const sizes = isInt(value) && param.listSize > 0 ? Array(param.listSize).fill(value) : value;
      if (!Array.isArray(sizes) || !sizes.every(isInt)) return false;
      writer.sizes(sizes.map(Number));
      return true;
    }
    case 'dtype':
      if (typeof value !== 'string') return false;
      writer.dtype(parseDtype(value));
      return true;
    case 'str':
      if (typeof value !== 'string') return false;
      writer.text(value);
      return true;
  }
}

const isScalar = (value: unknown): value is number | bigint | boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean';

/** PyTorch's text where no overload fits. */
function noMatch(
  name: string,
  overloads: Overload[],
  positional: unknown[],
  named: Named | undefined,
): string {
  const got = [
    ...positional.map(typeText),
    ...Object.entries(named ?? {}).map(([key, value]) => `${key}=${typeText(value)}`),
  ];
  const expected = overloads.map(({ params, positional }) => {
    const parts = params.map((param) => `${param.type} ${param.name}`);
    if (positional < params.length) parts.splice(positional, 0, '*');
    return `(${parts.join(', ')})`;
  });
  const head = `${name}() received an invalid combination of arguments - got (${got.join(', ')}), but expected`;
  if (expected.length === 1) return `${head} ${expected[0] ?? ''}`;
  return `${head} one of:\n${expected.map((text) => ` * ${text}\n`).join('')}`;
}

function typeText(value: unknown): string {
  if (isTensor(value)) return 'Tensor';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

/** Where the operations of one name are found. */
interface Places {
  name: string;
  method: number[];
  inPlace: number[];
  /** As functions: of the module itself, and of its parts of that name. */
  module: number[];
  functional: number[];
  special: number[];
  linalg: number[];
}

/** What is not a method in PyTorch is one here too where it begins with `input`. */
function placesOf(engine: Engine): Places[] {
  const listed = engine.read(engine.call((raw) => raw.listOperations())) as Listed[];
  const names = new Map<string, number[]>();
  for (const [i, { name }] of listed.entries()) {
    const indices = names.get(name);
    if (indices) indices.push(i);
    else names.set(name, [i]);
  }
  return Array.from(names, ([name, indices]) => {
    const inSpace = (bit: number) => indices.filter((i) => ((listed[i]?.spaces ?? 0) & bit) !== 0);
    const { torch, method, functional, inPlace, special, linalg } = spaceBits;
    const spaces = [torch, functional, special, linalg].map(inSpace);
    const functions = spaces.find((found) => found.length > 0) ?? [];
    const methods = inSpace(method);
    const first = functions[0];
    const canBeMethod =
      methods.length === 0 && first !== undefined && listed[first]?.first === 'input';
    return {
      name,
      method: canBeMethod ? functions : methods,
      inPlace: viewsOnly.has(name) ? [] : inSpace(inPlace),
      module: functions,
      functional: inSpace(functional),
      special: inSpace(special),
      linalg: inSpace(linalg),
    };
  });
}

let places: Places[] | undefined;

/** Adds the methods, once; the tables of the two builds are the same. */
function allPlaces(engine: Engine): Places[] {
  if (places) return places;
  places = placesOf(engine);
  const prototype = TensorImpl.prototype;
  const add = (name: string, operation: Operation) => {
    if (name in prototype) return;
    Object.defineProperty(prototype, name, {
      configurable: true,
      value(this: TensorImpl, ...given: unknown[]) {
        return operation.call(this.engine, this, given);
      },
    });
  };
  for (const { name, method, inPlace } of places) {
    if (method.length > 0) add(name, new Operation(name, method, true));
    if (inPlace.length > 0) add(`${name}_`, new Operation(`${name}_`, inPlace, true, true));
  }
  return places;
}

type Functions = Record<string, (...given: unknown[]) => unknown>;

/** The operations as functions of `target`, which keeps what it has of its own. */
export function installOperations(engine: Engine, target: object): void {
  const all = allPlaces(engine);
  const add = (to: object, name: string, indices: number[]) => {
    if (indices.length === 0 || name in to) return;
    const operation = new Operation(name, indices, false);
    const value = (...given: unknown[]) => operation.call(engine, undefined, given);
    Object.defineProperty(to, name, { value, enumerable: true });
  };
  for (const part of ['functional', 'special', 'linalg'] as const) {
    const functions: Functions = {};
    for (const one of all) add(functions, one.name, one[part]);
    Object.defineProperty(target, part, { value: functions, enumerable: true });
  }
  for (const one of all) add(target, one.name, one.module);
}

/** For documentation and types: all operations, with the names they have in JavaScript. */
export function operationInfos(engine: Engine, target: object): OperationInfo[] {
  const infos: OperationInfo[] = [];
  for (const one of allPlaces(engine)) {
    const indices = new Set(
      [one.method, one.inPlace, one.module, one.functional, one.special, one.linalg].flat(),
    );
    for (const index of indices) {
      const names: string[] = [];
      if (one.method.includes(index) && one.name in TensorImpl.prototype) {
        names.push(`Tensor.${one.name}`);
      }
      if (one.inPlace.includes(index)) names.push(`Tensor.${one.name}_`);
      if (one.module.includes(index) && one.name in target) names.push(one.name);
      for (const part of ['functional', 'special', 'linalg'] as const) {
        if (one[part].includes(index)) names.push(`${part}.${one.name}`);
      }
      infos.push({ ...describe(engine, index), names });
    }
  }
  return infos;
}
