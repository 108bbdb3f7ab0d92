// What can be known of the page without a browser: no visible string outside the catalogues, no "any",
// readable colours, well-formed lessons.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import ts from 'typescript';
import { parseLesson, readLessons } from '../../web/lessons.mjs';
import { en, zh } from '../catalogue.mjs';

const web = fileURLToPath(new URL('../../web', import.meta.url));
const source = join(web, 'src');

async function sources() {
  const names = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.ts'));
  return Promise.all(
    names.map(async (name) =>
      ts.createSourceFile(
        name,
        await readFile(join(source, name), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      ),
    ),
  );
}

function visit(node, use) {
  use(node);
  node.forEachChild((child) => visit(child, use));
}

/** The words that a template shows: text between tags and in attributes that are read out. */
function shownWords(template) {
  const text = ts.isNoSubstitutionTemplateLiteral(template)
    ? template.text
    : [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(
        '\u0000',
      );
  const spoken = [...text.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]*)"/g)].map(
    ([, value]) => value,
  );
  const between = text.replace(/<[^>]*>/g, '\u0000').replace(/[\w-]+=\u0000[^>]*>/g, '\u0000');
  return [...spoken, ...between.split('\u0000')]
    .map((part) => part.replace(/&\w+;/g, '').trim())
    .filter(
      (part) => /[\p{L}]{2,}/u.test(part) && !/^[.@?]?[\w-]+=$/.test(part) && !/[<>=]/.test(part),
    );
}

describe('the catalogues', () => {
  test('have the same keys and the same places to fill in', () => {
    assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
    const places = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const key of Object.keys(en)) assert.deepEqual(places(zh[key]), places(en[key]), key);
  });

  test('have no string that nothing uses', async () => {
    const used = new Set();
    for (const file of await sources()) {
      if (/i18n\/(en|zh)\.ts$/.test(file.fileName)) continue;
      visit(file, (node) => {
        if (ts.isStringLiteral(node)) used.add(node.text);
      });
    }
    // Named by what happened: see run-controller.ts.
    for (const name of ['crashed', 'unavailable']) used.add(name);
    assert.deepEqual(
      Object.keys(en).filter((key) => !used.has(key)),
      [],
    );
  });

  test('hold every visible string: templates show none of their own', async () => {
    const allowed = new Set(['Gradpad']);
    const stray = [];
    let templates = 0;
    for (const file of await sources()) {
      visit(file, (node) => {
        if (!ts.isTaggedTemplateExpression(node) || !['html', 'svg'].includes(node.tag.getText()))
          return;
        templates += 1;
        for (const words of shownWords(node.template)) {
          if (!allowed.has(words)) stray.push(`${file.fileName}: ${words}`);
        }
      });
    }
    assert.ok(templates > 30, 'the templates were found');
    assert.deepEqual(stray, []);
  });

  test('the check for visible strings finds one', () => {
    const file = ts.createSourceFile(
      'x.ts',
      'html`<b class="x" @click=${f} title="Hello there">${t}</b><i ?on=${y}>Good day</i>`',
      ts.ScriptTarget.Latest,
      true,
    );
    const found = [];
    visit(file, (node) => {
      if (ts.isTaggedTemplateExpression(node)) found.push(...shownWords(node.template));
    });
    assert.deepEqual(found, ['Hello there', 'Good day']);
  });
});

describe('the sources', () => {
  test('use no "any" and switch no check off', async () => {
    const found = [];
    for (const file of await sources()) {
      visit(file, (node) => {
        if (node.kind === ts.SyntaxKind.AnyKeyword) found.push(file.fileName);
      });
      if (/@ts-(ignore|expect-error|nocheck)/.test(file.text)) found.push(file.fileName);
    }
    assert.deepEqual(found, []);
  });

  test('open with their purpose and stay within 500 lines', async () => {
    for (const file of await sources()) {
      assert.match(file.text, /^\/\/ \S/, file.fileName);
      assert.ok(file.text.split('\n').length <= 500, file.fileName);
    }
  });
});

describe('colours', () => {
  const luminance = (hex) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  test('text is readable on every ground, light and dark (WCAG AA)', async () => {
    const css = await readFile(join(source, 'styles/tokens.css'), 'utf8');
    const tokens = Object.fromEntries(
      [...css.matchAll(/--gp-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
        ([, name, ...pair]) => [name, pair],
      ),
    );
    const texts = ['ink', 'muted', 'leaf', 'op', 'constant', 'grad', 'error', 'number'];
    const grounds = ['paper', 'surface', 'raised', 'sunken'];
    const pairs = texts.flatMap((text) => [
      ...grounds.map((ground) => [text, ground]),
      ...(tokens[`${text}-soft`] ? [[text, `${text}-soft`]] : []),
    ]);
    for (const [text, ground] of [...pairs, ['muted', 'error-soft'], ['ink', 'grad-soft']]) {
      for (const theme of [0, 1]) {
        const ratio = contrast(tokens[text][theme], tokens[ground][theme]);
        assert.ok(
          ratio >= 4.5,
          `${text} on ${ground}, ${theme ? 'dark' : 'light'}: ${ratio.toFixed(2)}`,
        );
      }
    }
  });
});

describe('lessons', () => {
  test('are complete in both languages', async () => {
    const lessons = await readLessons(join(web, 'lessons'));
    assert.ok(lessons.length >= 5);
    assert.equal(new Set(lessons.map(({ id }) => id)).size, lessons.length);
    for (const lesson of lessons) {
      assert.match(lesson.code, /import torch/);
      assert.match(lesson.zh.body, /\p{Script=Han}/u, lesson.id);
      assert.doesNotMatch(lesson.en.body, /\p{Script=Han}/u, lesson.id);
    }
  });

  test('say what is wrong with one that is not', () => {
    const whole = '---\nen: A\nzh: B\n---\n```python\nx\n```\n--- en\none\n--- zh\ntwo\n';
    assert.equal(parseLesson('01-a.md', whole).zh.body, '<p>two</p>');
    assert.throws(() => parseLesson('a.md', whole), /NN-id/);
    assert.throws(() => parseLesson('01-a.md', whole.replace('--- zh\ntwo\n', '')), /'zh'/);
    assert.throws(() => parseLesson('01-a.md', whole.replace(/```/g, '')), /no program/);
  });
});
