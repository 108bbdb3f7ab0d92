// Reads the lessons: one file each, NN-id.md, in the order of their numbers. A file holds a header
// with the titles, the program, and the text in each language:
//
//   ---
//   en: Title
//   zh: 标题
//   ---
//   ```python ... ```
//   --- en
//   Markdown
//   --- zh
//   Markdown

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { marked } from 'marked';

const languages = ['en', 'zh'];

export async function readLessons(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
  return Promise.all(
    names.map(async (name) => parseLesson(name, await readFile(join(folder, name), 'utf8'))),
  );
}

export function parseLesson(name, text) {
  const wrong = (what) => new Error(`lesson ${name}: ${what}`);
  const id = /^\d+-([a-z0-9-]+)\.md$/.exec(name)?.[1];
  if (!id) throw wrong('the name is not NN-id.md');
  const header = /^---\n([\s\S]*?)\n---\n/.exec(text)?.[1];
  if (!header) throw wrong('there is no header');
  const titles = Object.fromEntries(
    header.split('\n').map((line) => /^(\w+):\s*(.+)$/.exec(line)?.slice(1) ?? []),
  );
  const code = /^```python\n([\s\S]*?)^```$/m.exec(text)?.[1];
  if (!code) throw wrong('there is no program');
  const lesson = { id, code };
  for (const language of languages) {
    const body = new RegExp(`^--- ${language}\\n([\\s\\S]*?)(?=^--- \\w+$|(?![\\s\\S]))`, 'm').exec(
      text,
    );
    if (!titles[language] || !body?.[1].trim()) throw wrong(`there is no text in '${language}'`);
    lesson[language] = { title: titles[language], body: marked.parse(body[1].trim()).trim() };
  }
  return lesson;
}

/** A lesson as plain HTML, for readers without JavaScript. */
export function lessonHtml(lesson, { withCode }) {
  const { title, body } = lesson.en;
  const code = withCode ? `<pre>${escapeHtml(lesson.code)}</pre>` : '';
  return `<article><h1>${escapeHtml(title)}</h1>${body}${code}</article>`;
}

export function escapeHtml(text) {
  return text.replace(
    /[&<>"]/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c],
  );
}
