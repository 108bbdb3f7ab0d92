// session().run(): what a result says of a program, its errors with their places, streams, limits.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { en, zh } from '../catalogue.mjs';
import { engines, run, variants } from './module.mjs';

const article = {
  create: `import torch
from torch.autograd import Variable
x = torch.Tensor([1, 2, 3])
x_var = Variable(x, requires_grad=True)
`,
  directly: `import torch
from torch.autograd import Variable
x_var = Variable(torch.Tensor([1, 2, 3]), requires_grad=True)
`,
  backward: `import torch
from torch.autograd import Variable
x = Variable(torch.Tensor([2]), requires_grad=True)
y = x ** 2
y.backward()
print(x.grad)
`,
  volatile: `import torch
from torch.autograd import Variable
x = Variable(torch.Tensor([2]), requires_grad=True)
y = Variable(torch.Tensor([3]), volatile=True)
z = x * y
z.backward()
print(x.grad)
`,
};

const variable = (result, name) => result.variables.find((one) => one.name === name);

for (const engine of engines) {
  describe(`the article's programs, ${engine.variant}`, () => {
    test('a Variable from a tensor', () => {
      const result = run(article.create, {}, engine);
      assert.equal(result.error, undefined);
      assert.equal(result.stdout, '');
      const x = variable(result, 'x_var');
      assert.equal(x.type, 'Tensor');
      assert.equal(x.text, 'tensor([1., 2., 3.], requires_grad=True)');
      assert.deepEqual(x.tensor.shape, [3]);
      assert.deepEqual(x.tensor.values, [1, 2, 3]);
      assert.equal(x.requiresGrad, true);
      assert.equal(variable(result, 'x').requiresGrad, false);
    });

    test('a Variable made directly', () => {
      const result = run(article.directly, {}, engine);
      assert.equal(variable(result, 'x_var').text, 'tensor([1., 2., 3.], requires_grad=True)');
    });

    test('backward', () => {
      const result = run(article.backward, {}, engine);
      assert.equal(result.stdout, 'tensor([4.])\n');
      assert.deepEqual(variable(result, 'x').grad.values, [4]);
    });

    test('volatile: the gradient is 3, and one warning tells the modern way', () => {
      const result = run(article.volatile, {}, engine);
      assert.equal(result.stdout, 'tensor([3.])\n');
      assert.equal(result.stderr.match(/Warning/g).length, 1);
      assert.match(result.stderr, /torch\.no_grad\(\)/);
    });
  });
}

describe('the graph', () => {
  const result = run(article.backward);
  const node = (kind) => result.graph.nodes.filter((one) => one.kind === kind);

  test('has the leaf and the operation, with names, values, gradients and places', () => {
    const [leaf] = node('leaf');
    assert.deepEqual(leaf.names, ['x']);
    assert.deepEqual(leaf.value.values, [2]);
    assert.deepEqual(leaf.grad.values, [4]);
    const [op] = node('op');
    assert.equal(op.op, 'pow');
    assert.equal(op.gradFn, 'PowBackward0');
    assert.deepEqual(op.names, ['y']);
    assert.deepEqual(op.value.values, [4]);
    assert.deepEqual(op.span, { line: 4, column: 4, endLine: 4, endColumn: 10 });
    assert.equal(result.graph.omitted, 0);
  });

  test('has an edge from input to operation', () => {
    const [leaf] = node('leaf');
    const [op] = node('op');
    assert.ok(
      result.graph.edges.some(
        ({ from, to, slot }) => from === leaf.id && to === op.id && slot === 0,
      ),
    );
  });

  test('comes with the steps of backward', () => {
    const [op] = node('op');
    const step = result.backwards[0].steps.find((one) => one.node === op.id);
    assert.deepEqual(step.gradIn.values, [1]);
    assert.deepEqual(step.gradsOut[0].grad.values, [4]);
  });

  test('is not described where nobody wants it', () => {
    const plain = run(article.backward, { inspect: false });
    assert.equal(plain.stdout, 'tensor([4.])\n');
    assert.deepEqual(plain.graph.nodes, []);
    assert.deepEqual(plain.variables, []);
  });

  test('leaves nodes out beyond its limit, and says how many', () => {
    const { graph, error } = run(`import torch
x = torch.tensor(1.0, requires_grad=True)
y = x
for i in range(5000):
    y = y + x
y.backward()
`);
    assert.equal(error, undefined);
    assert.ok(graph.nodes.length <= 400);
    assert.ok(graph.nodes.length + graph.omitted > 5000);
  });
});

