// Where the graph's nodes and edges lie, and where an arrow key leads among them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from '../typescript.mjs';

const { computeLayout } = await load('graph/layout.ts');
const { affordableEdges, chooseDirection, ranksOf } = await load('graph/ranks.ts');
const { neighbour } = await load('graph/navigate.ts');
const { arrowhead, curve, midpoint, shifted } = await load('graph/geometry.ts');
const { Viewport } = await load('graph/viewport.ts');

const sizes = (count) => Array.from({ length: count }, () => ({ width: 100, height: 60 }));
const edges = (...pairs) => pairs.map(([from, to]) => ({ from, to }));
const diamond = { sizes: sizes(4), edges: edges([0, 1], [0, 2], [1, 3], [2, 3]) };
const chain = (count) => ({
  sizes: sizes(count),
  edges: edges(...Array.from({ length: count - 1 }, (_, place) => [place, place + 1])),
});

describe('ranks', () => {
  test('are the longest way to a node', () => {
    assert.deepEqual(ranksOf(diamond), [0, 1, 1, 2]);
    assert.deepEqual(ranksOf({ sizes: sizes(3), edges: edges([0, 1], [1, 2], [0, 2]) }), [0, 1, 2]);
  });

  test('an input stands just before its first use', () => {
    const late = { sizes: sizes(4), edges: edges([0, 1], [1, 2], [3, 2]) };
    assert.deepEqual(ranksOf(late), [0, 1, 2, 1]);
  });

  test('of 20,000 nodes in a row do not overflow the stack', () => {
    assert.equal(ranksOf(chain(20_000)).at(-1), 19_999);
  });

  test('of no node at all', () => assert.deepEqual(ranksOf({ sizes: [], edges: [] }), []));

  test('the longest edges are left out first, beyond the budget', () => {
    const input = { sizes: sizes(4), edges: edges([0, 3], [0, 1], [1, 2], [2, 3]) };
    assert.deepEqual([...affordableEdges(input, 6)].sort(), [0, 1, 2, 3]);
    assert.deepEqual([...affordableEdges(input, 5)].sort(), [1, 2, 3]);
    assert.deepEqual([...affordableEdges(input, 0)], []);
  });
});

describe('the direction', () => {
  const wide = { width: 900, height: 300 };
  const narrow = { width: 340, height: 700 };

  test('of a chain follows the panel', () => {
    assert.equal(chooseDirection(chain(6), wide, 'down'), 'right');
    assert.equal(chooseDirection(chain(6), narrow, 'right'), 'down');
  });

  test('stays where both do about as well', () => {
    const square = { width: 2000, height: 2000 };
    for (const current of ['right', 'down'])
      assert.equal(chooseDirection(diamond, square, current), current);
  });
});

describe('a layout', () => {
  for (const direction of ['right', 'down']) {
    const along = direction === 'right' ? 'x' : 'y';
    const across = direction === 'right' ? 'y' : 'x';
    const size = { x: 100, y: 60 };

    test(`to the ${direction}: sources first, no two nodes over each other`, () => {
      const layout = computeLayout({ ...diamond, direction });
      assert.equal(layout.nodes.length, 4);
      for (const { from, to } of diamond.edges)
        assert.ok(layout.nodes[from][along] + size[along] < layout.nodes[to][along] + 1);
      const [, a, b] = layout.nodes;
      assert.ok(Math.abs(a[across] - b[across]) >= size[across]);
      for (const { x, y } of layout.nodes) {
        assert.ok(x >= 50 && x <= layout.width - 50 + 1e-6, `${x} of ${layout.width}`);
        assert.ok(y >= 30 && y <= layout.height - 30 + 1e-6, `${y} of ${layout.height}`);
      }
    });

    test(`to the ${direction}: edges lead from border to border, to ports of their own`, () => {
      const layout = computeLayout({ ...diamond, direction });
      layout.edges.forEach((points, index) => {
        const { from, to } = diamond.edges[index];
        assert.equal(points[0][along], layout.nodes[from][along] + size[along] / 2);
        assert.equal(points.at(-1)[along], layout.nodes[to][along] - size[along] / 2);
      });
      assert.notEqual(layout.edges[2].at(-1)[across], layout.edges[3].at(-1)[across]);
    });
  }

  test('draws two edges between the same nodes apart', () => {
    const twice = { sizes: sizes(2), edges: edges([0, 1], [0, 1]), direction: 'right' };
    const [a, b] = computeLayout(twice).edges;
    assert.notEqual(a.at(-1).y, b.at(-1).y);
  });

  test('is the same each time', () => {
    const input = { ...diamond, direction: 'right' };
    assert.deepEqual(computeLayout(input), computeLayout(input));
  });

  test('of nothing, and of one node', () => {
    assert.deepEqual(computeLayout({ sizes: [], edges: [], direction: 'right' }).nodes, []);
    const one = computeLayout({ sizes: sizes(1), edges: [], direction: 'down' });
    assert.deepEqual([one.width, one.height, one.nodes], [100, 60, [{ x: 50, y: 30 }]]);
  });

  test('a weight that every turn of a loop uses does not make its edges dear', () => {
    const turns = 280;
    const input = chain(turns);
    input.edges.push(
      ...Array.from({ length: turns - 2 }, (_, turn) => ({ from: 0, to: turn + 2 })),
    );
    // Each edge is drawn, laid out or not.
    const layout = computeLayout({ ...input, direction: 'right' });
    assert.equal(layout.edges.length, input.edges.length);
    const crossed = [...affordableEdges(input, 900)].reduce(
      (sum, index) => sum + input.edges[index].to - input.edges[index].from,
      0,
    );
    assert.ok(crossed <= 900, `${crossed} ranks crossed`);
  });
});

