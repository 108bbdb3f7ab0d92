// Reading the sections of a WebAssembly module.

/** Gives the number of each section; what is in it can then be read. */
export class Sections {
  #at = 8;
  constructor(bytes) {
    this.bytes = bytes;
  }
  get at() {
    return this.#at;
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.#at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }
  skip(count) {
    this.#at += count;
  }
  take(count) {
    this.#at += count;
    return this.bytes.subarray(this.#at - count, this.#at);
  }
  *[Symbol.iterator]() {
    while (this.#at < this.bytes.length) {
      const [id] = this.take(1);
      const size = this.number();
      const end = this.#at + size;
      yield id;
      this.#at = end;
    }
  }
}
