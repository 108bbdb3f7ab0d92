// What has arrived where after each step of a backward pass, and what the boxes of the graph say.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from '../typescript.mjs';
import { graph, node, preview } from './results.mjs';

const { Timeline } = await load('graph/timeline.ts');
const { columns, makeBox } = await load('graph/boxes.ts');
const { contentOf, indexOf, outlineOf } = await load('graph/scene.ts');
const { StepPlayer } = await load('graph/player.ts');
const { describeNode } = await load('graph/draw.ts');
const { translator } = await load('i18n/index.ts');
const { gradText, nodeName } = await load('graph/names.ts');
const t = translator('en');
const whole = (grad) => ({ grad, partial: false, parts: [] });

const [seed, two, five, seven] = [1, 2, 5, 7].map((value) => preview([value]));

/** y = a(x) + b(x): the leaf x gets two contributions. */
const forked = () => {
  const made = graph(
    ['leaf', 'op', 'op', 'op'],
    [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ],
  );
  made.nodes[0].grad = seven;
  const steps = [
    { node: 3, gradIn: seed, gradsOut: [1, 2].map((to) => ({ node: to, grad: seed })) },
    { node: 2, gradIn: seed, gradsOut: [{ node: 0, grad: two }] },
    { node: 1, gradIn: seed, gradsOut: [{ node: 0, grad: five }] },
    { node: 0, gradIn: seven, gradsOut: [] },
  ];
  return { made, timeline: new Timeline(made, steps) };
};

describe('the timeline', () => {
  test('shows the end of the run where no step is asked for', () => {
    const { made, timeline } = forked();
    assert.deepEqual(timeline.gradAt(made.nodes[0], undefined), whole(seven));
    assert.deepEqual(timeline.gradAt(made.nodes[3], undefined), whole(seed));
  });

  test('shows a sum grow: nothing, a part, the whole', () => {
    const { made, timeline } = forked();
    const [x] = made.nodes;
    assert.equal(timeline.gradAt(x, 0), undefined);
    assert.deepEqual(timeline.gradAt(x, 1), { grad: two, partial: true, parts: [two] });
    const sum = { grad: seven, partial: false, parts: [two, five] };
    assert.deepEqual(timeline.gradAt(x, 2), sum);
    assert.deepEqual(timeline.sumOf(x), sum);
    assert.equal(timeline.sumOf(made.nodes[1]), undefined);
    assert.deepEqual(timeline.gradAt(x, 3), whole(seven));
    assert.equal(gradText(timeline.gradAt(x, 1), 20), '[2.] + …');
    assert.equal(gradText(sum, 20), '[2.] + [5.] = [7.]');
    assert.equal(
      gradText({ ...sum, parts: [two, two, two, five] }, 20),
      '… + [2.] + [2.] + [5.] = [7.]',
    );
  });

  test('a leaf that has a gradient from before shows it until its own step', () => {
    const made = graph(['leaf', 'op'], [[0, 1]]);
    made.nodes[0].grad = preview([99]);
    const steps = [
      { node: 1, gradIn: seed, gradsOut: [{ node: 0, grad: two }] },
      { node: 0, gradIn: two, gradsOut: [], before: five, after: seven },
    ];
    const [x] = made.nodes;
    const timeline = new Timeline(made, steps);
    assert.deepEqual(timeline.gradAt(x, 1), whole(seven));
    assert.deepEqual(timeline.gradAt(x, undefined), whole(preview([99])));
    assert.deepEqual(new Timeline(made, steps, false).gradAt(x, undefined), whole(seven));
    assert.deepEqual(
      new Timeline(made, [{ node: 1, gradIn: seed, gradsOut: [] }, steps[1]]).gradAt(x, 0),
      whole(five),
    );
  });

  test('gives each edge the gradient that came along it', () => {
    const { timeline } = forked();
    assert.deepEqual(
      [0, 1, 2, 3].map((edge) => timeline.edgeArrival(edge)),
      [
        { step: 2, grad: five },
        { step: 1, grad: two },
        { step: 0, grad: seed },
        { step: 0, grad: seed },
      ],
    );
  });

  test('x * x: hand-outs are matched with the edges in order; one sum flows along both', () => {
    const square = graph(
      ['leaf', 'op'],
      [
        [0, 1],
        [0, 1],
      ],
    );
    const apart = new Timeline(square, [
      { node: 1, gradIn: seed, gradsOut: [two, five].map((grad) => ({ node: 0, grad })) },
    ]);
    assert.deepEqual([apart.edgeArrival(0).grad, apart.edgeArrival(1).grad], [two, five]);
    const summed = new Timeline(square, [
      { node: 1, gradIn: seed, gradsOut: [{ node: 0, grad: seven }] },
    ]);
    assert.deepEqual([summed.edgeArrival(0).grad, summed.edgeArrival(1).grad], [seven, seven]);
  });

  test('an edge to a constant, or of a graph without backward, carries nothing', () => {
    const made = graph(['constant', 'op'], [[0, 1]]);
    assert.equal(new Timeline(made, []).edgeArrival(0), undefined);
    const ran = new Timeline(made, [{ node: 1, gradIn: seed, gradsOut: [] }]);
    assert.equal(ran.edgeArrival(0), undefined);
    assert.equal(ran.gradAt(made.nodes[0], undefined), undefined);
  });

  test('two backward passes: the last one is what an edge shows', () => {
    const made = graph(['leaf', 'op'], [[0, 1]]);
    const pass = (grad) => ({ node: 1, gradIn: seed, gradsOut: [{ node: 0, grad }] });
    const timeline = new Timeline(made, [pass(two), pass(five)]);
    assert.deepEqual(timeline.edgeArrival(0), { step: 1, grad: five });
  });
});