describe('an arrow key', () => {
  const layout = computeLayout({ ...diamond, direction: 'right' });
  const go = (from, arrow) => neighbour(layout, diamond.edges, from, arrow);

  test('along the flow follows the edges', () => {
    assert.ok([1, 2].includes(go(0, 'ArrowRight')));
    assert.equal(go(1, 'ArrowRight'), 3);
    assert.equal(go(1, 'ArrowLeft'), 0);
    assert.equal(go(3, 'ArrowRight'), undefined);
    assert.equal(go(0, 'ArrowLeft'), undefined);
  });

  test('across it goes to the next on that side, and to none at the edge', () => {
    const [above, below] = layout.nodes[1].y < layout.nodes[2].y ? [1, 2] : [2, 1];
    assert.equal(go(above, 'ArrowDown'), below);
    assert.equal(go(below, 'ArrowUp'), above);
    assert.equal(go(above, 'ArrowUp'), undefined);
  });

  test('turns with the direction', () => {
    const down = computeLayout({ ...diamond, direction: 'down' });
    assert.equal(neighbour(down, diamond.edges, 3, 'ArrowDown'), undefined);
    assert.ok([1, 2].includes(neighbour(down, diamond.edges, 0, 'ArrowDown')));
  });

  test('from a node that is not there leads nowhere', () =>
    assert.equal(go(9, 'ArrowRight'), undefined));
});

describe('curves', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 10, y: 20 },
  ];

  test('leave and enter along the flow', () => {
    assert.equal(curve(points, 'right'), 'M0 0C5 0 5 20 10 20');
    assert.equal(curve(points, 'down'), 'M0 0C0 10 10 10 10 20');
    assert.equal(curve([], 'right'), '');
  });

  test('are shifted across the flow', () => {
    assert.deepEqual(shifted(points, 'right', 4)[0], { x: 0, y: 4 });
    assert.deepEqual(shifted(points, 'down', 4)[0], { x: 4, y: 0 });
  });

  test('have their middle and their heads', () => {
    assert.deepEqual(midpoint(points), { x: 5, y: 10 });
    assert.deepEqual(midpoint([]), { x: 0, y: 0 });
    assert.equal(arrowhead({ x: 10, y: 0 }, 'right', 1), 'M10 0L3 -3.5L3 3.5Z');
    assert.equal(arrowhead({ x: 10, y: 0 }, 'right', -1), 'M10 0L17 -3.5L17 3.5Z');
  });
});

describe('the view of the drawing', () => {
  const opened = () => {
    const seen = {};
    const viewport = new Viewport((transform) => {
      const [x, y, scale] = transform.match(/-?[\d.]+/g).map(Number);
      Object.assign(seen, { x, y, scale });
    });
    viewport.setPanel({ width: 500, height: 300 });
    return { viewport, seen };
  };

  test('fits what it shows, in the middle', () => {
    const { viewport, seen } = opened();
    viewport.setContent({ width: 460, height: 130 }, undefined);
    assert.deepEqual(seen, { x: 20, y: 85, scale: 1 });
  });

  test('of something large stays readable, with its focus in view', () => {
    const { viewport, seen } = opened();
    viewport.setContent({ width: 5000, height: 100 }, { x: 4900, y: 50 });
    assert.equal(seen.scale, 0.72);
    const focus = seen.x + 4900 * seen.scale;
    assert.ok(focus > 0 && focus < 500, `the focus is at ${focus}`);
    viewport.fitAll();
    assert.ok(seen.scale < 0.1, `all of it at ${seen.scale}`);
  });

  test('once moved by hand is left alone until it is fitted again', () => {
    const { viewport, seen } = opened();
    viewport.setContent({ width: 460, height: 260 }, undefined);
    viewport.zoom(2, { x: 0, y: 0 });
    const { scale } = seen;
    viewport.setContent({ width: 100, height: 100 }, undefined);
    assert.equal(seen.scale, scale);
    viewport.fitAll();
    assert.equal(seen.scale, 1.2);
  });

  test('is moved no more than brings a box into it', () => {
    const { viewport, seen } = opened();
    viewport.setContent({ width: 2000, height: 100 }, { x: 0, y: 50 });
    const { x } = seen;
    viewport.reveal({ x: 60, y: 50, width: 100, height: 60 });
    assert.equal(seen.x, x, 'it was in view');
    viewport.reveal({ x: 1950, y: 50, width: 100, height: 60 });
    assert.equal(Math.round(seen.x + 2000 * seen.scale), 480);
  });
});
