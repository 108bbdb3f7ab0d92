// What the page's two buttons put on the clipboard: its address, and the code of a frame that shows
// the program alone.

import { encodeState } from './hash.js';

export type Shared = 'link' | 'embed';

export async function sharedText(what: Shared, page: string, code: string): Promise<string> {
  if (what === 'link') return page;
  const address = new URL(page);
  address.pathname = address.pathname.replace(/[^/]*$/, 'embed.html');
  address.hash = await encodeState({ code });
  return `<iframe src="${address.href}" width="100%" height="560" loading="lazy"></iframe>`;
}
