// The head of the graph's panel: what the colours mean, and the zoom.

import { html, type TemplateResult } from 'lit';
import type { Translate } from '../i18n/index.js';

export interface Zoom {
  by(factor: number): void;
  fit(): void;
}

/** How much one press of a button or a key enlarges. */
export const zoomStep = 1.3;

export function drawHead(t: Translate, zoom: Zoom): TemplateResult {
  return html`<header class="head">
    <h3>${t('graph')}</h3>
    <ul class="legend">
      <li class="leaf" title=${t('legendLeaf')}>${t('kindLeaf')}</li>
      <li class="op" title=${t('legendOp')}>${t('kindOp')}</li>
      <li class="constant" title=${t('legendConstant')}>${t('kindConstant')}</li>
      <li class="back" title=${t('legendGradient')}>${t('kindGradient')}</li>
    </ul>
    <div class="zoom">
      <button
        class="icon"
        @click=${() => zoom.by(1 / zoomStep)}
        aria-label=${t('zoomOut')}
        title=${t('zoomOut')}
      >
        −
      </button>
      <button
        class="icon"
        @click=${() => zoom.by(zoomStep)}
        aria-label=${t('zoomIn')}
        title=${t('zoomIn')}
      >
        +
      </button>
      <button
        class="icon fit"
        @click=${() => zoom.fit()}
        aria-label=${t('fit')}
        title=${t('fit')}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path
            d="M2 6V2h4v1.5H3.5V6zm8-4h4v4h-1.5V3.5H10zM2 10h1.5v2.5H6V14H2zm10.5 0H14v4h-4v-1.5h2.5z"
          ></path>
        </svg>
      </button>
    </div>
  </header>`;
}
