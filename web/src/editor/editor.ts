// The program editor: CodeMirror with Python, wired to a run's result. It draws what it is told and
// reports what the person does; it knows neither the engine nor the graph.

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { RunError, Span, VariableInfo } from '../../../wasm/js/types.js';
import { editorPhrases, type Translate } from '../i18n/index.js';
import { diagnosticsOf } from './errors.js';
import { highlightSpans, spanHighlighter, spanRange } from './spans.js';
import { editorTheme } from './theme.js';
import { typingOverSelection } from './typing.js';
import { showVariables, variableTooltip, variableValues } from './values.js';

export interface EditorOptions {
  parent: HTMLElement;
  root: ShadowRoot;
  code: string;
  readonly: boolean;
  t: Translate;
  /** The page's Content-Security-Policy nonce, for browsers without constructed style sheets. */
  nonce: string;
  onChange: () => void;
  onRun: () => void;
  /** The offset that the pointer, or else the cursor, is at. */
  onPoint: (offset: number | undefined, by: 'pointer' | 'cursor') => void;
}

export class Editor {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  readonly #access = new Compartment();
  /** While set, a change comes from the outside and is not reported. */
  #quiet = false;
  #t: Translate;
  #readonly: boolean;

  constructor(private readonly options: EditorOptions) {
    this.#t = options.t;
    this.#readonly = options.readonly;
    this.#view = new EditorView({
      parent: options.parent,
      root: options.root,
      state: EditorState.create({ doc: options.code, extensions: this.#extensions() }),
    });
  }

  get code(): string {
    return this.#view.state.doc.toString();
  }

  /** Replaces the text as one undoable change; not reported as the person's edit. */
  setCode(code: string): void {
    if (code === this.code) return;
    this.#quiet = true;
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: code },
      effects: [showVariables.of([]), highlightSpans.of([])],
    });
    this.#quiet = false;
    this.setError(undefined);
  }

  setReadonly(readonly: boolean): void {
    if (readonly === this.#readonly) return;
    this.#readonly = readonly;
    this.#configure();
  }

  setLanguage(t: Translate): void {
    if (t === this.#t) return;
    this.#t = t;
    this.#configure();
  }

  setVariables(variables: readonly VariableInfo[]): void {
    this.#view.dispatch({ effects: showVariables.of(variables) });
  }

  /** Marks the error's place, in the text and in the margin. */
  setError(error: RunError | undefined): void {
    const diagnostics = diagnosticsOf(error, this.#view.state.doc, this.#t);
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  highlight(spans: readonly Span[]): void {
    const { doc } = this.#view.state;
    const ranges = spans.map((span) => spanRange(doc, span));
    this.#view.dispatch({ effects: highlightSpans.of(ranges) });
  }

  /** Whether an offset lies in a span, and how long the span is. */
  covers(span: Span, offset: number): number | undefined {
    const { from, to } = spanRange(this.#view.state.doc, span);
    return from <= offset && offset <= to && from < to ? to - from : undefined;
  }

  goToLine(line: number): void {
    const { doc } = this.#view.state;
    const found = doc.line(Math.max(1, Math.min(doc.lines, line)));
    this.#view.dispatch({
      selection: { anchor: found.from, head: found.to },
      effects: EditorView.scrollIntoView(found.from, { y: 'nearest' }),
    });
    this.#view.focus();
  }

  focus(): void {
    this.#view.focus();
  }

  /** Measures anew after the element was moved or shown. */
  refresh(): void {
    this.#view.requestMeasure();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #configure(): void {
    this.#view.dispatch({
      effects: [
        this.#language.reconfigure(this.#languageExtension()),
        this.#access.reconfigure(this.#accessExtension()),
      ],
    });
  }

  #languageExtension(): Extension {
    return EditorState.phrases.of(editorPhrases(this.#t));
  }

  #accessExtension(): Extension {
    return [
      EditorState.readOnly.of(this.#readonly),
      EditorView.contentAttributes.of({
        'aria-label': this.#t(this.#readonly ? 'editorReadonly' : 'editorLabel'),
        // Phones would otherwise "correct" the program.
        autocapitalize: 'off',
        autocorrect: 'off',
        spellcheck: 'false',
      }),
    ];
  }

  #extensions(): Extension {
    const { onChange, onPoint, onRun, nonce } = this.options;
    let pointer: number | undefined;
    const point = (offset: number | undefined) => {
      if (offset === pointer) return;
      pointer = offset;
      onPoint(offset, 'pointer');
    };
    return [
      keymap.of([
        { key: 'Mod-Enter', run: () => (onRun(), true), preventDefault: true },
        ...closeBracketsKeymap,
        ...defaultKeymap,
        ...historyKeymap,
        ...lintKeymap,
        // Escape, then Tab, leaves the editor, as CodeMirror's accessibility notes advise.
        indentWithTab,
      ]),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      indentOnInput(),
      indentUnit.of('    '),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      python(),
      editorTheme,
      spanHighlighter,
      variableValues,
      variableTooltip,
      nonce === '' ? [] : EditorView.cspNonce.of(nonce),
      this.#language.of(this.#languageExtension()),
      this.#access.of(this.#accessExtension()),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#quiet) onChange();
        if (update.selectionSet && update.view.hasFocus) {
          onPoint(update.state.selection.main.head, 'cursor');
        }
      }),
      typingOverSelection,
      EditorView.domEventHandlers({
        mousemove(event, view) {
          point(view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? undefined);
        },
        mouseleave() {
          point(undefined);
        },
        blur() {
          onPoint(undefined, 'cursor');
        },
      }),
    ];
  }
}
