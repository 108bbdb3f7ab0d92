// The page around the element: the lessons, the address, language and theme.

import lessons, { type Lesson } from 'gradpad:lessons';
import { render, type TemplateResult } from 'lit';
import type { Theme } from '../styles/theme.js';
import { GradPad } from '../grad-pad.js';
import { type Language, translator } from '../i18n/index.js';
import { decodeState, encodeState } from './hash.js';
import { drawHead } from './head.js';
import { drawLesson } from './lesson.js';
import { preferredLanguage, preferredTheme, remember } from './preferences.js';
import { type Shared, sharedText } from './share.js';

const addressDelay = 400;

class Page {
  #language = preferredLanguage();
  #theme = preferredTheme();
  #lesson: Lesson = lessons[0];
  /** On a small screen the text begins folded, so that the program is in sight. */
  #unfolded = false;
  #shared: Shared | 'failed' | undefined;
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

  async #copy(what: Shared): Promise<void> {
    clearTimeout(this.#addressTimer);
    await this.#writeAddress();
    const text = await sharedText(what, location.href, this.pad.code);
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
    return drawHead({
      t: translator(this.#language),
      language: this.#language,
      theme: this.#theme,
      shared: this.#shared,
      onSkip: () => this.pad.focus(),
      onShare: (what) => void this.#copy(what),
      onTheme: (theme) => this.#setTheme(theme),
      onLanguage: (language) => this.#setLanguage(language),
    });
  }

  #drawLesson(): TemplateResult {
    return drawLesson({
      lessons,
      lesson: this.#lesson,
      language: this.#language,
      unfolded: this.#unfolded,
      onFold: () => {
        this.#unfolded = !this.#unfolded;
        this.#apply();
      },
    });
  }
}

const pad = document.querySelector('grad-pad');
const head = document.querySelector('header');
const aside = document.querySelector('aside');
if (pad instanceof GradPad && head && aside) {
  head.replaceChildren();
  aside.replaceChildren();
  void new Page(pad, head, aside).start();
}
