// embed.html: the element alone, for a frame. Its attributes come from the query, its program from
// the hash; the page that holds the frame is told how high it would like to be.

import { attributes } from '../element/attributes.js';
import { GradPad } from '../grad-pad.js';
import { decodeState } from './hash.js';

/** The frame itself is lazy or not; in it the element is what there is to see. */
const passed = attributes.filter((name) => name !== 'loading');

async function start(pad: GradPad): Promise<void> {
  const query = new URLSearchParams(location.search);
  for (const name of passed) {
    const value = query.get(name);
    if (value !== null && !(name === 'readonly' && value === 'false'))
      pad.setAttribute(name, value);
  }
  document.documentElement.dataset.theme = query.get('theme') ?? 'auto';
  pad.addEventListener('gp-resize', () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ type: 'gp-resize', height }, '*');
  });
  const load = async () => {
    const { code } = await decodeState(location.hash);
    if (code !== undefined) pad.code = code;
  };
  addEventListener('hashchange', () => void load());
  await load();
  pad.setAttribute('loading', 'eager');
  document.body.append(pad);
}

const pad = document.createElement('grad-pad');
if (pad instanceof GradPad) void start(pad);
