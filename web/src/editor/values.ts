// Values in the program itself: each variable's value and gradient at the end of the line that last
// assigned it, and all of it in a tooltip over its name.

import { StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  WidgetType,
} from '@codemirror/view';
import type { VariableInfo } from '../../../wasm/js/types.js';
import { dataText, shapeText, shortData, shortText } from '../format.js';
import { spanRange } from './spans.js';

export const showVariables = StateEffect.define<readonly VariableInfo[]>();

const lensRoom = 24;
const tooltipRoom = 1_500;

interface Shown {
  variables: ReadonlyMap<string, VariableInfo>;
  lenses: DecorationSet;
}

export const variableValues = StateField.define<Shown>({
  create: () => ({ variables: new Map(), lenses: Decoration.none }),
  update(shown, transaction) {
    let next = transaction.docChanged
      ? { ...shown, lenses: shown.lenses.map(transaction.changes) }
      : shown;
    for (const effect of transaction.effects) {
      if (!effect.is(showVariables)) continue;
      next = {
        variables: new Map(effect.value.map((variable) => [variable.name, variable])),
        lenses: makeLenses(effect.value, transaction.newDoc),
      };
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field, (shown) => shown.lenses),
});

class Lens extends WidgetType {
  constructor(
    /** One text, or one for each of the variables that a line assigns. */
    private readonly values: readonly string[],
    private readonly grad: string,
  ) {
    super();
  }

  override eq(other: Lens): boolean {
    return other.values.join('\n') === this.values.join('\n') && other.grad === this.grad;
  }

  override toDOM(): HTMLElement {
    const lens = element('span', 'gp-lens');
    lens.setAttribute('aria-hidden', 'true'); // The table of variables says the same.
    lens.append(...this.values.map((value) => element('span', 'gp-lens-value', value)));
    if (this.grad !== '') lens.append(element('span', 'gp-lens-grad', `∇ ${this.grad}`));
    return lens;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

function makeLenses(
  variables: readonly VariableInfo[],
  doc: Parameters<typeof spanRange>[0],
): DecorationSet {
  const lines = new Map<number, VariableInfo[]>();
  for (const variable of variables) {
    const { span } = variable;
    if (!span || span.endLine > doc.lines || !worthShowing(variable)) continue;
    const { from, to } = spanRange(doc, span);
    // A literal says its own value.
    if (doc.sliceString(from, to).trimEnd().endsWith(`= ${variable.text}`)) continue;
    const line = doc.lineAt(to);
    if (line.text.trimEnd().endsWith(`= ${variable.text}`)) continue;
    lines.set(line.to, [...(lines.get(line.to) ?? []), variable]);
  }
  const places = [...lines].sort(([a], [b]) => a - b);
  return Decoration.set(
    places.map(([offset, group]) => {
      const [first] = group;
      const alone = group.length === 1 && first;
      const values = alone
        ? [valueText(first, lensRoom)]
        : group.map((one) => `${one.name} = ${valueText(one, 14)}`);
      const grad = alone && first.grad ? shortData(first.grad, lensRoom) : '';
      return Decoration.widget({ widget: new Lens(values, grad), side: 1 }).range(offset);
    }),
  );
}

function worthShowing({ type, tensor }: VariableInfo): boolean {
  return tensor !== undefined || ['int', 'float', 'bool', 'list', 'tuple', 'str'].includes(type);
}

function valueText({ tensor, text }: VariableInfo, room: number): string {
  return tensor ? shortData(tensor, room) : shortText(text, room);
}

export const variableTooltip = hoverTooltip((view, position) => {
  const word = view.state.wordAt(position);
  if (!word) return null;
  const name = view.state.sliceDoc(word.from, word.to);
  // An attribute such as x.data is not the variable "data".
  if (view.state.sliceDoc(word.from - 1, word.from) === '.') return null;
  const variable = view.state.field(variableValues).variables.get(name);
  if (!variable) return null;
  return {
    pos: word.from,
    end: word.to,
    above: true,
    create: () => ({ dom: describe(variable) }),
  };
});

function describe(variable: VariableInfo): HTMLElement {
  const { tensor, grad } = variable;
  const dom = element('div', 'gp-hover');
  const kind = tensor
    ? `${tensor.dtype} ${tensor.shape.length > 0 ? shapeText(tensor.shape) : ''}`
    : variable.type;
  const head = element('div', 'gp-hover-head');
  head.append(element('strong', '', variable.name), element('span', '', kind));
  const value = tensor ? dataText(tensor.text) : variable.text;
  dom.append(head, element('pre', '', value.slice(0, tooltipRoom)));
  if (grad) dom.append(element('pre', 'gp-hover-grad', `∇ ${dataText(grad.text)}`));
  return dom;
}

function element(name: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  made.textContent = text;
  return made;
}
