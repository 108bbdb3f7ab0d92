// The state in the address: what follows "#". Links live for ever, so every form that was ever
// written can be read:
//
//   #v1=<base64url of raw deflate of JSON {code, lesson?}>   what the page writes
//   #code=<percent-encoded program>                          what a person writes by hand
//   #lesson=<id>                                             a lesson as it is
//
// A new form gets a new name; none is ever changed.

export interface State {
  code?: string;
  lesson?: string;
}

/** No link unpacks to more than this: it may come from anyone. */
const largest = 1_000_000;

export async function encodeState(state: State): Promise<string> {
  if (state.code === undefined)
    return state.lesson ? `#lesson=${encodeURIComponent(state.lesson)}` : '';
  if (!('CompressionStream' in globalThis)) return `#code=${encodeURIComponent(state.code)}`;
  const text = JSON.stringify({ code: state.code, lesson: state.lesson });
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `#v1=${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** The state of an address; empty where there is none, or none that can be read. */
export async function decodeState(hash: string): Promise<State> {
  const match = /^#?([a-z0-9]+)=(.*)$/s.exec(hash);
  const [, form = '', body = ''] = match ?? [];
  try {
    switch (form) {
      case 'v1':
        return readV1(await inflate(body));
      case 'code':
        return { code: decodeURIComponent(body) };
      case 'lesson':
        return { lesson: decodeURIComponent(body) };
      default:
        return {};
    }
  } catch {
    return {};
  }
}

async function inflate(text: string): Promise<string> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let whole = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return whole + decoder.decode();
    whole += decoder.decode(value, { stream: true });
    if (whole.length > largest) throw new RangeError('too long');
  }
}

function readV1(text: string): State {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return {};
  const state: State = {};
  if ('code' in value && typeof value.code === 'string') state.code = value.code;
  if ('lesson' in value && typeof value.lesson === 'string') state.lesson = value.lesson;
  return state;
}
