// What the engine gives back, made by hand for the tests.

export const preview = (values, shape = [values.length]) => ({
  shape,
  dtype: 'torch.float32',
  text: `tensor([${values.map((value) => `${value}.`).join(', ')}])`,
  values,
});

export const node = (id, kind = 'op', more = {}) => ({ id, kind, op: '', names: [], ...more });

/** Nodes 0..n-1 and edges given as pairs; an edge's slot is its place among those into its target. */
export function graph(kinds, pairs) {
  const slots = new Map();
  const edges = pairs.map(([from, to]) => {
    const slot = slots.get(to) ?? 0;
    slots.set(to, slot + 1);
    return { from, to, slot };
  });
  return { nodes: kinds.map((kind, id) => node(id, kind)), edges, omitted: 0 };
}

export const result = (more = {}) => ({
  stdout: '',
  stderr: '',
  variables: [],
  graph: { nodes: [], edges: [], omitted: 0 },
  backwards: [],
  forgottenBackwards: 0,
  seconds: 0.002,
  ...more,
});
