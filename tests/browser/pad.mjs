// A page that holds a <grad-pad>, as a person uses it: what one does there, and what one sees.

/**
 * How long to wait for what must come, in milliseconds: a hundred times what an idle machine needs.
 * Nothing is waited for that must not come: the tests wait for something later instead.
 */
export const patience = 120_000;

export class Pad {
  /** What went wrong on the page: errors of scripts and of the console. */
  problems = [];
  /** The requests that are under way. */
  #requests = new Set();

  constructor(page, close) {
    this.page = page;
    this.close = close;
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
    page.on('request', (request) => this.#requests.add(request));
    page.on('requestfinished', (request) => this.#requests.delete(request));
    page.on('requestfailed', (request) => this.#requests.delete(request));
  }

  // Looking

  /** Runs `read(pad element, its shadow root, ...values)` in the page. */
  inPad(read, ...values) {
    return this.page.evaluate(
      new Function(
        '...values',
        `const pad = document.querySelector('grad-pad'); return (${read})(pad, pad.shadowRoot, ...values);`,
      ),
      ...values,
    );
  }

  /** Runs `read(shadow root of the graph, ...values)` in the page. */
  inGraph(read, ...values) {
    return this.page.evaluate(
      new Function(
        '...values',
        `const root = document.querySelector('grad-pad').shadowRoot.querySelector('gp-graph').shadowRoot;
         return (${read})(root, ...values);`,
      ),
      ...values,
    );
  }

  /** Waits until `test(pad, root, ...values)` is true in the page. */
  async until(test, ...values) {
    await this.page.waitForFunction(
      new Function(
        '...values',
        `const pad = document.querySelector('grad-pad');
         return pad?.shadowRoot && (${test})(pad, pad.shadowRoot, ...values);`,
      ),
      { polling: 20 },
      ...values,
    );
    return this;
  }

  /** The editor is there, whether or not anything has run. */
  opened() {
    return this.until((_, root) => root.querySelector('.cm-content'));
  }

  /** The editor is there, and the first result. */
  ready() {
    return this.until((pad, root) => root.querySelector('.cm-content') && pad.result !== undefined);
  }

  printed(stdout) {
    return this.until((pad, _, text) => pad.result?.stdout === text, stdout);
  }

  /** The bar says how the run stands: "result", "failed", "stopped", "busy", ... */
  status(kind) {
    return this.until((_, root, name) => root.querySelector(`.status.${name}`), kind);
  }

  /** The program has been running for long enough to be stopped. */
  running() {
    return this.until((_, root) => root.querySelector('.run.stop'));
  }

  /** Nothing is being fetched any more. */
  async quiet() {
    while (this.#requests.size > 0) {
      const [request] = this.#requests;
      await new Promise((done) => {
        const check = () => {
          if (this.#requests.has(request)) return;
          for (const name of ['requestfinished', 'requestfailed']) this.page.off(name, check);
          done();
        };
        for (const name of ['requestfinished', 'requestfailed']) this.page.on(name, check);
        check();
      });
    }
    return this;
  }

  /** The element's events so far; of one element where its id is given. */
  heard(id = '') {
    return this.page.evaluate(
      (asked) => window.heard.filter(([, one]) => one === asked).map(([name]) => name),
      id,
    );
  }

  /** The nodes of the drawn graph, as they read. */
  async graph() {
    await this.until(
      (pad, root) =>
        root.querySelector('gp-graph').shadowRoot.querySelectorAll('[data-node]').length ===
        pad.result.graph.nodes.length,
    );
    return this.inGraph((root) =>
      [...root.querySelectorAll('[data-node]')].map((node) => ({
        names: node.dataset.names,
        kind: ['leaf', 'op', 'constant'].find((kind) => node.classList.contains(kind)),
        title: node.querySelector('.title')?.textContent ?? '',
        op: node.querySelector('text.op')?.textContent ?? '',
        shape: node.querySelector('.shape')?.textContent ?? '',
        value: node.querySelector('text.value')?.textContent ?? '',
        grad: node.querySelector('text.grad')?.textContent ?? '',
        label: node.getAttribute('aria-label'),
      })),
    );
  }

  async node(name) {
    const nodes = await this.graph();
    const found = nodes.find(({ names }) => names.split(' ').includes(name));
    if (!found) throw new Error(`no node '${name}' among ${JSON.stringify(nodes)}`);
    return found;
  }

  result() {
    return this.inPad(({ result }) => result);
  }

  output() {
    return this.inPad(
      (_, root) => root.querySelector('gp-output').shadowRoot.querySelector('.scroll').textContent,
    );
  }

  /** The row of a variable in the table, on one line. */
  row(name) {
    return this.inPad(
      (_, root, variable) =>
        root
          .querySelector('gp-variables')
          .shadowRoot.querySelector(`[data-variable=${variable}]`)
          .textContent.replace(/\s+/g, ' '),
      name,
    );
  }

  code() {
    return this.inPad((pad) => pad.code);
  }

  /** What the button that runs the program says, which tells the language. */
  runText() {
    return this.inPad((_, root) => root.querySelector('.run').textContent.trim());
  }

  // Doing

  /** Keys held together: "Control+Enter". */
  async press(chord) {
    const keys = chord.split('+');
    const last = keys.pop();
    for (const key of keys) await this.page.keyboard.down(key);
    await this.page.keyboard.press(last);
    for (const key of keys.reverse()) await this.page.keyboard.up(key);
  }

  /** Clicks something inside the element; `where` may be further shadow roots. */
  click(selector, ...where) {
    return this.page.click(['grad-pad', ...where, selector].join(' >>> '));
  }

  hover(selector, ...where) {
    return this.page.hover(['grad-pad', ...where, selector].join(' >>> '));
  }

  edit() {
    return this.click('.cm-content');
  }

  stop() {
    return this.click('.run.stop');
  }

  chooseLanguage(language) {
    return this.page.click(`[data-language-choice=${language}]`);
  }

  chooseTheme(theme) {
    return this.page.click(`[data-theme-choice=${theme}]`);
  }

  openLesson(id) {
    return this.page.click(`[data-lesson="${id}"]`);
  }

  /** The button of the bar of steps: "next", "previous", "play", "all". */
  step(name) {
    return this.click(`[data-step=${name}]`, 'gp-graph');
  }

  /** Gives the program from outside, as a script of the page may. */
  setCode(code) {
    return this.inPad((pad, _, text) => {
      pad.code = text;
    }, code);
  }

  /**
   * Replaces the program by typing, key by key, as a person does; waits for its result. The editor
   * closes brackets and indents by itself: a program with brackets left open is not what was typed,
   * and says so with `exact: false`.
   */
  async type(code, { wait = true, exact = true } = {}) {
    await this.edit();
    await this.press('Control+KeyA');
    await this.press('Backspace');
    const lines = code.trimEnd().split('\n');
    for (const [index, line] of lines.entries()) {
      if (index > 0) {
        await this.press('Enter');
        if (line !== '') await this.press('Shift+Home'); // Over the editor's own indentation.
      }
      await this.page.keyboard.type(line);
    }
    if (exact) {
      const typed = (await this.code()).replace(/[ \t]+$/gm, '').trimEnd();
      if (typed !== code.trimEnd()) throw new Error(`typed ${code}, but there is ${typed}`);
    }
    if (wait) await this.ran();
  }

  /** Replaces the program at once, from the clipboard. */
  async paste(code) {
    await this.edit();
    await this.press('Control+KeyA');
    await this.inPad((_, root, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      root.querySelector('.cm-content').dispatchEvent(event);
    }, code);
  }

  /** The run after the last change has come back, not one for half the text. */
  ran() {
    return this.until(
      (pad, root) =>
        pad.ranCode === pad.code &&
        root.querySelector('.status').className ===
          `status ${pad.result.error ? 'failed' : 'result'}`,
    );
  }
}