describe('errors', () => {
  test("PyTorch's message at its line", () => {
    const { error, variables } = run(`import torch
x = torch.tensor([1., 2., 3.], requires_grad=True)
y = x ** 2
y.backward()
`);
    assert.equal(error.type, 'RuntimeError');
    assert.equal(error.message, 'grad can be implicitly created only for scalar outputs');
    assert.equal(error.span.line, 4);
    assert.match(error.traceback, /^Traceback \(most recent call last\):\n/);
    assert.match(error.traceback, /RuntimeError: grad can be implicitly created/);
    assert.equal(variables.find((one) => one.name === 'y').type, 'Tensor');
  });

  test('the file has the name it was given', () => {
    const { error } = run('1/0\n', { filename: 'lesson.py' });
    assert.equal(error.type, 'ZeroDivisionError');
    assert.match(error.traceback, /File "lesson\.py", line 1/);
  });

  test('columns count UTF-16 units', () => {
    const { error } = run('s = "é漢😀"; nonsense\n');
    assert.equal(error.type, 'NameError');
    // s = "é漢😀"; is 12 units long, as JavaScript counts.
    assert.equal('s = "é漢😀"; '.length, 12);
    assert.deepEqual(error.span, { line: 1, column: 12, endLine: 1, endColumn: 20 });
  });

  test('a suggestion for a misspelt name', () => {
    const { error } = run('import torch\ntorch.tnesor([1])\n');
    assert.equal(error.type, 'AttributeError');
    assert.match(error.message, /Did you mean: 'tensor'/);
  });

  // As the page's catalogues have them.
  const hints = {
    did_you_mean: ['import tonch\n', 'torch'],
    no_module: ['import asdfghjkl\n', ''],
    no_package: ['import numpy as np\n', 'numpy'],
    cpu_only: ['import torch\ntorch.ones(1).cuda()\n', ''],
    no_numpy: ['import torch\ntorch.ones(1).numpy()\n', ''],
    no_async: ['async def f(): pass\n', ''],
    no_match: ['match 1:\n    case 1: pass\n', ''],
    no_groups: ['try: pass\nexcept* ValueError: pass\n', ''],
    no_character_names: ['x = "\\N{BULLET}"\n', ''],
    nested_too_deep: [`x = ${'-'.repeat(5000)}1\n`, ''],
    backslash_in_fstring: ['f"{1 \\ 2}"\n', ''],
  };
  const keyOf = (id) => `hint_${id}`.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  for (const [id, [source, name]] of Object.entries(hints)) {
    test(`the hint ${id}, in the words of the catalogue`, () => {
      const { hint } = run(source).error;
      assert.deepEqual(hint, { id, name, text: en[keyOf(id)].replace('{name}', name) });
      assert.ok(zh[keyOf(id)].includes('{name}') === (name !== ''));
    });
  }

  test('every hint of the catalogue is one of these', () => {
    const known = Object.keys(en).filter((key) => /^hint[A-Z]/.test(key));
    assert.deepEqual(known.sort(), Object.keys(hints).map(keyOf).sort());
  });

  for (const [what, source, type] of [
    ['broken syntax', 'def f(:\n', 'SyntaxError'],
    ['broken indentation', 'if 1:\nx = 1\n', 'IndentationError'],
    ['an open bracket', 'x = (1,\n', 'SyntaxError'],
    ['an unknown module', 'import tensorflow\n', 'ModuleNotFoundError'],
    [
      'shapes that do not match',
      'import torch\ntorch.ones(2, 3) @ torch.ones(2, 3)\n',
      'RuntimeError',
    ],
    ['NUL in the source', 'x = 1\u0000\n', 'SyntaxError'],
  ]) {
    test(what, () => {
      const { error } = run(source);
      assert.equal(error.type, type);
      assert.ok(error.span === undefined || error.span.line >= 1);
    });
  }

  test('a lone surrogate in the source does no harm', () => {
    const { error } = run('print("\ud800")\n');
    assert.equal(error, undefined);
  });

  test('sys.exit', () => {
    const result = run('import sys\nprint(1)\nsys.exit(3)\n');
    assert.equal(result.exitStatus, 3);
    assert.equal(result.error, undefined);
    assert.equal(result.stdout, '1\n');
  });
});

