// The reader's language and theme: from the address, else as chosen before, else as the system says.

import { type Language, pickLanguage } from '../i18n/index.js';
import { parseTheme } from '../element/attributes.js';
import type { Theme } from '../styles/theme.js';

const query = new URLSearchParams(location.search);

/** Storage may be forbidden, for example in a frame of another site. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: 'language' | 'theme', value: string): void {
  try {
    localStorage.setItem(`gradpad-${key}`, value);
  } catch {
    // Then it holds until the page is closed.
  }
}

export function preferredLanguage(): Language {
  return pickLanguage(query.get('lang'), recall('gradpad-language'), ...navigator.languages);
}

export function preferredTheme(): Theme {
  return parseTheme(query.get('theme') ?? recall('gradpad-theme'));
}
