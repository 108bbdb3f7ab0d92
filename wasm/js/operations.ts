// Every operation of the engine's table as a method of tensors and a function of the module. The
// arguments go as they are; which of an operation's overloads they mean is found in C++, as for the
// language. An object at the end holds those given by name.

import type { OperationInfo } from './api.js';
import { itemsOf, scalar, shown } from './arguments.js';
import type { Engine } from './engine.js';
import { isTensor, TensorImpl, unwrap, wrap } from './tensor.js';
import { Handle, type WireWriter } from './wire.js';

type Named = Record<string, unknown>;

/** Where the operations of one name are found, each place with its set of overloads. */
type Places = { name: string } & Partial<Record<Place, number>>;
const modules = ['functional', 'special', 'linalg'] as const;
type Place = 'method' | 'inPlace' | 'module' | (typeof modules)[number];

function isNamed(value: unknown): value is Named {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** An argument as it was when it was read: the caller's own objects are not asked again. */
type Settled = null | number | bigint | boolean | string | Handle | Settled[];

/** Lists may be as deep as any signature has them, and as long as anybody needs. */
const deepest = 2;
const longest = 2 ** 20;

function settle(engine: Engine, name: string, value: unknown, depth = 0): Settled {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'bigint':
    case 'number':
    case 'boolean':
      return scalar(`${name}(): an argument`, value);
    case 'string':
      return value;
    case 'object':
      if (value === null) return null;
      if (isTensor(value)) return new Handle(unwrap(engine, value).address);
      if (!Array.isArray(value) || depth === deepest) break;
      return itemsOf(`${name}(): a list`, value, longest).map((item) =>
        settle(engine, name, item, depth + 1),
      );
  }
  throw new TypeError(`${name}() cannot take ${shown(value)}`);
}

const isInteger = (value: Settled): value is number | bigint =>
  typeof value === 'bigint' || Number.isSafeInteger(value);

function write(writer: WireWriter, value: Settled): void {
  if (value === null) writer.null();
  else if (typeof value === 'string') writer.text(value);
  else if (typeof value !== 'object') writer.scalar(value);
  else if (value instanceof Handle) writer.handle(value.address);
  else if (value.every(isInteger)) writer.sizes(value);
  else {
    writer.list(value.length);
    for (const item of value) write(writer, item);
  }
}

/** Calls a set of overloads. A method's first argument is the tensor itself. */
function call(
  engine: Engine,
  name: string,
  set: number,
  self: TensorImpl | undefined,
  given: readonly unknown[],
): unknown {
  const last = given.at(-1);
  const hasNamed = isNamed(last);
  const named = (hasNamed ? Object.entries(last) : [])
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, settle(engine, name, value)] as const);
  let positional = hasNamed ? given.length - 1 : given.length;
  while (positional > 0 && given[positional - 1] === undefined) positional -= 1;
  const values = given.slice(0, positional).map((value) => settle(engine, name, value));
  const address = self?.address;
  const writer = engine.write();
  if (address !== undefined) writer.handle(address);
  for (const value of values) write(writer, value);
  for (const [key, value] of named) {
    writer.text(key);
    write(writer, value);
  }
  return engine.read(engine.call((raw) => raw.callOperation(set, positional, named.length)));
}

/** Tensors for the handles in a result. */
function wrapped(engine: Engine, result: unknown): unknown {
  if (result instanceof Handle) return wrap(engine, result.address);
  if (Array.isArray(result)) return result.map((item: unknown) => wrapped(engine, item));
  if (!isNamed(result)) return result;
  return Object.fromEntries(
    Object.entries(result).map(([name, item]) => [name, wrapped(engine, item)]),
  );
}

let places: Places[] | undefined;

/** Adds the methods, once; the tables of the two builds are the same. */
function allPlaces(engine: Engine): Places[] {
  // Each instance numbers its sets when it is asked for them.
  const listed = engine.read(engine.call((raw) => raw.listOperations())) as Places[];
  if (places) return places;
  places = listed;
  const prototype = TensorImpl.prototype;
  const add = (name: string, method: (this: TensorImpl, ...given: unknown[]) => unknown) => {
    if (name in prototype) return;
    Object.defineProperty(prototype, name, { configurable: true, value: method });
  };
  for (const { name, method, inPlace } of places) {
    if (method !== undefined) {
      add(name, function (...given) {
        return wrapped(this.engine, call(this.engine, name, method, this, given));
      });
    }
    if (inPlace !== undefined) {
      add(`${name}_`, function (...given) {
        call(this.engine, `${name}_`, inPlace, this, given);
        return this;
      });
    }
  }
  return places;
}

type Functions = Record<string, (...given: unknown[]) => unknown>;

/** The operations as functions of `target`, which keeps what it has of its own. */
export function installOperations(engine: Engine, target: object): void {
  const all = allPlaces(engine);
  const add = (to: object, name: string, set: number | undefined) => {
    if (set === undefined || name in to) return;
    const value = (...given: unknown[]) =>
      wrapped(engine, call(engine, name, set, undefined, given));
    Object.defineProperty(to, name, { value, enumerable: true });
  };
  for (const part of modules) {
    const functions: Functions = {};
    for (const one of all) add(functions, one.name, one[part]);
    Object.defineProperty(target, part, { value: functions, enumerable: true });
  }
  for (const one of all) add(target, one.name, one.module);
}

/** For documentation and types: all operations, with the names they have in JavaScript. */
export function operationInfos(engine: Engine, target: object): OperationInfo[] {
  const found = new Map<number, OperationInfo>();
  const describe = (set: number | undefined, name: string, isThere = true) => {
    if (set === undefined) return;
    const address = engine.call((raw) => raw.describeOperations(set));
    for (const { index, ...info } of engine.read(address) as (OperationInfo & {
      index: number;
    })[]) {
      const known = found.get(index) ?? { ...info, names: [] };
      if (isThere) known.names.push(name);
      found.set(index, known);
    }
  };
  for (const one of allPlaces(engine)) {
    const { name } = one;
    describe(one.method, `Tensor.${name}`, name in TensorImpl.prototype);
    describe(one.inPlace, `Tensor.${name}_`);
    describe(one.module, name, name in target);
    for (const part of modules) describe(one[part], `${part}.${name}`);
  }
  return [...found.values()];
}
