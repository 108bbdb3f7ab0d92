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

/** The elements that lie at an address of the module's memory. */
export function elementsAt(
  buffer: ArrayBufferLike,
  address: number,
  count: number,
  dtype: DType,
): TypedArray {
  return new arrayTypes[dtype](buffer, address, count);
}

/** The element type that a typed array stands for; undefined for arrays of other kinds. */
export function dtypeOfArray(array: ArrayBufferView): DType | undefined {
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Float64Array) return 'float64';
  if (array instanceof Int32Array) return 'int32';
  if (array instanceof BigInt64Array) return 'int64';
  if (array instanceof Uint8Array || array instanceof Uint8ClampedArray) return 'uint8';
  return undefined;
}

/** "torch.float32" and "float32" alike; TypeError for anything else. */
export function parseDtype(name: string): DType {
  const short = name.replace(/^torch\./, '');
  const found = dtypes.find((dtype) => dtype === short);
  if (!found) throw new TypeError(`no dtype '${name}'; there are ${dtypes.join(', ')}`);
  return found;
}