describe('streams', () => {
  test('text arrives while the program runs, and is in the result', () => {
    const seen = [];
    const source = 'import sys\nprint("a")\nprint("b", file=sys.stderr)\nprint("é😀")\n';
    const result = run(source, {
      onStdout: (text) => seen.push(`out:${text}`),
      onStderr: (text) => seen.push(`err:${text}`),
    });
    assert.equal(result.stdout, 'a\né😀\n');
    assert.equal(result.stderr, 'b\n');
    assert.equal(seen.join('').replaceAll(/(out|err):(?=\n)/g, ''), 'out:a\nerr:b\nout:é😀\n');
  });

  test("a listener's exception ends the program, and is thrown then", () => {
    const engine = engines[0];
    const session = engine.session();
    const problem = new Error('listener');
    let calls = 0;
    const onStdout = () => {
      calls += 1;
      throw problem;
    };
    assert.throws(() => session.run('print(1)\nprint(2)\n', { onStdout }), problem);
    assert.equal(calls, 1);
    assert.equal(session.run('print(3)\n').stdout, '3\n');
    session.dispose();
  });
});

describe('sessions', () => {
  test('go on with the globals of the run before', () => {
    const session = engines[0].session();
    session.run('import torch\nx = torch.ones(2)\n');
    assert.equal(session.run('print(x + 1)\n').stdout, 'tensor([2., 2.])\n');
    session.dispose();
    assert.throws(() => session.run('1'), /disposed/);
  });

  test('begin afresh where told so', () => {
    const session = engines[0].session({ keepGlobals: false });
    session.run('x = 1\n');
    assert.equal(session.run('x\n').error.type, 'NameError');
    session.dispose();
  });

  test('know nothing of each other', () => {
    const [a, b] = [engines[0].session(), engines[0].session()];
    a.run('x = 1\n');
    assert.equal(b.run('x\n').error.type, 'NameError');
    a.dispose();
    b.dispose();
  });

  test('leave gradients on, whatever a program did', () => {
    run('import torch\ntorch.set_grad_enabled(False)\n');
    const { stdout } = run('import torch\nprint(torch.is_grad_enabled())\n');
    assert.equal(stdout, 'True\n');
  });
});

