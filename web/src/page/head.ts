// The head of the page: its name, sharing, theme and language.

import { html, type TemplateResult } from 'lit';
import { type Theme, themes } from '../styles/theme.js';
import type { Language, Translate } from '../i18n/index.js';
import type { Shared } from './share.js';

export interface HeadState {
  t: Translate;
  language: Language;
  theme: Theme;
  /** What was just copied, or that it could not be. */
  shared: Shared | 'failed' | undefined;
  onSkip: () => void;
  onShare: (what: Shared) => void;
  onTheme: (theme: Theme) => void;
  onLanguage: (language: Language) => void;
}

export function drawHead(state: HeadState): TemplateResult {
  const { t, onSkip, onShare } = state;
  const shareText = { link: t('shared'), embed: t('shared'), failed: t('shareFailed') };
  const skip = (event: Event) => {
    event.preventDefault();
    onSkip();
  };
  return html`<a class="skip" href="#program" @click=${skip}>${t('skipToEditor')}</a>
    <p class="brand">
      <span class="nabla" aria-hidden="true">∇</span><b>Gradpad</b>
      <span class="tagline">${t('tagline')}</span>
    </p>
    <div class="tools">
      <span class="told" role="status">${state.shared ? shareText[state.shared] : ''}</span>
      <button class="tool" @click=${() => onShare('link')}>${t('share')}</button>
      <button class="tool wide" @click=${() => onShare('embed')}>${t('embed')}</button>
      ${drawThemes(state)} ${drawLanguages(state)}
    </div>`;
}

function drawThemes({ t, theme, onTheme }: HeadState): TemplateResult {
  const names = { auto: t('themeAuto'), light: t('themeLight'), dark: t('themeDark') };
  return html`<div class="choice" role="group" aria-label=${t('theme')}>
    ${themes.map(
      (one) =>
        html`<button
          aria-pressed=${one === theme ? 'true' : 'false'}
          data-theme-choice=${one}
          aria-label=${names[one]}
          title=${names[one]}
          @click=${() => onTheme(one)}
        >
          ${icons[one]}
        </button>`,
    )}
  </div>`;
}

function drawLanguages({ t, language, onLanguage }: HeadState): TemplateResult {
  return html`<div class="choice" role="group" aria-label=${t('language')}>
    ${languageNames.map(
      ([one, name]) =>
        html`<button
          lang=${one}
          aria-pressed=${one === language ? 'true' : 'false'}
          data-language-choice=${one}
          @click=${() => onLanguage(one)}
        >
          ${name}
        </button>`,
    )}
  </div>`;
}

const languageNames: readonly (readonly [Language, string])[] = [
  ['en', 'EN'],
  ['zh', '中文'],
];

const icon = (path: string) =>
  html`<svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
    <path d=${path}></path>
  </svg>`;

const icons = {
  auto: icon('M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM8 3v10A5 5 0 0 1 8 3z'),
  light: icon(
    'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM7.3.5h1.4v2.3H7.3zM7.3 13.2h1.4v2.3H7.3zM.5 7.3h2.3v1.4H.5zM13.2 7.3h2.3v1.4h-2.3zM2.2 3.2l1-1 1.6 1.6-1 1zM11.2 12.2l1-1 1.6 1.6-1 1zM12.8 2.2l1 1-1.6 1.6-1-1zM3.8 11.2l1 1-1.6 1.6-1-1z',
  ),
  dark: icon('M6.2 1.8a6.4 6.4 0 1 0 8 8A5.2 5.2 0 0 1 6.2 1.8z'),
};
