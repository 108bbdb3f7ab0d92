// The element without its page: attributes, which panels stand where, the run, what is pointed at.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { load } from '../typescript.mjs';
import { node, result } from './results.mjs';

const attributes = await load('element/attributes.ts');
const { arrange, viewsOf } = await load('element/layout.ts');
const { panels } = await load('element/workbench.ts');
const { OutputLog } = await load('panels/output-log.ts');
const { statusKind, statusText } = await load('element/bar.ts');
const { PointingController } = await load('element/pointing.ts');
const { outputLimit } = await load('engine/protocol.ts');
const { themes } = await load('styles/theme.ts');
const { translator } = await load('i18n/index.ts');
const t = translator('en');

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

describe('attributes', () => {
  test('what is not known counts as the default', () => {
    const { parseRun, parseTheme } = attributes;
    assert.deepEqual(['load', 'edit', 'click', 'x', null].map(parseRun), [
      'load',
      'edit',
      'click',
      'edit',
      'edit',
    ]);
    assert.deepEqual(['auto', 'light', 'dark', 'DARK', null].map(parseTheme), [
      'auto',
      'light',
      'dark',
      'auto',
      'auto',
    ]);
  });

  test('a height is a length, a number counts as pixels', () => {
    const { parseHeight } = attributes;
    for (const [text, height] of [
      ['300', '300px'],
      [' 12.5 ', '12.5px'],
      ['50vh', '50vh'],
      ['100%', '100%'],
      ['auto', undefined],
      ['calc(1px)', undefined],
      ['-3px', undefined],
      ['1px;color:red', undefined],
      ['', undefined],
      [null, undefined],
    ])
      assert.equal(parseHeight(text), height, String(text));
  });

  test('view is words between commas or spaces', () => {
    assert.deepEqual(attributes.parseView(' code, graph  plot,'), ['code', 'graph', 'plot']);
    assert.deepEqual(attributes.parseView(null), []);
  });

  test('a program loses the indentation of the HTML and keeps its own', () => {
    const { withoutIndentation } = attributes;
    assert.equal(
      withoutIndentation('\n      if x:\n          y()   \n\n      z\n    '),
      'if x:\n    y()\n\nz\n',
    );
    assert.equal(withoutIndentation('x = 1'), 'x = 1\n');
    assert.equal(withoutIndentation('\n  \n'), '\n');
  });

  test('are those that the element watches', async () => {
    const engine = 'export const compile = () => {}, load = compile;';
    const { GradPad } = await load('element/pad.ts', { gradpad: engine });
    assert.deepEqual([...GradPad.observedAttributes].sort(), [...attributes.attributes].sort());
  });

  test('are those that the README names, with what they may say', () => {
    const told = /^Attributes: ([^]*?)\. Properties/m.exec(readme)[1];
    const named = [...told.matchAll(/`(\w+)(?:="([^"]*)")?`/g)];
    assert.deepEqual(named.map(([, name]) => name).sort(), [...attributes.attributes].sort());
    const says = Object.fromEntries(named.map(([, name, values]) => [name, values]));
    assert.equal(says.view, viewsOf(panels).join());
    assert.equal(says.run, attributes.runModes.join('|'));
    assert.equal(says.theme, themes.join('|'));
  });
});

describe('the panels', () => {
  const names = (sides) => sides.map(({ view, place }) => `${view}${place}`);
  const stand = (...words) => {
    const { code, first, second, two } = arrange(words, panels);
    return { code, first: names(first), second: names(second), two };
  };

  test('are in the order of their places, no two in one', () => {
    const places = panels.map(({ place }) => place);
    assert.deepEqual(
      places,
      [...new Set(places)].sort((a, b) => a - b),
    );
  });

  test('all stand there where nothing is asked for, or nothing that is known', () => {
    const all = {
      code: true,
      first: ['output10'],
      second: ['graph20', 'output30', 'plot40'],
      two: true,
    };
    assert.deepEqual(stand(), all);
    assert.deepEqual(stand('nonsense'), all);
  });

  for (const [words, code, first, second, two] of [
    ['code', true, [], [], false],
    ['code,output', true, ['output10', 'output30'], [], false],
    ['code,output,plot', true, ['output10', 'output30', 'plot40'], [], false],
    ['code,graph', true, [], ['graph20'], true],
    ['graph', false, [], ['graph20'], false],
    ['graph,plot', false, [], ['graph20', 'plot40'], false],
    ['output,graph', false, ['output10'], ['graph20', 'output30'], true],
    ['plot', false, ['plot40'], [], false],
    ['graph,nonsense', false, [], ['graph20'], false],
  ]) {
    test(`of view="${words}"`, () =>
      assert.deepEqual(stand(...words.split(',')), { code, first, second, two }));
  }

  test('before they are loaded the program has its place already', () => {
    for (const words of [[], ['code'], ['code', 'output'], ['code', 'graph'], ['graph']]) {
      const before = arrange(words);
      const after = arrange(words, panels);
      assert.deepEqual([before.code, before.two], [after.code, after.two], words.join());
      assert.deepEqual([before.first, before.second], [[], []]);
    }
  });

  test('a new one has its word, and a place among the others', () => {
    const shapes = { view: 'shapes', place: 25, draw: () => '' };
    const more = [...panels, shapes].sort((a, b) => a.place - b.place);
    assert.ok(viewsOf(more).includes('shapes'));
    assert.deepEqual(arrange(['shapes', 'plot'], more).first, [shapes, panels.at(-1)]);
    assert.deepEqual(names(arrange([], more).second), [
      'graph20',
      'shapes25',
      'output30',
      'plot40',
    ]);
  });
});