describe('limits', () => {
  for (const engine of engines) {
    test(`endless loop, ${engine.variant}`, () => {
      const { error, stdout } = run('print("on")\nwhile True: pass\n', { maxSeconds: 0.3 }, engine);
      assert.equal(stdout, 'on\n');
      assert.equal(error.type, 'TimeoutError');
      assert.equal(error.span.line, 2);
    });

    test(`a loop that catches everything, ${engine.variant}`, () => {
      const source =
        'while True:\n    try:\n        while True: pass\n    except BaseException: pass\n';
      assert.equal(run(source, { maxSeconds: 0.3 }, engine).error.type, 'TimeoutError');
    });
  }

  test("10 GB are refused in PyTorch's words", () => {
    const { error } = run('import torch\ntorch.zeros(2500000000)\n');
    assert.equal(error.type, 'RuntimeError');
    assert.match(
      error.message,
      /DefaultCPUAllocator: can't allocate memory: you tried to allocate 10000000000 bytes\. Error code 12 \(Cannot allocate memory\)$/,
    );
  });

  test('maxBytes', () => {
    const source = 'import torch\nx = torch.zeros(1000)\ny = torch.zeros(1000000)\n';
    const { error } = run(source, { maxBytes: 1_000_000 });
    assert.match(error.message, /you tried to allocate 4000000 bytes/);
    assert.equal(run(source).error, undefined);
  });

  test('a program that fills the memory is told so, and the next one runs', () => {
    const { error } = run('x = []\nwhile True: x.append("a" * 1000000 + str(len(x)))\n', {
      maxBytes: 200_000_000,
      maxSeconds: 60,
    });
    assert.equal(error.type, 'MemoryError');
    assert.equal(run('print(1)\n').stdout, '1\n');
  });
});

describe('recursion without end is a RecursionError', () => {
  const programs = {
    'a function': 'def f(n): return f(n + 1)\nf(0)\n',
    'two functions': 'def f(): g()\ndef g(): f()\nf()\n',
    'a method': 'class A:\n    def m(self): return self.m()\nA().m()\n',
    __getattr__: 'class A:\n    def __getattr__(self, n): return self.x + 1\nA().x\n',
    __repr__: 'class A:\n    def __repr__(self): return repr(self)\nrepr(A())\n',
    __add__: 'class A:\n    def __add__(self, o): return self + o\nA() + A()\n',
    __eq__: 'class A:\n    def __eq__(self, o): return self == o\nA() == A()\n',
    __call__: 'class A:\n    def __call__(self): return self()\nA()()\n',
    __init__: 'class A:\n    def __init__(self): A()\nA()\n',
    __getitem__: 'class A:\n    def __getitem__(self, i): return self[i]\nA()[0]\n',
    __iter__: 'class A:\n    def __iter__(self): return iter(list(self))\nlist(A())\n',
    __len__: 'class A:\n    def __len__(self): return len(self)\nlen(A())\n',
    __bool__: 'class A:\n    def __bool__(self): return bool(self)\nbool(A())\n',
    __hash__: 'class A:\n    def __hash__(self): return hash(self)\nhash(A())\n',
    'a key function': 'def k(x): return sorted([2, 1], key=k)\nk(1)\n',
    map: 'def f(x): return list(map(f, [x]))\nf(1)\n',
    'a generator': 'def g(): yield from g()\nlist(g())\n',
    'a comprehension': 'def f(x): return [f(i) for i in [x]]\nf(1)\n',
    'a property': 'class A:\n    @property\n    def p(self): return self.p\nA().p\n',
    'a decorator':
      'def d(f):\n    def w(*a, **k): return w(*a, **k)\n    return w\n@d\ndef f(): pass\nf()\n',
    'a with statement':
      'class A:\n    def __enter__(self):\n        with self: pass\n    def __exit__(self, *a): pass\nwith A(): pass\n',
    'super()':
      'class A:\n    def f(self): return B().f()\nclass B(A):\n    def f(self): return super().f()\nB().f()\n',
    'a lambda': 'f = lambda: f()\nf()\n',
    'a format': 'class A:\n    def __format__(self, s): return f"{self}"\nf"{A()}"\n',
    'nn.Module':
      'import torch\nclass M(torch.nn.Module):\n    def forward(self, x): return self(x)\nM()(torch.ones(1))\n',
    'a hook':
      'import torch\ndef f(g):\n    with torch.enable_grad():\n        x = torch.ones(1, requires_grad=True)\n        x.register_hook(f)\n        x.sum().backward()\nf(None)\n',
    'a Function': `import torch
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return F.apply(x)
    @staticmethod
    def backward(ctx, g): return g
F.apply(torch.ones(1, requires_grad=True))
`,
  };
  for (const engine of engines) {
    for (const [what, source] of Object.entries(programs)) {
      test(`${what}, ${engine.variant}`, () => {
        const { error } = run(source, { maxSeconds: 20 }, engine);
        assert.equal(error?.type, 'RecursionError');
        assert.match(error.message, /^maximum recursion depth exceeded/);
        assert.equal(run('print(1)\n', {}, engine).stdout, '1\n');
      });
    }
  }
});

