// The page around the element: the lessons, the address, language and theme.

import lessons, { type Lesson } from 'gradpad:lessons';
import { html, nothing, render, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import type { Theme } from '../element/attributes.js';
import { GradPad } from '../grad-pad.js';
import { type Language, translator } from '../i18n/index.js';
import { decodeState, encodeState } from './hash.js';
import { preferredLanguage, preferredTheme, remember } from './preferences.js';

const themes: readonly Theme[] = ['auto', 'light', 'dark'];
const addressDelay = 400;

class Page {
  #language = preferredLanguage();
  #theme = preferredTheme();
  #lesson: Lesson = lessons[0];
  /** On a small screen the text begins folded, so that the program is in sight. */
  #unfolded = false;
  #shared: 'link' | 'embed' | 'failed' | undefined;
  #sharedTimer: ReturnType<typeof setTimeout> | undefined;
  #addressTimer: ReturnType<typeof setTimeout> | undefined;
  /** What the person has made of each lesson, kept while the page is open. */
  #edits = new Map<string, string>();

  constructor(
    private readonly pad: GradPad,
    private readonly head: HTMLElement,
    private readonly aside: HTMLElement,
  ) {
    addEventListener('hashchange', () => void this.#readAddress());
    pad.addEventListener('gp-change', () => {
      clearTimeout(this.#addressTimer);
      this.#addressTimer = setTimeout(() => void this.#writeAddress(), addressDelay);
    });
  }

  async start(): Promise<void> {
    this.#apply();
    await this.#readAddress();
  }

  async #readAddress(): Promise<void> {
    const state = await decodeState(location.hash);
    const found = lessons.find((lesson) => lesson.id === state.lesson);
    this.#lesson =
      found ?? (state.lesson === undefined && state.code !== undefined ? this.#lesson : lessons[0]);
    const code = state.code ?? this.#edits.get(this.#lesson.id) ?? this.#lesson.code;
    const original = this.pad.querySelector('pre');
    if (original) original.textContent = this.#lesson.code; // What Reset brings back.
    if (code !== this.pad.code) this.pad.code = code;
    this.#apply();
  }

  async #writeAddress(): Promise<void> {
    const { code } = this.pad;
    const lesson = this.#lesson;
    if (code === lesson.code) this.#edits.delete(lesson.id);
    else this.#edits.set(lesson.id, code);
    const hash = await encodeState(
      code === lesson.code ? { lesson: lesson.id } : { code, lesson: lesson.id },
    );
    // Replaced, not pushed: Back must not walk through single key strokes.
    history.replaceState(null, '', hash);
  }

  #setLanguage(language: Language): void {
    this.#language = language;
    remember('language', language);
    this.#apply();
  }

  #setTheme(theme: Theme): void {
    this.#theme = theme;
    remember('theme', theme);
    this.#apply();
  }

  #apply(): void {
    const root = document.documentElement;
    root.lang = this.#language === 'zh' ? 'zh-CN' : 'en';
    root.dataset.theme = this.#theme;
    this.pad.setAttribute('lang', this.#language);
    this.pad.setAttribute('theme', this.#theme);
    render(this.#drawHead(), this.head);
    render(this.#drawLesson(), this.aside);
    // On a small screen the lessons stand in a row that scrolls.
    const entry = this.aside.querySelector('[aria-current="page"]');
    const row = entry?.closest('ol');
    if (entry instanceof HTMLElement && row)
      row.scrollLeft = entry.offsetLeft - row.offsetLeft - 12;
  }

  async #copy(what: 'link' | 'embed'): Promise<void> {
    clearTimeout(this.#addressTimer);
    await this.#writeAddress();
    const address = new URL(location.href);
    if (what === 'embed') {
      address.pathname = address.pathname.replace(/[^/]*$/, 'embed.html');
      address.hash = await encodeState({ code: this.pad.code });
    }
    const text =
      what === 'link'
        ? address.href
        : `<iframe src="${address.href}" width="100%" height="560" loading="lazy"></iframe>`;
    try {
      await navigator.clipboard.writeText(text);
      this.#shared = what;
    } catch {
      this.#shared = 'failed';
    }
    this.#apply();
    clearTimeout(this.#sharedTimer);
    this.#sharedTimer = setTimeout(() => {
      this.#shared = undefined;
      this.#apply();
    }, 2500);
  }

  #drawHead(): TemplateResult {
    const t = translator(this.#language);
    const themeNames = { auto: t('themeAuto'), light: t('themeLight'), dark: t('themeDark') };
    const shareText = { link: t('shared'), embed: t('shared'), failed: t('shareFailed') };
    return html`<a
        class="skip"
        href="#program"
        @click=${(event: Event) => {
          event.preventDefault();
          this.pad.focus();
        }}
        >${t('skipToEditor')}</a
      >
      <p class="brand">
        <span class="nabla" aria-hidden="true">∇</span><b>Gradpad</b>
        <span class="tagline">${t('tagline')}</span>
      </p>
      <div class="tools">
        <span class="told" role="status">${this.#shared ? shareText[this.#shared] : ''}</span>
        <button class="tool" @click=${() => void this.#copy('link')}>${t('share')}</button>
        <button class="tool wide" @click=${() => void this.#copy('embed')}>${t('embed')}</button>
        <div class="choice" role="group" aria-label=${t('theme')}>
          ${themes.map(
            (theme) =>
              html`<button
                aria-pressed=${theme === this.#theme ? 'true' : 'false'}
                data-theme-choice=${theme}
                aria-label=${themeNames[theme]}
                title=${themeNames[theme]}
                @click=${() => this.#setTheme(theme)}
              >
                ${icons[theme]}
              </button>`,
          )}
        </div>
        <div class="choice" role="group" aria-label=${t('language')}>
          ${languageNames.map(
            ([language, name]) =>
              html`<button
                lang=${language}
                aria-pressed=${language === this.#language ? 'true' : 'false'}
                data-language-choice=${language}
                @click=${() => this.#setLanguage(language)}
              >
                ${name}
              </button>`,
          )}
        </div>
      </div>`;
  }

  #drawLesson(): TemplateResult {
    const t = translator(this.#language);
    const text = this.#lesson[this.#language];
    const place = lessons.indexOf(this.#lesson);
    const before = lessons[place - 1];
    const after = lessons[place + 1];
    return html`<nav aria-label=${t('lessons')}>
        <ol class="contents">
          ${lessons.map(
            (lesson) =>
              html`<li>
                <a
                  href="#lesson=${lesson.id}"
                  data-lesson=${lesson.id}
                  aria-current=${lesson === this.#lesson ? 'page' : 'false'}
                  >${lesson[this.#language].title}</a
                >
              </li>`,
          )}
        </ol>
      </nav>
      <article aria-label=${t('lesson')}>
        <h1>${text.title}</h1>
        <div class="text ${this.#unfolded ? 'unfolded' : ''}">${unsafeHTML(text.body)}</div>
        <button
          class="fold"
          aria-expanded=${this.#unfolded ? 'true' : 'false'}
          @click=${() => {
            this.#unfolded = !this.#unfolded;
            this.#apply();
          }}
        >
          ${this.#unfolded ? t('readLess') : t('readOn')}
        </button>
        <p class="turn">
          ${before ? html`<a href="#lesson=${before.id}">← ${t('previous')}</a>` : nothing}
          ${after ? html`<a class="after" href="#lesson=${after.id}">${t('next', { title: after[this.#language].title })} →</a>` : nothing}
        </p>
      </article>`;
  }
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

const pad = document.querySelector('grad-pad');
const head = document.querySelector('header');
const aside = document.querySelector('aside');
if (pad instanceof GradPad && head && aside) {
  head.replaceChildren();
  aside.replaceChildren();
  void new Page(pad, head, aside).start();
}
