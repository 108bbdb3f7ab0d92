// Tensors and operations from JavaScript: known values, gradients, signatures, errors.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines, load } from './module.mjs';

const near = (got, expected, tolerance = 1e-5) => {
  assert.equal(got.length, expected.length);
  got.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]) <= tolerance, `${got} is near ${expected}`);
  });
};
const values = (tensor) => Array.from(tensor.data());
const raises = (body, name, message) =>
  assert.throws(body, (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.name, name);
    if (message instanceof RegExp) assert.match(error.message, message);
    else assert.equal(error.message, message);
    return true;
  });

for (const gp of engines) {
  describe(`tensors, ${gp.variant}`, () => {
    test('from typed arrays, in their own dtype', () => {
      for (const [data, dtype] of [
        [Float32Array.of(1, 2, 3), 'float32'],
        [Float64Array.of(1, 2, 3), 'float64'],
        [Int32Array.of(1, 2, 3), 'int32'],
        [Uint8Array.of(1, 2, 3), 'uint8'],
        [BigInt64Array.of(1n, 2n, 3n), 'int64'],
      ]) {
        const x = gp.tensor(data);
        assert.equal(x.dtype, dtype);
        assert.deepEqual(x.shape, [3]);
        assert.deepEqual(x.data(), data);
      }
      assert.equal(gp.tensor(Uint8ClampedArray.of(1)).dtype, 'uint8');
      assert.throws(() => gp.tensor(Int16Array.of(1)), TypeError);
    });

    test('from numbers and lists', () => {
      assert.equal(
        String(
          gp.tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
        'tensor([[1., 2.],\n        [3., 4.]])',
      );
      assert.equal(String(gp.tensor(2.5)), 'tensor(2.5000)');
      assert.equal(String(gp.tensor([true, false])), 'tensor([ True, False])');
      assert.equal(
        String(gp.tensor([1n, 2n ** 62n])),
        'tensor([                  1, 4611686018427387904])',
      );
      assert.equal(String(gp.tensor([])), 'tensor([])');
      assert.deepEqual(gp.tensor([[], []]).shape, [2, 0]);
      raises(
        () => gp.tensor([[1, 2], [3]]),
        'ValueError',
        'expected sequence of length 2 at dim 1 (got 1)',
      );
      assert.throws(() => gp.tensor([1, [2]]), { name: 'ValueError' });
      assert.throws(() => gp.tensor([[1], 2]), { name: 'ValueError' });
      assert.throws(() => gp.tensor(['a']), TypeError);
    });

    test('with options', () => {
      const x = gp.tensor(Float32Array.of(1, 2, 3, 4, 5, 6), { shape: [2, 3], requiresGrad: true });
      assert.deepEqual(x.shape, [2, 3]);
      assert.equal(x.requiresGrad, true);
      assert.deepEqual(x.toArray(), [
        [1, 2, 3],
        [4, 5, 6],
      ]);
      assert.equal(gp.tensor([1, 2], { dtype: 'int64' }).item.length, 0);
      assert.deepEqual(gp.tensor([1.9, -1.9], { dtype: 'int32' }).toArray(), [1, -1]);
      assert.deepEqual(gp.tensor([0, 2], { dtype: 'bool' }).toArray(), [false, true]);
      raises(
        () => gp.tensor([1, 2, 3], { shape: [2, 2] }),
        'RuntimeError',
        "shape '[2, 2]' is invalid for input of size 3",
      );
      raises(
        () => gp.tensor([1], { dtype: 'int64', requiresGrad: true }),
        'RuntimeError',
        /floating point/,
      );
      assert.throws(() => gp.tensor([1], { dtype: 'float16' }), TypeError);
    });

    test('made from sizes and ranges', () => {
      assert.deepEqual(gp.zeros([2, 2]).toArray(), [
        [0, 0],
        [0, 0],
      ]);
      assert.equal(gp.ones([2]).dtype, 'float32');
      assert.equal(gp.full([2], 7).dtype, 'int64');
      assert.equal(gp.full([2], 0.5).dtype, 'float32');
      assert.deepEqual(gp.arange(4).toArray(), [0, 1, 2, 3]);
      assert.deepEqual(gp.arange(1, 2, 0.25).toArray(), [1, 1.25, 1.5, 1.75]);
      assert.equal(gp.arange(3, { dtype: 'float64' }).dtype, 'float64');
      assert.deepEqual(gp.linspace(0, 1, 5).toArray(), [0, 0.25, 0.5, 0.75, 1]);
      assert.deepEqual(gp.eye(2).toArray(), [
        [1, 0],
        [0, 1],
      ]);
      assert.deepEqual(gp.eye(1, 2).toArray(), [[1, 0]]);
      assert.throws(() => gp.zeros([-1]), { name: 'RuntimeError' });
    });

    test("random numbers are PyTorch's", () => {
      // torch.manual_seed(0); torch.rand(3); torch.randn(3); torch.randint(0, 10, (4,)); torch.randperm(5)
      gp.manualSeed(0);
      near(values(gp.rand([3])), [0.4963, 0.7682, 0.0885], 5e-5);
      gp.manualSeed(0);
      near(values(gp.randn([3])), [1.541, -0.2934, -2.1788], 5e-5);
      gp.manualSeed(0);
      assert.deepEqual(gp.randint(0, 10, [4]).toArray(), [4, 9, 3, 0]);
      gp.manualSeed(0);
      assert.deepEqual(gp.randperm(5).toArray(), [4, 0, 1, 3, 2]);
    });

    test('read back', () => {
      assert.equal(gp.tensor(3, { dtype: 'int64' }).item(), 3);
      assert.equal(gp.tensor([2n ** 60n]).item(), 2n ** 60n);
      assert.equal(gp.tensor(true).item(), true);
      raises(() => gp.ones([2]).item(), 'ValueError', /only one element tensors can be converted/);
      // A view is copied out in its own order.
      assert.deepEqual(
        values(
          gp
            .tensor([
              [1, 2],
              [3, 4],
            ])
            .t(),
        ),
        [1, 3, 2, 4],
      );
      const x = gp.ones([2]);
      const copy = x.data();
      copy[0] = 9;
      assert.deepEqual(values(x), [1, 1]);
    });
  });

  describe(`operations, ${gp.variant}`, () => {
    test('known values', () => {
      const x = gp.tensor([
        [1, 2],
        [3, 4],
      ]);
      assert.deepEqual(x.matmul(x).toArray(), [
        [7, 10],
        [15, 22],
      ]);
      assert.deepEqual(gp.matmul(x, x).toArray(), [
        [7, 10],
        [15, 22],
      ]);
      assert.equal(x.sum().item(), 10);
      assert.deepEqual(values(x.mean(0)), [2, 3]);
      near(values(x.softmax(1)), [0.26894, 0.73106, 0.26894, 0.73106]);
      near(values(gp.tensor([0, 1, -1]).tanh()), [0, 0.761594, -0.761594]);
      near(values(gp.tensor([0.5]).exp()), [1.648721]);
      assert.deepEqual(values(gp.tensor([-1, 2]).relu()), [0, 2]);
      assert.deepEqual(x.add(x, { alpha: 2 }).toArray(), [
        [3, 6],
        [9, 12],
      ]);
      assert.deepEqual(gp.cat([x, x], 1).shape, [2, 4]);
      assert.deepEqual(x.gt(2).toArray(), [
        [false, false],
        [true, true],
      ]);
    });

    test('numbers in the place of tensors', () => {
      const x = gp.tensor([1, 2], { dtype: 'int64' });
      assert.equal(x.mul(2).dtype, 'int64');
      assert.equal(x.mul(0.5).dtype, 'float32');
      assert.deepEqual(x.pow(2).toArray(), [1, 4]);
      assert.equal(x.add(true).dtype, 'int64');
    });

    test('arguments by name, ints one by one, null', () => {
      const x = gp.tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      assert.deepEqual(x.sum({ dim: 0, keepdim: true }).shape, [1, 3]);
      assert.deepEqual(x.sum(0, { keepdim: true }).shape, [1, 3]);
      assert.deepEqual(x.sum(0, true).shape, [1, 3]);
      assert.deepEqual(x.sum([0, 1]).shape, []);
      assert.deepEqual(x.view(3, 2).shape, [3, 2]);
      assert.deepEqual(x.view([3, -1]).shape, [3, 2]);
      assert.deepEqual(x.permute(1, 0).shape, [3, 2]);
      assert.deepEqual(values(x.clamp({ min: 2, max: 5 })), [2, 2, 3, 4, 5, 5]);
      assert.deepEqual(values(x.clamp(null, 3)), [1, 2, 3, 3, 3, 3]);
      assert.equal(x.sum({ dtype: 'float64' }).dtype, 'float64');
    });

    test('several results', () => {
      const { values: top, indices } = gp
        .tensor([
          [1, 5],
          [7, 3],
        ])
        .max(1);
      assert.deepEqual(top.toArray(), [5, 7]);
      assert.deepEqual(indices.toArray(), [1, 0]);
      const parts = gp.arange(5).split(2);
      assert.deepEqual(
        parts.map((part) => part.toArray()),
        [[0, 1], [2, 3], [4]],
      );
    });

    test('functional, linalg and special', () => {
      const x = gp.tensor([
        [2, 0],
        [0, 4],
      ]);
      assert.equal(gp.linalg.det(x).item(), 8);
      near(values(gp.functional.softplus(gp.tensor([0]))), [Math.LN2]);
      // A functional operation is a method too.
      const image = gp.ones([1, 1, 3, 3]);
      assert.deepEqual(image.conv2d(gp.ones([1, 1, 2, 2])).toArray(), [
        [
          [
            [4, 4],
            [4, 4],
          ],
        ],
      ]);
    });

    test('in place', () => {
      const x = gp.tensor([1, 2]);
      assert.equal(x.add_(1), x);
      assert.deepEqual(values(x), [2, 3]);
      // In place, a view changes how the tensor sees its data.
      const m = gp.tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]);
      assert.equal(m.t_(), m);
      assert.deepEqual(m.shape, [3, 2]);
      const leaf = gp.ones([1], { requiresGrad: true });
      raises(
        () => leaf.add_(1),
        'RuntimeError',
        'a leaf Variable that requires grad is being used in an in-place operation.',
      );
    });

    test("errors have Python's names and PyTorch's texts", () => {
      const x = gp.ones([2, 3]);
      raises(
        () => x.matmul(x),
        'RuntimeError',
        'mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)',
      );
      raises(
        () => x.sum(5),
        'IndexError',
        'Dimension out of range (expected to be in range of [-2, 1], but got 5)',
      );
      raises(
        () => x.add('a'),
        'TypeError',
        "add(): argument 'other' (position 1) must be Tensor, not str",
      );
      raises(() => x.sum({ nonsense: 1 }), 'TypeError', /got \(nonsense=int, \)/);
      raises(
        () => gp.atan2(x, 1),
        'TypeError',
        "atan2(): argument 'other' (position 2) must be Tensor, not int",
      );
      raises(() => x.add(() => 1), 'TypeError', 'add() cannot take a function');
      assert.throws(() => x.add(), TypeError);
      assert.throws(() => x.add(1, 2, 3), TypeError);
      raises(() => x.view(7), 'RuntimeError', "shape '[7]' is invalid for input of size 6");
    });

    test('a table of all, with texts', () => {
      const all = gp.operations();
      assert.ok(all.length > 150);
      for (const { name, schema, doc, names } of all) {
        assert.ok(schema.startsWith(`${name}(`), schema);
        assert.ok(names.length > 0, name);
        assert.match(doc, /^[\x20-\uffff]+(\n[\x20-\uffff]+)*$/, name);
      }
      assert.match(
        all.find((one) => one.name === 'sin').doc,
        /\nDerivative: g \* cos\(input\)\.\n/,
      );
      const sum = all.find((one) => one.name === 'sum');
      assert.ok(sum.names.includes('Tensor.sum') && sum.names.includes('sum'));
      for (const { names } of all) {
        for (const name of names) {
          const [part, member] = name.includes('.') ? name.split('.') : ['', name];
          const owner = part === 'Tensor' ? gp.ones([1]) : part ? gp[part] : gp;
          assert.equal(typeof owner[member], 'function', name);
        }
      }
    });
  });

  describe(`gradients, ${gp.variant}`, () => {
    test('of a scalar', () => {
      const x = gp.tensor([2], { requiresGrad: true });
      const y = x.pow(2);
      assert.equal(String(y), 'tensor([4.], grad_fn=<PowBackward0>)');
      assert.equal(x.grad, null);
      y.backward();
      assert.deepEqual(values(x.grad), [4]);
      assert.equal(y.gradFn, 'PowBackward0');
      assert.equal(x.isLeaf, true);
      assert.equal(y.isLeaf, false);
      x.grad = null;
      assert.equal(x.grad, null);
    });

    test('of more than a scalar need a gradient', () => {
      const x = gp.tensor([1, 2, 3], { requiresGrad: true });
      const y = x.pow(2);
      raises(
        () => y.backward(),
        'RuntimeError',
        'grad can be implicitly created only for scalar outputs',
      );
      y.backward(gp.tensor([1, 0, 2]));
      assert.deepEqual(values(x.grad), [2, 0, 12]);
    });

    test('of a small network, against central differences', () => {
      gp.manualSeed(1);
      const f64 = { dtype: 'float64' };
      const x = gp.randn([4, 3], f64);
      const w = gp.randn([3, 2], { ...f64, requiresGrad: true });
      const loss = (weight) => x.matmul(weight).tanh().logsumexp(1).mean();
      loss(w).backward();
      const grad = values(w.grad);
      const base = w.data();
      const eps = 1e-6;
      base.forEach((_, i) => {
        const at = (shift) => {
          const moved = base.slice();
          moved[i] += shift;
          return loss(gp.tensor(moved, { shape: [3, 2] })).item();
        };
        near([(at(eps) - at(-eps)) / (2 * eps)], [grad[i]], 1e-6);
      });
    });

    test('accumulate, are kept, freed', () => {
      const x = gp.tensor(3, { requiresGrad: true });
      const y = x.mul(x);
      y.backward(null, { retainGraph: true });
      y.backward();
      assert.equal(x.grad.item(), 12);
      raises(
        () => y.backward(),
        'RuntimeError',
        /Trying to backward through the graph a second time/,
      );
      const z = x.mul(2);
      z.retainGrad();
      z.mul(3).backward();
      assert.equal(z.grad.item(), 3);
    });

    test('second derivatives', () => {
      const x = gp.tensor(2, { requiresGrad: true });
      const [first] = gp.grad(x.pow(3), x, { createGraph: true });
      assert.equal(first.item(), 12);
      const [second] = gp.grad(first, x);
      assert.equal(second.item(), 12);
      assert.equal(x.grad, null);
    });

    test('of what is not used', () => {
      const [x, y] = [gp.tensor(2, { requiresGrad: true }), gp.tensor(2, { requiresGrad: true })];
      raises(() => gp.grad(x.mul(2), [x, y]), 'RuntimeError', /not have been used in the graph/);
      const grads = gp.grad(x.mul(2), [x, y], { allowUnused: true });
      assert.equal(grads[0].item(), 2);
      assert.equal(grads[1], null);
    });

    test('noGrad, detach, requiresGrad', () => {
      const x = gp.tensor(2, { requiresGrad: true });
      assert.equal(gp.noGrad(() => x.mul(2)).requiresGrad, false);
      assert.equal(x.mul(2).requiresGrad, true);
      assert.throws(
        () =>
          gp.noGrad(() => {
            throw new Error('inside');
          }),
        /inside/,
      );
      assert.equal(x.mul(2).requiresGrad, true);
      assert.equal(x.mul(2).detach().requiresGrad, false);
      const y = gp.ones([1]);
      y.requiresGrad = true;
      assert.equal(y.mul(2).requiresGrad, true);
    });
  });
}

test('tensors of two modules do not mix', async () => {
  const other = await load({ variant: 'simd' });
  assert.throws(() => engines[0].ones([1]).add(other.ones([1])), /belongs to another/);
});