describe('the log of what a run prints', () => {
  test('puts neighbouring pieces of one stream together', () => {
    const log = new OutputLog();
    for (const [stream, text] of [
      ['stdout', 'a'],
      ['stdout', 'b'],
      ['stderr', '!'],
      ['stdout', 'c'],
    ])
      log.add(stream, text);
    const before = log.chunks;
    assert.deepEqual(
      before.map(({ stream, text }) => `${stream}:${text}`),
      ['stdout:ab', 'stderr:!', 'stdout:c'],
    );
    log.add('stdout', 'd');
    assert.equal(log.chunks.at(-1).text, 'cd');
    assert.equal(before.at(-1).text, 'c', 'what was shown is not changed');
  });

  test('is believed if all came, else the result is', () => {
    const log = new OutputLog();
    log.add('stderr', 'w');
    log.add('stdout', 'ab');
    assert.deepEqual(
      log.complete(result({ stdout: 'ab', stderr: 'w' })).map(({ text }) => text),
      ['w', 'ab'],
    );
    assert.deepEqual(
      log.complete(result({ stdout: 'abc', stderr: 'w' })).map(({ text }) => text),
      ['abc', 'w'],
    );
    assert.deepEqual(log.complete(result()), []);
  });

  test('beyond the limit keeps the order, though the result is longer', () => {
    const log = new OutputLog();
    log.add('stderr', 'w');
    log.add('stdout', 'x'.repeat(outputLimit));
    const [first] = log.complete(result({ stdout: 'x'.repeat(outputLimit - 1), stderr: 'w' }));
    assert.equal(first.stream, 'stderr');
  });
});

describe('the status', () => {
  const status = (run, ready = true) => [
    statusKind({ phase: 'idle', ...run }),
    statusText({ phase: 'idle', ...run }, ready, t),
  ];
  const failed = result({ error: { type: 'NameError', message: '', traceback: '' } });
  for (const [what, run, said] of [
    ['nothing ran', {}, ['', 'Not run yet']],
    ['a run is long', { phase: 'running' }, ['busy', 'Running…']],
    ['the engine loads', { phase: 'loading' }, ['busy', 'Loading…']],
    ['a result', { ending: 'result', result: result() }, ['result', 'Ran in 2 ms']],
    ['an error', { ending: 'result', result: failed }, ['failed', 'NameError']],
    ['stopped', { ending: 'stopped', result: failed }, ['stopped', 'Stopped']],
    ['a breakdown', { ending: 'crashed', result: failed }, ['crashed', 'Error']],
    ['no engine', { ending: 'unavailable' }, ['unavailable', 'Error']],
  ]) {
    test(`when ${what}`, () => assert.deepEqual(status(run), said));
  }
  test('before the editor is there', () => assert.equal(status({}, false)[1], 'Loading…'));
});

describe('pointing', () => {
  const span = (column, endColumn) => ({ line: 1, column, endLine: 1, endColumn });
  const nodes = [
    node(1, 'leaf', { span: span(0, 1) }),
    node(2, 'op', { span: span(0, 6) }),
    node(3, 'op', { span: span(0, 6) }),
    node(4, 'constant'),
  ];

  function pointing() {
    const marked = [];
    let updates = 0;
    const host = { addController() {}, requestUpdate: () => (updates += 1) };
    const controller = new PointingController(host, {
      nodes: () => nodes,
      covers: ({ column, endColumn }, offset) =>
        column <= offset && offset <= endColumn ? endColumn - column : undefined,
      highlight: (spans) => marked.push(spans),
    });
    const lit = () => [...controller.lit];
    return { controller, lit, marked, updates: () => updates };
  }

  test('at the program lights up what its smallest piece made', () => {
    const { controller, lit, updates } = pointing();
    controller.point(1);
    assert.deepEqual(lit(), [1]);
    controller.point(4);
    assert.deepEqual(lit(), [2, 3]);
    const before = updates();
    controller.point(5);
    assert.equal(updates(), before, 'nothing is drawn anew for the same nodes');
    controller.point(undefined);
    assert.deepEqual(lit(), []);
  });

  test('at a node marks its source; at a variable without a node its assignment', () => {
    const { controller, lit, marked } = pointing();
    controller.hover([2]);
    assert.deepEqual([lit(), marked.at(-1)], [[2], [span(0, 6)]]);
    controller.hover([], span(8, 9));
    assert.deepEqual(marked.at(-1), [span(8, 9)]);
  });

  test('elsewhere brings back the mark of what is selected', () => {
    const { controller, marked } = pointing();
    controller.select(1);
    controller.hover([2]);
    controller.hover([]);
    assert.deepEqual(marked.at(-1), [span(0, 1)]);
  });

  test('after a run of the same graph the selection stays, of another it goes', () => {
    const { controller, lit, marked } = pointing();
    controller.select(1);
    controller.point(4);
    controller.settle(false);
    assert.deepEqual([controller.selected, lit(), marked.at(-1)], [1, [], [span(0, 1)]]);
    controller.settle(true);
    assert.deepEqual([controller.selected, marked.at(-1)], [undefined, []]);
  });
});
