// Picks a catalogue and fills in its strings.

import { en, type Key, type Messages } from './en.js';
import { zh } from './zh.js';

export const languages = { en, zh } satisfies Record<string, Messages>;
export type Language = keyof typeof languages;
export type Translate = (key: Key, values?: Readonly<Record<string, string | number>>) => string;
export type { Key };

/** The first of the given tags ("zh-CN", "en", ...) that there is a catalogue for, else English. */
export function pickLanguage(...tags: (string | null | undefined)[]): Language {
  for (const tag of tags) {
    const primary = tag?.toLowerCase().split('-')[0];
    if (primary === 'zh' || primary === 'en') return primary;
  }
  return 'en';
}

const translators = new Map<Language, Translate>();

/** The translator of a language: one function for its whole life, so it can be compared. */
export function translator(language: Language): Translate {
  let found = translators.get(language);
  if (!found) {
    const messages: Messages = languages[language];
    found = (key, values) =>
      messages[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
        values && name in values ? String(values[name]) : whole,
      );
    translators.set(language, found);
  }
  return found;
}

const phraseKeys = {
  'Control character': 'cmControlCharacter',
  'Selection deleted': 'cmSelectionDeleted',
  'folded code': 'cmFoldedCode',
  unfold: 'cmUnfold',
  to: 'cmTo',
  Completions: 'cmCompletions',
  Diagnostics: 'cmDiagnostics',
  'No diagnostics': 'cmNoDiagnostics',
  close: 'cmClose',
} as const satisfies Record<string, Key>;

/** What CodeMirror's `phrases` facet wants: its own English strings, translated. */
export function editorPhrases(t: Translate): Record<string, string> {
  return Object.fromEntries(Object.entries(phraseKeys).map(([phrase, key]) => [phrase, t(key)]));
}
