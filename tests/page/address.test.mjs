// The state in the address, and what sharing puts on the clipboard.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from '../typescript.mjs';

const { decodeState, encodeState } = await load('page/hash.ts');
const { sharedText } = await load('page/share.ts');

describe('the address', () => {
  // Recorded links: these must load for ever.
  for (const [hash, state] of [
    ['#v1=q1ZKzk9JVbJSKijKzCvRMLXUjMlT0lHKSS0uzs9TslJKSkzOLk8sSlGqBQA', { code: 'print(59)\n' }],
    ['#code=print(1%20%2B%201)%0A', { code: 'print(1 + 1)\n' }],
    ['#lesson=backward', { lesson: 'backward' }],
  ]) {
    test(`${hash.slice(0, 14)}… holds what it held`, async () => {
      const found = await decodeState(hash);
      for (const [name, value] of Object.entries(state)) assert.equal(found[name], value);
    });
  }

  for (const code of [
    '',
    'print(1)\n',
    '# 注释 “quotes” & <tags> \u0000 🙂\r\n\t%#=&?',
    'x = 1\n'.repeat(20_000),
    '\ud800 alone',
  ]) {
    test(`brings back ${JSON.stringify(code.slice(0, 20))}`, async () => {
      const hash = await encodeState({ code, lesson: 'start' });
      assert.match(hash, /^#v1=[\w-]*$/);
      const state = await decodeState(hash);
      assert.equal(state.code, code);
      assert.equal(state.lesson, 'start');
    });
  }

  test('without a program names the lesson, or nothing', async () => {
    assert.equal(await encodeState({ lesson: 'a b' }), '#lesson=a%20b');
    assert.equal(await encodeState({}), '');
  });

  for (const hash of [
    '',
    '#',
    '#v1=',
    '#v1=broken',
    '#v9=AAAA',
    '#%',
    '#code=%E0%A4%A',
    '#v1=%%',
  ]) {
    test(`${JSON.stringify(hash)} cannot be read, and is no error`, async () =>
      assert.deepEqual(await decodeState(hash), {}));
  }

  test('a small link that unpacks to millions is refused', async () => {
    const hash = await encodeState({ code: 'x'.repeat(5_000_000) });
    assert.ok(hash.length < 20_000);
    assert.deepEqual(await decodeState(hash), {});
  });

  test('what is not a program is not taken for one', async () => {
    const packed = new Blob(['{"code": 5, "lesson": ["x"]}'])
      .stream()
      .pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = Buffer.from(await new Response(packed).arrayBuffer());
    assert.deepEqual(await decodeState(`#v1=${bytes.toString('base64url')}`), {});
  });
});

describe('sharing', () => {
  const page = 'https://here.example/gradpad/index.html?lang=zh#lesson=start';

  test('gives the address as it is', async () =>
    assert.equal(await sharedText('link', page, 'x'), page));

  test('gives a frame of the program alone', async () => {
    const html = await sharedText('embed', page, 'print("<&>")\n');
    const [, address] = /^<iframe src="([^"]+)"/.exec(html);
    const { pathname, search, hash } = new URL(address);
    assert.deepEqual([pathname, search], ['/gradpad/embed.html', '?lang=zh']);
    assert.equal((await decodeState(hash)).code, 'print("<&>")\n');
  });
});
