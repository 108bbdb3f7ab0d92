// Moves long texts that only the rest of a module reads from its everyday part, which a first visit
// downloads, to the rest: their bytes in memory are zeros, which compress to nothing, until the rest
// is instantiated and brings them.

import { Sections } from './sections.mjs';

const dataSection = 11;

/** LEB128; `signed` as for i32.const. */
function encode(value, signed) {
  const bytes = [];
  for (;;) {
    const low = value & 127;
    value = signed ? value >> 7 : value >>> 7;
    const done = signed ? (value === 0 && low < 64) || (value === -1 && low >= 64) : value === 0;
    bytes.push(done ? low : low | 128);
    if (done) return bytes;
  }
}

/** Where the data of a module lies: in the file, and at which address it will be in memory. */
function segmentsOf(module) {
  const segments = [];
  const sections = new Sections(module);
  for (const id of sections) {
    if (id !== dataSection) continue;
    for (let left = sections.number(); left > 0; left--) {
      const [kind] = sections.take(1);
      if (kind === 2) sections.number();
      let address;
      if (kind !== 1) {
        const [opcode] = sections.take(1);
        if (opcode !== 0x41) throw new Error('a data segment that is not at a constant address');
        address = sections.number();
        sections.take(1);
      }
      const length = sections.number();
      segments.push({ address, begin: sections.at, length });
      sections.skip(length);
    }
  }
  return segments;
}

/** `parts` with `texts`, which stand in the data of `everyday`, moved to `rest`. */
export function moveTexts({ everyday, rest }, texts) {
  const found = [];
  const wanted = [...new Set(texts)].filter((text) => text.length > 60);
  const segments = segmentsOf(everyday);
  for (const text of wanted) {
    const bytes = Buffer.from(text);
    for (const { address, begin, length } of segments) {
      const at = everyday.indexOf(bytes, begin);
      if (address === undefined || at < 0 || at + bytes.length > begin + length) continue;
      found.push({ address: address + at - begin, bytes });
      everyday.fill(0, at, at + bytes.length);
      break;
    }
  }
  if (found.length < wanted.length) {
    throw new Error(`${wanted.length - found.length} texts are not in the data of the module`);
  }
  if (segmentsOf(rest).length > 0) throw new Error('the rest has data of its own');
  const content = [...encode(found.length)];
  for (const { address, bytes } of found) {
    content.push(0, 0x41, ...encode(address, true), 0x0b, ...encode(bytes.length), ...bytes);
  }
  const section = Buffer.from([dataSection, ...encode(content.length), ...content]);
  return { everyday, rest: Buffer.concat([rest, section]) };
}
