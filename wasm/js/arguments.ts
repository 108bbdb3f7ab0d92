// The wall: what comes from the caller becomes values that can be trusted, or a TypeError or
// RangeError that says what was expected and what came.
//
// Everything is read from the caller here, once: getters, proxies and iterators of the caller's run
// while nothing of a call into the engine is under way, and what they gave is not asked for again.

import type { DType } from './constants.js';
import { parseDtype } from './dtypes.js';

/** More dimensions than any tensor has here, as in the kernels. */
const mostDimensions = 64;

const least64 = -(2n ** 63n);
const most64 = 2n ** 63n - 1n;

/** A value as messages show it; runs no code of the caller's. */
export function shown(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? `'${value.slice(0, 40)}…'` : `'${value}'`;
    case 'bigint':
      return value > -(2n ** 200n) && value < 2n ** 200n ? `${value}n` : 'a huge bigint';
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'symbol':
      return 'a symbol';
    case 'function':
      return 'a function';
    default:
      return value === null ? 'null' : 'an object';
  }
}

export const wrongType = (what: string, expected: string, got: unknown): TypeError =>
  new TypeError(`${what} must be ${expected}, got ${shown(got)}`);
const wrongRange = (what: string, expected: string, got: unknown): RangeError =>
  new RangeError(`${what} must be ${expected}, got ${shown(got)}`);

/** An integer of 64 bits: a bigint, or a number that is exact. */
export function integer(what: string, value: unknown): number | bigint {
  if (typeof value === 'bigint') {
    if (value < least64 || value > most64) throw wrongRange(what, 'an integer of 64 bits', value);
    return value;
  }
  if (typeof value !== 'number') throw wrongType(what, 'an integer', value);
  if (!Number.isInteger(value)) throw wrongRange(what, 'a whole number', value);
  if (!Number.isSafeInteger(value)) {
    throw wrongRange(what, 'within ±(2**53 - 1), or a bigint', value);
  }
  return value === 0 ? 0 : value; // not -0
}

/** What PyTorch calls a number: an int, a float or a bool. */
export function scalar(what: string, value: unknown): number | bigint | boolean {
  if (typeof value === 'bigint') return integer(what, value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  throw wrongType(what, 'a number, bigint or boolean', value);
}

/** A list's items, read once; holes are undefined. */
export function itemsOf(what: string, value: unknown, most: number): unknown[] {
  if (!Array.isArray(value)) throw wrongType(what, 'an array', value);
  const { length } = value as unknown[];
  if (length > most) throw new RangeError(`${what} has ${length} items, of at most ${most}`);
  return Array.from({ length }, (_, i): unknown => value[i]);
}

/** Sizes of a tensor. Whether they are negative or too large PyTorch's words say. */
export function sizes(what: string, value: unknown): (number | bigint)[] {
  return itemsOf(what, value, mostDimensions).map((size, i) => integer(`${what}[${i}]`, size));
}

export function boolean(what: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrongType(what, 'a boolean', value);
  return value;
}

export function text(what: string, value: unknown): string {
  if (typeof value !== 'string') throw wrongType(what, 'a string', value);
  return value;
}

/** A limit; 0 and Infinity stand for none. */
export function limit(what: string, value: unknown): number {
  if (typeof value !== 'number') throw wrongType(what, 'a number', value);
  if (!(value >= 0)) throw wrongRange(what, 'a number from 0', value);
  return value === Infinity ? 0 : value;
}
/** The same, in bytes. */
export function byteLimit(what: string, value: unknown): number {
  const bytes = limit(what, value);
  if (!Number.isSafeInteger(bytes)) throw wrongRange(what, 'a whole number of bytes', value);
  return bytes;
}

export type Listener = (text: string) => void;

export function callable(what: string, value: unknown): void {
  if (typeof value !== 'function') throw wrongType(what, 'a function', value);
}
export function listener(what: string, value: unknown): Listener {
  callable(what, value);
  return value as Listener;
}

type Readers = Record<string, (what: string, value: unknown) => unknown>;

/** The options of a call: each of those that there are is read once and checked. */
export function optionsOf<R extends Readers>(
  what: string,
  given: unknown,
  readers: R,
): { [Name in keyof R]?: ReturnType<R[Name]> } {
  const options: Record<string, unknown> = {};
  if (given !== undefined) {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      throw wrongType(`the options of ${what}()`, 'an object', given);
    }
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(readers, name)) continue;
      const known = Object.keys(readers).join(', ');
      throw new TypeError(`${what}() has no option ${shown(name)}; there are ${known}`);
    }
    for (const [name, read] of Object.entries(readers)) {
      const value = (given as Record<string, unknown>)[name];
      if (value !== undefined) options[name] = read(`${what}(): ${name}`, value);
    }
  }
  return options as { [Name in keyof R]?: ReturnType<R[Name]> };
}

export interface Creation {
  dtype?: DType;
  requiresGrad?: boolean;
}

export const dtype = (what: string, value: unknown): DType => parseDtype(text(what, value));

export const creation = (what: string, given: unknown): Creation =>
  optionsOf(what, given, { dtype, requiresGrad: boolean });
