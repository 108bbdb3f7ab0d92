// The other half of ../wire.h: values as 8-byte slots in the module's memory. A value is one header
// slot (a tag and a count, 32 bits each); what the tag says follows.

import { integer } from './arguments.js';
import { type DType, dtypes, Tag } from './constants.js';

/** What this file needs of the module. */
export interface WireMemory {
  readonly HEAPU8: Uint8Array;
  /** Where so many slots can be written. */
  reserveInput(slots: number): number;
}

/** A tensor's number, as C++ gives it out with one reference. */
export class Handle {
  constructor(readonly address: number) {}
}

const two32 = 2 ** 32;
const utf8 = new TextDecoder();

/** Reads what C++ wrote. */
export class WireReader {
  #heap: ArrayBufferLike = new ArrayBuffer(0);
  #bytes: Uint8Array = new Uint8Array();
  #words: Uint32Array = new Uint32Array();
  #doubles: Float64Array = new Float64Array();
  #at = 0;
  /** Names of fields are literals of C++: one address, one text. */
  readonly #names = new Map<number, string>();

  constructor(private readonly memory: WireMemory) {}

  read(address: number): unknown {
    const { buffer } = this.memory.HEAPU8;
    // Memory that has grown is a new buffer.
    if (buffer !== this.#heap) {
      this.#heap = buffer;
      this.#bytes = this.memory.HEAPU8;
      this.#words = new Uint32Array(buffer);
      this.#doubles = new Float64Array(buffer);
    }
    this.#at = address / 8;
    return this.#value();
  }

  #value(): unknown {
    const tag: Tag = this.#words[2 * this.#at] ?? Tag.Null;
    const count = this.#words[2 * this.#at + 1] ?? 0;
    this.#at += 1;
    switch (tag) {
      case Tag.Null:
        return null;
      case Tag.False:
        return false;
      case Tag.True:
        return true;
      case Tag.Number:
        return this.#doubles[this.#at++];
      case Tag.Integer:
        return this.#integer();
      case Tag.Handle:
        return new Handle(count);
      case Tag.DType:
        return dtypes[count];
      case Tag.Text: {
        const begin = this.#at * 8;
        this.#at += Math.ceil(count / 8);
        return this.#text(begin, count);
      }
      case Tag.Numbers: {
        const begin = this.#at;
        this.#at += count;
        return Array.from(this.#doubles.subarray(begin, this.#at));
      }
      case Tag.Sizes: {
        const sizes: (number | bigint)[] = [];
        for (let i = 0; i < count; i++) sizes.push(this.#integer());
        return sizes;
      }
      case Tag.List: {
        const items: unknown[] = [];
        for (let i = 0; i < count; i++) items.push(this.#value());
        return items;
      }
      case Tag.Record: {
        const record: Record<string, unknown> = {};
        for (let i = 0; i < count; i++) {
          const name = this.#name();
          record[name] = this.#value();
        }
        return record;
      }
    }
  }

  /** A number where it is exact, else a bigint. */
  #integer(): number | bigint {
    const low = this.#words[2 * this.#at] ?? 0;
    const high = (this.#words[2 * this.#at + 1] ?? 0) | 0;
    this.#at += 1;
    const value = high * two32 + low;
    return Number.isSafeInteger(value) ? value : (BigInt(high) << 32n) + BigInt(low);
  }

  #name(): string {
    const address = this.#words[2 * this.#at] ?? 0;
    let name = this.#names.get(address);
    if (name === undefined) {
      name = this.#text(address, this.#words[2 * this.#at + 1] ?? 0);
      this.#names.set(address, name);
    }
    this.#at += 1;
    return name;
  }

  #text(begin: number, length: number): string {
    const bytes = this.#bytes.subarray(begin, begin + length);
    if (length > 24) return utf8.decode(bytes);
    // Calling the decoder costs more than a short text of ASCII.
    let text = '';
    for (const byte of bytes) {
      if (byte > 127) return utf8.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }
}

/**
 * Writes arguments for C++ to read. Begin with `start()`. What is written has been checked; that it
 * can be read without harm whatever it is, C++ sees to.
 */
export class WireWriter {
  #heap: ArrayBufferLike = new ArrayBuffer(0);
  #words: Uint32Array = new Uint32Array();
  #doubles: Float64Array = new Float64Array();
  #base = 0;
  #capacity = 0;
  #at = 0;

  constructor(private readonly memory: WireMemory) {}

  start(): this {
    this.#at = 0;
    // C++ gives back what an uncommonly long value took, when asked for less.
    if (this.#capacity > 64 * 1024) this.#capacity = 0;
    this.#reserve(32);
    return this;
  }

  null(): void {
    this.#header(Tag.Null, 0);
  }
  boolean(value: boolean): void {
    this.#header(value ? Tag.True : Tag.False, 0);
  }
  float(value: number): void {
    this.#header(Tag.Number, 0);
    this.#double(value);
  }
  /** Python's int, of at most 64 bits. */
  integer(value: number | bigint): void {
    this.#header(Tag.Integer, 0);
    this.#whole(integer('an argument', value));
  }
  /** A number as Python would write it: whole ones are ints. */
  scalar(value: number | bigint | boolean): void {
    if (typeof value === 'boolean') this.boolean(value);
    else if (typeof value === 'bigint') this.integer(value);
    else if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.integer(value);
    else this.float(value);
  }
  handle(address: number): void {
    this.#header(Tag.Handle, address);
  }
  dtype(value: DType): void {
    this.#header(Tag.DType, dtypes.indexOf(value));
  }
  text(value: string): void {
    const bytes = new TextEncoder().encode(value);
    const slots = Math.ceil(bytes.length / 8);
    this.#header(Tag.Text, bytes.length);
    this.#reserve(slots);
    new Uint8Array(this.#heap, (this.#base + this.#at) * 8, bytes.length).set(bytes);
    this.#at += slots;
  }
  sizes(values: readonly (number | bigint)[]): void {
    this.#header(Tag.Sizes, values.length);
    for (let i = 0; i < values.length; i++) this.#whole(integer(`size ${i}`, values[i]));
  }
  list(count: number): void {
    this.#header(Tag.List, count);
  }

  #header(tag: Tag, count: number): void {
    this.#reserve(1);
    const slot = 2 * (this.#base + this.#at++);
    this.#words[slot] = tag;
    this.#words[slot + 1] = count;
  }

  #double(value: number): void {
    this.#reserve(1);
    this.#doubles[this.#base + this.#at++] = value;
  }

  #whole(value: number | bigint): void {
    this.#reserve(1);
    const slot = 2 * (this.#base + this.#at++);
    if (typeof value === 'bigint') {
      this.#words[slot] = Number(BigInt.asUintN(32, value));
      this.#words[slot + 1] = Number(BigInt.asUintN(32, value >> 32n));
    } else {
      this.#words[slot] = value >>> 0;
      this.#words[slot + 1] = Math.floor(value / two32) >>> 0;
    }
  }

  /** Room for so many more slots. */
  #reserve(slots: number): void {
    if (this.#at + slots > this.#capacity) {
      const capacity = Math.max(2 * this.#capacity, this.#at + slots);
      this.#base = this.memory.reserveInput(capacity) / 8;
      this.#capacity = capacity;
    }
    const { buffer } = this.memory.HEAPU8;
    if (buffer !== this.#heap) {
      this.#heap = buffer;
      this.#words = new Uint32Array(buffer);
      this.#doubles = new Float64Array(buffer);
    }
  }
}
