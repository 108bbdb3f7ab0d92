// Tensors from JavaScript's data, and from sizes and ranges.

import type { Tensor, TypedArray } from './api.js';
import { boolean, type Creation, dtype, optionsOf, scalar, shown, sizes } from './arguments.js';
import type { DType } from './constants.js';
import { dtypeOfArray, elementsAt, elementsOf, integerRanges } from './dtypes.js';
import type { Engine } from './engine.js';
import { GradpadError, valueError } from './errors.js';
import type { RawModule } from './module.js';
import { wrap } from './tensor.js';
import type { Handle, WireWriter } from './wire.js';

type Element = number | bigint | boolean;
type Elements = ArrayLike<Element>;

/** As many as PyTorch reads. */
const deepest = 128;
/** Beyond so many elements a list of lists would take more memory than browsers give a page. */
const mostListed = 2 ** 25;

interface Flat {
  values: Elements;
  shape: number[];
  dtype: DType;
}

export function fromData(engine: Engine, data: unknown, given?: unknown): Tensor {
  const options = optionsOf('tensor', given, { dtype, requiresGrad: boolean, shape: sizes });
  const flat = ArrayBuffer.isView(data) ? flatView(data) : flatten(data);
  const { values } = flat;
  const type = options.dtype ?? flat.dtype;
  const shape = options.shape ?? flat.shape;
  const count = shape.reduce<bigint>((product, size) => product * BigInt(size), 1n);
  if (count !== BigInt(values.length) || shape.some((size) => size < 0)) {
    const text = `shape '[${shape.join(', ')}]' is invalid for input of size ${values.length}`;
    throw new GradpadError('RuntimeError', text);
  }
  const writer = engine.write();
  writer.sizes(shape);
  writer.dtype(type);
  const made = engine.read(engine.call((raw) => raw.empty())) as Made;
  const tensor = wrap(engine, made.tensor.address);
  try {
    if (made.count !== values.length) throw new RangeError('the engine counts other elements');
    fill(elementsAt(engine.raw.HEAPU8.buffer, made.address, made.count, type), values, type);
    if (options.requiresGrad) {
      engine.call((raw) => raw.setRequiresGrad(made.tensor.address, true));
    }
  } catch (problem) {
    tensor.dispose();
    throw problem;
  }
  return tensor;
}

/** A new tensor, row-major, for its elements to be written. */
interface Made {
  tensor: Handle;
  address: number;
  count: number;
}

/** The elements of a typed array, as they lie there now. */
function flatView(data: ArrayBufferView): Flat {
  const type = dtypeOfArray(data);
  if (type === undefined) {
    throw new TypeError(
      'tensor() reads Float32Array, Float64Array, BigInt64Array, Int32Array and Uint8Array only',
    );
  }
  const values = elementsOf(data);
  return { values, shape: [values.length], dtype: type };
}

/** Writes the elements, converted as PyTorch converts them. */
function fill(elements: TypedArray, values: Elements, type: DType): void {
  const range = integerRanges[type];
  if (type === 'bool') {
    for (let i = 0; i < elements.length; i++) elements[i] = values[i] ? 1 : 0;
  } else if (values.constructor === elements.constructor) {
    elements.set(values as never);
  } else if (!range) {
    for (let i = 0; i < elements.length; i++) elements[i] = Number(values[i]);
  } else if (elements instanceof BigInt64Array) {
    for (let i = 0; i < elements.length; i++) elements[i] = whole(values[i] ?? 0, type, range);
  } else {
    for (let i = 0; i < elements.length; i++)
      elements[i] = Number(whole(values[i] ?? 0, type, range));
  }
}

/** Of a fraction the whole part; RangeError for what the type does not hold. */
function whole(value: Element, type: DType, [least, most]: readonly [bigint, bigint]): bigint {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`tensor(): cannot convert ${shown(value)} to ${type}`);
  }
  const number = BigInt(typeof value === 'number' ? Math.trunc(value) : value);
  if (number < least || number > most) {
    throw new RangeError(`tensor(): ${shown(value)} is out of the range of ${type}`);
  }
  return number;
}

/** Nested lists in one row; ValueError where they do not form a box. */
function flatten(data: unknown): Flat {
  const shape: number[] = [];
  let count = 1;
  for (let level = data; Array.isArray(level); level = level[0] as unknown) {
    // PyTorch's words.
    if (shape.length === deepest) throw valueError("too many dimensions 'array'");
    shape.push(level.length);
    count *= level.length;
  }
  if (count > mostListed) {
    throw new RangeError(`tensor(): lists of ${count} elements are too large; use a typed array`);
  }
  const values: Element[] = [];
  const kinds = new Set<string>();
  const walk = (item: unknown, depth: number): void => {
    if (Array.isArray(item) !== depth < shape.length) {
      throw valueError(`expected lists of the same depth, at dim ${depth}`);
    }
    if (!Array.isArray(item)) {
      const kind = typeof item;
      if (kind !== 'number' && kind !== 'bigint' && kind !== 'boolean') {
        throw new TypeError(`new(): invalid data type '${kind}'`);
      }
      kinds.add(kind);
      values.push(scalar('tensor(): an element', item));
      return;
    }
    const length = shape[depth] ?? 0;
    if (item.length !== length) {
      // PyTorch's words.
      throw valueError(
        `expected sequence of length ${length} at dim ${depth} (got ${item.length})`,
      );
    }
    for (let i = 0; i < length; i++) walk(item[i], depth + 1);
  };
  walk(data, 0);
  const type =
    kinds.has('number') || kinds.size === 0 ? 'float32' : kinds.has('bigint') ? 'int64' : 'bool';
  return { values, shape, dtype: type };
}

/** Calls a function of the module that reads its arguments from the wire, the dtype last. */
export function made(
  engine: Engine,
  options: Creation,
  write: (writer: WireWriter) => void,
  create: (raw: RawModule, requiresGrad: boolean) => number,
): Tensor {
  const writer = engine.write();
  write(writer);
  if (options.dtype === undefined) writer.null();
  else writer.dtype(options.dtype);
  return wrap(
    engine,
    engine.call((raw) => create(raw, options.requiresGrad ?? false)),
  );
}
