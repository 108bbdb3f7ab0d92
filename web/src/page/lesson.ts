// A lesson beside the program: the contents, its text, the way to the one before and after.

import type { Lesson } from 'gradpad:lessons';
import { html, nothing, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { type Language, translator } from '../i18n/index.js';

export interface LessonState {
  lessons: readonly Lesson[];
  lesson: Lesson;
  language: Language;
  /** On a small screen the text begins folded. */
  unfolded: boolean;
  onFold: () => void;
}

export function drawLesson(state: LessonState): TemplateResult {
  const { lessons, lesson, language, unfolded, onFold } = state;
  const t = translator(language);
  const text = lesson[language];
  const place = lessons.indexOf(lesson);
  const before = lessons[place - 1];
  const after = lessons[place + 1];
  return html`<nav aria-label=${t('lessons')}>
    <ol class="contents">
      ${lessons.map(
        (one) =>
          html`<li>
            <a
              href="#lesson=${one.id}"
              data-lesson=${one.id}
              aria-current=${one === lesson ? 'page' : 'false'}
              >${one[language].title}</a
            >
          </li>`,
      )}
    </ol>
  </nav>
  <article aria-label=${t('lesson')}>
    <h1>${text.title}</h1>
    <div class="text ${unfolded ? 'unfolded' : ''}">${unsafeHTML(text.body)}</div>
    <button
      class="fold"
      aria-expanded=${unfolded ? 'true' : 'false'}
      @click=${onFold}
    >
      ${unfolded ? t('readLess') : t('readOn')}
    </button>
    <p class="turn">
      ${before ? html`<a href="#lesson=${before.id}">← ${t('previous')}</a>` : nothing}
      ${after ? html`<a class="after" href="#lesson=${after.id}">${t('next', { title: after[language].title })} →</a>` : nothing}
    </p>
  </article>`;
}
