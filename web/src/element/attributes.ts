// The element's attributes and what they may say. Anything else counts as the default.

import { type Theme, themes } from '../styles/theme.js';

export const attributes = [
  'src',
  'readonly',
  'run',
  'view',
  'theme',
  'height',
  'loading',
  'lang',
] as const;

export const runModes = ['load', 'edit', 'click'] as const;
export type RunMode = (typeof runModes)[number];

/** The words for what is to be shown; which there are is for the panels to say (see layout.ts). */
export function parseView(text: string | null): string[] {
  return (text ?? '').split(/[\s,]+/).filter((word) => word !== '');
}

export function parseRun(text: string | null): RunMode {
  return runModes.find((mode) => mode === text) ?? 'edit';
}

export function parseTheme(text: string | null): Theme {
  return themes.find((theme) => theme === text) ?? 'auto';
}

/** A CSS height; undefined for "auto". A bare number counts as pixels. */
export function parseHeight(text: string | null): string | undefined {
  const height = text?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(height)) return `${height}px`;
  return /^\d+(\.\d+)?(px|em|rem|vh|dvh|svh|%)$/.test(height) ? height : undefined;
}

/** The program inside the tag: the text of its <pre>, without the indentation of the HTML. */
export function inlineCode(host: Element): string | undefined {
  const text = host.querySelector('pre')?.textContent;
  return text == null ? undefined : withoutIndentation(text);
}

export function withoutIndentation(text: string): string {
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return `${lines.map((line) => line.slice(indent).trimEnd()).join('\n')}\n`;
}