describe('a box', () => {
  const timeline = (one) => new Timeline({ nodes: [one], edges: [], omitted: 0 }, []);
  const box = (one) => makeBox(one, timeline(one), t);

  test('is headed by the name, else the operation, else the value', () => {
    const named = box(node(1, 'op', { op: 'mul', names: ['y', 'z'], value: preview([6]) }));
    assert.deepEqual([named.title, named.op], ['y, z', 'mul']);
    assert.deepEqual([box(node(1, 'op', { op: 'mul' })).title, box(node(1, 'op')).op], ['mul', '']);
    const constant = box(
      node(1, 'constant', { value: { ...preview([3], []), text: 'tensor(3.)' } }),
    );
    assert.deepEqual([constant.title, constant.value, constant.hasGrad], ['3.', '', false]);
  });

  test('has room for what it says, and a strip from five elements on', () => {
    const small = box(node(1, 'leaf', { names: ['x'], value: preview([1]) }));
    const long = box(node(1, 'leaf', { names: ['x'.repeat(40)], value: preview([1]) }));
    assert.ok(long.width > small.width);
    assert.deepEqual(
      [small.strip, box(node(1, 'leaf', { value: preview([1, 2, 3, 4, 5]) })).strip],
      [false, true],
    );
  });

  test('says what it was and what it is now, and what it was called', () => {
    const x = node(1, 'leaf', { formerName: 'w', value: preview([1]), now: preview([-2]) });
    const made = box(x);
    assert.deepEqual([made.title, made.value, made.now], ['w (before)', '[1.]', '[-2.]']);
    assert.ok(made.height > box(node(1, 'leaf', { value: preview([1]) })).height);
    assert.match(describeNode(made, undefined, t), /value \[1\.\], now \[-2\.\]/);
    assert.equal(nodeName(node(2, 'op', { op: 'mul' }), t), 'mul');
  });

  test('counts Chinese characters as wide ones', () => {
    assert.equal(columns('abc'), 3);
    assert.ok(columns('计算图') > 4.5);
  });

  test('reads out as name, kind, shape, value and gradient', () => {
    const x = node(1, 'leaf', { names: ['x'], value: preview([2]) });
    assert.equal(
      describeNode(box(x), whole(preview([7])), t),
      'x, leaf, shape [1], value [2.], gradient [7.]',
    );
    assert.match(describeNode(box(x), undefined, t), /no gradient$/);
  });
});

describe('a scene', () => {
  test('leaves out edges to nodes that were left out', () => {
    const made = graph(
      ['leaf', 'op'],
      [
        [0, 1],
        [0, 7],
      ],
    );
    const content = contentOf(made, [], 0, t);
    assert.deepEqual(content.edges, [{ from: 0, to: 1, index: 0 }]);
    assert.equal(outlineOf(content).sizes.length, 2);
    assert.equal(indexOf(content, 1), 1);
    assert.equal(indexOf(content, 7), undefined);
    assert.equal(indexOf(undefined, 1), undefined);
  });

  test('of the last pass shows what the run left; of an earlier one, what it began from', () => {
    const made = graph(
      ['leaf', 'op', 'op'],
      [
        [0, 1],
        [0, 2],
      ],
    );
    made.nodes[1].earlier = true;
    const pass = (root) => ({ roots: [root], steps: [], taken: 2 });
    const shown = (chosen) =>
      contentOf(made, [pass(1), pass(2)], chosen, t).boxes.map((box) => box.node.id);
    assert.deepEqual(shown(1), [0, 2]);
    assert.deepEqual(shown(0), [0, 1]);
  });
});

describe('the step player', () => {
  const player = (total) => {
    const shown = [];
    const host = { addController() {}, requestUpdate() {} };
    const made = new StepPlayer(host, (step) => shown.push(step));
    made.reset(total);
    return { made, shown };
  };

  test('keeps within the steps there are', () => {
    const { made, shown } = player(3);
    for (const step of [0, 2, 5, -1, undefined]) made.goTo(step);
    assert.deepEqual(shown, [0, 2, 2, 0, undefined]);
  });

  test('plays from the start, from the end again, and stops at the end', (context) => {
    const running = new Map();
    context.mock.method(globalThis, 'setInterval', (call) => {
      running.set(call, call);
      return call;
    });
    context.mock.method(globalThis, 'clearInterval', (call) => running.delete(call));
    const wait = (turns) => {
      for (let turn = 0; turn < turns; turn++) for (const call of [...running.values()]) call();
    };
    const { made, shown } = player(3);
    made.play();
    wait(5);
    assert.deepEqual([shown, made.playing, running.size], [[0, 1, 2], false, 0]);
    made.play();
    assert.equal(made.step, 0);
    made.pause();
    wait(5);
    assert.equal(made.step, 0);
  });

  test('shows the end of another pass, and no longer plays', () => {
    const { made } = player(3);
    made.play();
    made.reset(9);
    assert.deepEqual([made.step, made.playing], [undefined, false]);
  });
});
