// Picks a catalogue and fills in its strings.

import type { Hint } from '../../../wasm/js/types.js';
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

const hintKeys = {
  did_you_mean: 'hintDidYouMean',
  no_module: 'hintNoModule',
  no_package: 'hintNoPackage',
  cpu_only: 'hintCpuOnly',
  no_numpy: 'hintNoNumpy',
  no_async: 'hintNoAsync',
  no_match: 'hintNoMatch',
  no_groups: 'hintNoGroups',
  no_character_names: 'hintNoCharacterNames',
  nested_too_deep: 'hintNestedTooDeep',
  backslash_in_fstring: 'hintBackslashInFstring',
} as const satisfies Record<Hint['id'], Key>;

/** A hint of the engine, in the reader's language. */
export function hintText(t: Translate, { id, name }: Hint): string {
  return t('hint', { hint: t(hintKeys[id], { name }) });
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
