// Tensors from JavaScript's data, and from sizes and ranges.

import type { CreateOptions, Nested, Tensor, TensorOptions, TypedArray } from './api.js';
import type { DType } from './constants.js';
import { dtypeOfArray, elementsAt, parseDtype } from './dtypes.js';
import type { Engine } from './engine.js';
import type { RawModule } from './module.js';
import { unwrap, wrap } from './tensor.js';
import type { WireWriter } from './wire.js';

type Numbers = ArrayLike<number | bigint | boolean>;

export function fromData(
  engine: Engine,
  data: Nested | TypedArray,
  options: TensorOptions = {},
): Tensor {
  const flat = ArrayBuffer.isView(data)
    ? { values: data, shape: [data.length], dtype: dtypeOfArray(data) }
    : flatten(data);
  const dtype = options.dtype === undefined ? flat.dtype : parseDtype(options.dtype);
  if (dtype === undefined) {
    throw new TypeError(`tensor() cannot read a ${data.constructor.name}`);
  }
  const shape = options.shape ?? flat.shape;
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== flat.values.length) {
    const text = `shape '[${shape.join(', ')}]' is invalid for input of size ${flat.values.length}`;
    throw Object.assign(new Error(text), { name: 'RuntimeError' });
  }
  const tensor = made(
    engine,
    { dtype },
    (writer) => writer.sizes(shape),
    (raw) => raw.empty(),
  );
  try {
    fill(engine, tensor, flat.values, dtype);
    if (options.requiresGrad) tensor.requiresGrad = true;
  } catch (problem) {
    tensor.dispose();
    throw problem;
  }
  return tensor;
}

/** Copies the elements into a new tensor, which is row-major and holds itself. */
function fill(engine: Engine, tensor: Tensor, values: Numbers, dtype: DType): void {
  const address = engine.call((raw) => raw.dataAddress(unwrap(engine, tensor).address));
  const elements = elementsAt(engine.raw.HEAPU8.buffer, address, values.length, dtype);
  if (elements instanceof BigInt64Array) {
    if (values instanceof BigInt64Array) elements.set(values);
    else for (let i = 0; i < values.length; i++) elements[i] = BigInt(values[i] ?? 0);
  } else if (dtype === 'bool') {
    for (let i = 0; i < values.length; i++) elements[i] = values[i] ? 1 : 0;
  } else if (values instanceof BigInt64Array) {
    for (let i = 0; i < values.length; i++) elements[i] = Number(values[i]);
  } else {
    elements.set(values as ArrayLike<number>);
  }
}

/** Nested lists in one row; ValueError where they do not form a box. */
function flatten(data: Nested): { values: Numbers; shape: number[]; dtype: DType } {
  const shape: number[] = [];
  for (let level: Nested | undefined = data; isList(level); level = level[0]) {
    shape.push(level.length);
  }
  const values: (number | bigint | boolean)[] = [];
  const kinds = new Set<string>();
  const walk = (item: Nested, depth: number): void => {
    if (isList(item) !== depth < shape.length) {
      throw valueError(`expected lists of the same depth, at dim ${depth}`);
    }
    if (!isList(item)) {
      const kind = typeof item;
      if (kind !== 'number' && kind !== 'bigint' && kind !== 'boolean') {
        throw new TypeError(`new(): invalid data type '${kind}'`);
      }
      kinds.add(kind);
      values.push(item);
      return;
    }
    if (item.length !== shape[depth]) {
      // PyTorch's words.
      throw valueError(
        `expected sequence of length ${shape[depth]} at dim ${depth} (got ${item.length})`,
      );
    }
    for (const inner of item) walk(inner, depth + 1);
  };
  walk(data, 0);
  const dtype =
    kinds.has('number') || kinds.size === 0 ? 'float32' : kinds.has('bigint') ? 'int64' : 'bool';
  return { values, shape, dtype };
}

const isList = (item: Nested | undefined): item is readonly Nested[] => Array.isArray(item);

const valueError = (message: string): Error =>
  Object.assign(new Error(message), { name: 'ValueError' });

/** Calls a function of the module that reads its arguments from the wire, the dtype last. */
export function made(
  engine: Engine,
  options: CreateOptions | undefined,
  write: (writer: WireWriter) => void,
  create: (raw: RawModule, requiresGrad: boolean) => number,
): Tensor {
  const writer = engine.write();
  write(writer);
  if (options?.dtype === undefined) writer.null();
  else writer.dtype(parseDtype(options.dtype));
  return wrap(
    engine,
    engine.call((raw) => create(raw, options?.requiresGrad ?? false)),
  );
}
