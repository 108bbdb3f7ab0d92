// The one tag: <script type="module" src=".../grad-pad.js"> defines <grad-pad>, on any page.

import { GradPad } from './element/pad.js';

if (!customElements.get('grad-pad')) customElements.define('grad-pad', GradPad);

export { GradPad };

declare global {
  interface HTMLElementTagNameMap {
    'grad-pad': GradPad;
  }
}
