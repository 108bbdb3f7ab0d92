// Element types, and the typed arrays that hold their elements.

import type { TypedArray } from './api.js';
import { type DType, dtypes } from './constants.js';

interface ArrayType {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
}

const arrayTypes: Record<DType, ArrayType> = {
  uint8: Uint8Array,
  int32: Int32Array,
  int64: BigInt64Array,
  float32: Float32Array,
  float64: Float64Array,
  bool: Uint8Array,
};

/** What the integer types hold, both ends included. */
export const integerRanges: Partial<Record<DType, readonly [bigint, bigint]>> = {
  uint8: [0n, 255n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** The elements that lie at an address of the module's memory. */
export function elementsAt(
  buffer: ArrayBufferLike,
  address: number,
  count: number,
  dtype: DType,
): TypedArray {
  return new arrayTypes[dtype](buffer, address, count);
}

/** The element types that typed arrays stand for, by the name that the array itself gives. */
const dtypesOfArrays: Record<string, DType> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
};

// What a typed array says of itself, past anything that its class or its owner has put before it.
const prototype = Object.getPrototypeOf(Uint8Array.prototype) as object;
const getter = (name: PropertyKey) => {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  return (array: ArrayBufferView): unknown => get?.call(array);
};
const nameOf = getter(Symbol.toStringTag);
const bufferOf = getter('buffer');
const offsetOf = getter('byteOffset');
const lengthOf = getter('length');
/** Throws where the array has lost its elements. */
const prove = Reflect.get(prototype, 'keys') as (this: unknown) => unknown;

/** The element type that a typed array stands for; undefined for arrays of other kinds. */
export function dtypeOfArray(array: ArrayBufferView): DType | undefined {
  return dtypesOfArrays[String(nameOf(array))];
}

/**
 * The elements of an array of such a type, as many as there are now, whatever becomes of its buffer's
 * length. TypeError where the buffer has been detached, or cut short of the array.
 */
export function elementsOf(array: ArrayBufferView): TypedArray {
  prove.call(array);
  const name = String(nameOf(array));
  const type = arrayTypes[dtypesOfArrays[name] ?? 'uint8'];
  return new type(
    bufferOf(array) as ArrayBufferLike,
    offsetOf(array) as number,
    lengthOf(array) as number,
  );
}

/** "torch.float32" and "float32" alike; TypeError for anything else. */
export function parseDtype(name: string): DType {
  const short = name.replace(/^torch\./, '');
  const found = dtypes.find((dtype) => dtype === short);
  if (!found) throw new TypeError(`no dtype '${name}'; there are ${dtypes.join(', ')}`);
  return found;
}
