// What the element's attributes may say. Anything else counts as the default.

export const panels = ['code', 'output', 'graph', 'plot'] as const;
export type Panel = (typeof panels)[number];
export type RunMode = 'load' | 'edit' | 'click';
export type Theme = 'auto' | 'light' | 'dark';

export function parseView(text: string | null): ReadonlySet<Panel> {
  const named = (text ?? '').split(/[\s,]+/);
  const chosen = panels.filter((panel) => named.includes(panel));
  return new Set(chosen.length > 0 ? chosen : panels);
}

export function parseRun(text: string | null): RunMode {
  return text === 'load' || text === 'click' ? text : 'edit';
}

export function parseTheme(text: string | null): Theme {
  return text === 'light' || text === 'dark' ? text : 'auto';
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
  if (text == null) return undefined;
  const lines = text
    .replace(/^\s*\n/, '')
    .trimEnd()
    .split('\n');
  const indents = lines.flatMap((line) => (line.trim() === '' ? [] : [line.search(/\S/)]));
  const indent = indents.length > 0 ? Math.min(...indents) : 0;
  return `${lines.map((line) => line.slice(indent).trimEnd()).join('\n')}\n`;
}
