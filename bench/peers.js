// What bench/page.mjs measures of the peers, in the page; bundled by esbuild.

import * as jax from '@jax-js/jax';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { time, timeAsync } from './workloads.mjs';

async function tensorflow() {
  setWasmPaths('/peers/');
  setThreadsCount(1);
  await tf.setBackend('wasm');
  await tf.ready();
  const a = tf.randomUniform([512, 512]);
  const b = tf.randomUniform([512, 512]);
  const x = tf.scalar(1.5);
  const gradient = tf.grad((leaf) => {
    let y = leaf;
    for (let i = 0; i < 50; i++) y = tf.add(tf.mul(y, 0.99), 0.01);
    return y;
  });
  const image = tf.randomUniform([8, 32, 32, 16]);
  const kernel = tf.randomUniform([3, 3, 16, 32]);
  const million = tf.randomUniform([1_000_000]);
  return {
    matmul: time(() => tf.matMul(a, b).dispose()),
    scalars: time(() => gradient(x).dispose()),
    conv: time(() => tf.conv2d(image, kernel, 1, 'same').dispose()),
    tanh: time(() => tf.tidy(() => void tf.add(tf.mul(tf.tanh(million), million), million))),
  };
}

async function jaxJs() {
  await jax.init('wasm');
  jax.defaultDevice('wasm');
  const { numpy: np, random } = jax;
  const uniform = (shape) => random.uniform(random.key(0), shape);
  const a = uniform([512, 512]);
  const b = uniform([512, 512]);
  const scalars = (leaf) => {
    let y = leaf;
    for (let i = 0; i < 50; i++) y = y.mul(0.99).add(0.01);
    return y;
  };
  const gradient = jax.grad(scalars);
  const compiled = jax.jit(jax.grad(scalars));
  const million = uniform([1_000_000]);
  const done = async (array) => void (await array.data());
  return {
    matmul: await timeAsync(() => done(np.matmul(a.ref, b.ref))),
    scalars: await timeAsync(() => done(gradient(np.array(1.5)))),
    compiledScalars: await timeAsync(() => done(compiled(np.array(1.5)))),
    tanh: await timeAsync(() => done(np.tanh(million.ref).mul(million.ref).add(million.ref))),
  };
}

export const peers = { 'tfjs-wasm': tensorflow, 'jax-js': jaxJs };