describe('nesting of any depth is taken or refused, never a trap', () => {
  const deep = (open, close, count) => `x = ${open.repeat(count)}1${close.repeat(count)}\n`;
  for (const count of [50, 500, 5000, 100_000]) {
    const sources = {
      brackets: deep('(', ')', count),
      lists: deep('[', ']', count),
      signs: `x = ${'-'.repeat(count)}1\n`,
      not: `x = ${'not '.repeat(count)}1\n`,
      calls: `${'f('.repeat(count)}${')'.repeat(count)}\n`,
      attributes: `x = 1\nx${'.real'.repeat(count)}\n`,
      additions: `x = 1${' + 1'.repeat(count)}\n`,
      powers: `x = 1${' ** 1'.repeat(count)}\n`,
      comparisons: `x = 1${' < 1'.repeat(count)}\n`,
      conditions: `x = ${'1 if 1 else '.repeat(count)}1\n`,
      lambdas: `x = ${'lambda: '.repeat(count)}1\n`,
      elif: `if 0: pass\n${'elif 0: pass\n'.repeat(count)}`,
      subscripts: `x = [0]\nx${'[0]'.repeat(count)}\n`,
      'f-strings': `x = ${'f"{'.repeat(count)}1${'}"'.repeat(count)}\n`,
      blocks:
        Array.from({ length: Math.min(count, 2000) }, (_, i) => `${' '.repeat(i)}if 1:\n`).join(
          '',
        ) + `${' '.repeat(Math.min(count, 2000))}x = 1\n`,
      'a list in itself, again and again': `x = []\nfor i in range(${count}): x = [x]\nrepr(x)\n`,
      'a list compared': `x, y = [], []\nfor i in range(${count}): x, y = [x], [y]\nx == y\n`,
      'a tuple hashed': `x = ()\nfor i in range(${count}): x = (x,)\nhash(x)\n`,
      'a chain let go': `class A: pass\nx = None\nfor i in range(${count}):\n    a = A(); a.next = x; x = a\nx = None\na = None\n`,
      'closures let go': `f = None\ndef make(g): return lambda: g\nfor i in range(${count}): f = make(f)\nf = None\n`,
      'exceptions chained': `e = None\nfor i in range(${count}):\n    n = ValueError(); n.__cause__ = e; e = n\nraise e\n`,
      'a tensor from nested lists': `import torch\nx = 1\nfor i in range(${count}): x = [x]\ntorch.tensor(x)\n`,
      'a tensor of many dimensions': `import torch\nx = torch.ones(1)\nfor i in range(${Math.min(count, 500)}): x = x.unsqueeze(0)\nrepr(x)\n`,
    };
    for (const [what, source] of Object.entries(sources)) {
      test(`${what}, ${count}`, () => {
        const { error } = run(source);
        assert.ok(
          !error ||
            /^(RecursionError|SyntaxError|IndentationError|TypeError|ValueError|RuntimeError|AttributeError|NameError|MemoryError|IndexError)$/.test(
              error.type,
            ),
          error?.traceback.slice(-300),
        );
        assert.equal(run('print(1)\n').stdout, '1\n');
      });
    }
  }
});

test('there is a build with SIMD for every engine, and both were tested where they run', () => {
  assert.ok(variants.includes('simd'));
  assert.deepEqual(
    engines.map((engine) => engine.isa),
    variants.map((variant) => (variant === 'simd' ? 'wasm' : 'wasm_relaxed')),
  );
});
