// The worker that lays out large graphs.

import { computeLayout, type Layout, type LayoutInput } from './layout.js';

export interface LayoutRequest {
  id: number;
  input: LayoutInput;
}

export interface LayoutReply {
  id: number;
  layout: Layout;
}

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const reply: LayoutReply = { id: data.id, layout: computeLayout(data.input) };
  self.postMessage(reply);
});
