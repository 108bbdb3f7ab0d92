// Style sheets as constructed sheets: they are shared between elements and need no inline style, so
// a page with a strict Content-Security-Policy can hold the element.

import { type CSSResult, unsafeCSS } from 'lit';
import baseCss from './base.css?text';

export const sheet = (text: string): CSSResult => unsafeCSS(text);

export const baseStyles = sheet(baseCss);
