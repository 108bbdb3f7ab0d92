// The lessons of web/lessons/, read by build.mjs when the page is built (see lessons.mjs).

declare module 'gradpad:lessons' {
  export interface LessonText {
    title: string;
    /** HTML, made from the lesson's Markdown. */
    body: string;
  }

  export interface Lesson {
    id: string;
    code: string;
    en: LessonText;
    zh: LessonText;
  }

  const lessons: readonly [Lesson, ...Lesson[]];
  export default lessons;
}
