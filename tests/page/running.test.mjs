// Runs, over a worker that the test plays: who waits for whom, who is stopped, what is shown when.

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { load } from '../typescript.mjs';
import { result } from './results.mjs';

/** The workers that were started, oldest first; `compile` may be replaced by a test. */
const played = { workers: [], compile: undefined };
globalThis.played = played;

class PlayedWorker extends EventTarget {
  sent = [];
  ended = false;
  postMessage(message) {
    this.sent.push(message);
  }
  terminate() {
    this.ended = true;
  }
  say(data) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  get run() {
    return this.sent.findLast(({ type }) => type === 'run');
  }
}

const stubs = {
  './spawn.js': `export function spawnWorker() {
      const worker = played.start();
      played.workers.push(worker);
      return worker;
    }`,
  './compiled.js': `export const compiled = () => played.compile();`,
};
played.start = () => new PlayedWorker();
const { Runner } = await load('engine/runner.ts', stubs);
const { RunController } = await load('element/run-controller.ts', stubs);
const { OutputPipe } = await load('engine/output-pipe.ts');
const { idleBytes, outputLimit } = await load('engine/protocol.ts');

/** Lets everything that waits for nothing but its turn go on. */
const settle = () => new Promise((done) => setImmediate(done));
const newest = () => played.workers.at(-1);
const finish = (worker, id, more, heapBytes = 2 ** 24) =>
  worker.say({ type: 'result', id, result: result(more), cut: 0, heapBytes });

beforeEach(() => {
  played.workers = [];
  played.compile = async () => 'module';
  globalThis.requestAnimationFrame = (draw) => setImmediate(draw);
  globalThis.cancelAnimationFrame = (frame) => clearImmediate(frame);
});

describe('the runner', () => {
  const started = () => {
    const phases = [];
    const runner = new Runner((phase) => phases.push(phase));
    return { runner, phases, run: (source, print = () => {}) => runner.run(source, print) };
  };

  test('hands the module to one worker, which it keeps from run to run', async () => {
    const { runner, phases, run } = started();
    runner.prepare();
    for (const source of ['one', 'two']) {
      const ending = run(source);
      await settle();
      newest().say({ type: 'ready' });
      assert.equal(newest().run.source, source);
      finish(newest(), newest().run.id, { stdout: source });
      const outcome = await ending;
      assert.deepEqual([outcome.kind, outcome.result.stdout], ['result', source]);
    }
    assert.equal(played.workers.length, 1);
    assert.deepEqual(newest().sent[0], { type: 'init', compiled: 'module' });
    assert.deepEqual(phases, ['loading', 'running', 'idle', 'running', 'idle']);
  });

  test('Stop ends the worker and starts another for the next run', async () => {
    const { runner, run } = started();
    const ending = run('forever');
    await settle();
    const [first] = played.workers;
    runner.stop();
    assert.equal((await ending).kind, 'stopped');
    assert.deepEqual([first.ended, played.workers.length], [true, 2]);
    finish(first, 1);
    const next = run('next');
    await settle();
    finish(newest(), newest().run.id);
    assert.equal((await next).kind, 'result');
  });

  test('a newer run waits for one that is nearly done', async () => {
    const { run } = started();
    const first = run('first');
    await settle();
    const second = run('second');
    finish(newest(), 1);
    assert.equal((await first).kind, 'result');
    await settle();
    assert.equal(newest().run.source, 'second');
    finish(newest(), 2);
    assert.equal((await second).kind, 'result');
    assert.equal(played.workers.length, 1);
  });

  test('and overtakes one that is not; of many that wait only the newest runs', async () => {
    const { run } = started();
    const first = run('forever');
    await settle();
    const second = run('second');
    const third = run('third');
    assert.equal((await first).kind, 'superseded');
    assert.equal((await second).kind, 'superseded');
    await settle();
    assert.deepEqual([played.workers.length, newest().run.source], [2, 'third']);
    finish(newest(), newest().run.id);
    assert.equal((await third).kind, 'result');
  });

  test('what a worker says of an earlier run is not heard', async () => {
    const { run } = started();
    const printed = [];
    const ending = run('one', (_, text) => printed.push(text));
    await settle();
    newest().say({ type: 'output', id: 99, stream: 'stdout', text: 'stale' });
    newest().say({ type: 'output', id: 1, stream: 'stdout', text: 'fresh' });
    finish(newest(), 99);
    finish(newest(), 1);
    assert.equal((await ending).kind, 'result');
    assert.deepEqual(printed, ['fresh']);
  });

  test('a worker that breaks down is replaced at once, one that never came up is not', async () => {
    const { run } = started();
    const first = run('break');
    await settle();
    newest().say({ type: 'crash', message: 'at the start' });
    assert.deepEqual(await first, { kind: 'crashed', message: 'at the start' });
    assert.equal(played.workers.length, 1);
    const second = run('break later');
    await settle();
    newest().say({ type: 'ready' });
    newest().say({ type: 'crash', message: 'later' });
    assert.equal((await second).kind, 'crashed');
    assert.equal(played.workers.length, 3);
  });

  test('a worker whose engine has grown is replaced when its run is over', async () => {
    const { run } = started();
    const first = run('large');
    await settle();
    newest().say({ type: 'ready' });
    const [worker] = played.workers;
    finish(worker, 1, { stdout: 'done' }, idleBytes + 1);
    const { kind, result, grown } = await first;
    assert.deepEqual([kind, result.stdout, grown], ['result', 'done', idleBytes + 1]);
    assert.deepEqual([worker.ended, played.workers.length], [true, 2]);
    const second = run('small');
    await settle();
    finish(newest(), 2, {}, idleBytes);
    assert.equal((await second).grown, undefined);
    assert.equal(played.workers.length, 2);
  });

  test('no module: the run says why, and the next one tries again', async () => {
    played.compile = async () => {
      throw new Error('no network');
    };
    const { run } = started();
    assert.deepEqual(await run('one'), { kind: 'unavailable', message: 'no network' });
    played.compile = async () => 'module';
    const again = run('two');
    await settle();
    finish(newest(), 2);
    assert.equal((await again).kind, 'result');
  });

  test('disposed, it ends its worker and its run', async () => {
    const { runner, run } = started();
    const ending = run('forever');
    await settle();
    runner.dispose();
    assert.equal((await ending).kind, 'stopped');
    assert.equal(newest().ended, true);
  });
});

describe('the run of the element', () => {
  function connected() {
    const told = [];
    const host = { addController() {}, requestUpdate() {} };
    const run = new RunController(host, {
      announce: (name) => told.push(name),
      ended: (changed) => told.push(`ended:${run.ending}:${changed}`),
    });
    run.hostConnected();
    return { run, told };
  }

  test('says that it runs, shows the result, then says so', async () => {
    const { run, told } = connected();
    const ending = run.run('x');
    await settle();
    finish(newest(), 1, { stdout: 'hello', graph: { nodes: [{ id: 1, op: 'mul', names: [] }] } });
    assert.equal((await ending).stdout, 'hello');
    assert.deepEqual(told, ['gp-run', 'ended:result:true', 'gp-result']);
    assert.deepEqual(run.chunks, [{ stream: 'stdout', text: 'hello' }]);
  });

  test('shows output as it comes, of its own program only', async () => {
    const { run } = connected();
    const first = run.run('old');
    await settle();
    const [worker] = played.workers;
    worker.say({ type: 'output', id: 1, stream: 'stdout', text: 'old' });
    await settle();
    assert.equal(run.chunks[0].text, 'old');
    const second = run.run('new');
    worker.say({ type: 'output', id: 1, stream: 'stdout', text: ' and more' });
    finish(worker, 1, { stdout: 'old and more' });
    await first;
    await settle();
    newest().say({ type: 'output', id: 2, stream: 'stdout', text: 'new' });
    await settle();
    assert.deepEqual(run.chunks, [{ stream: 'stdout', text: 'new' }]);
    run.stop();
    assert.equal(await second, undefined);
    assert.deepEqual(run.chunks, [{ stream: 'stdout', text: 'new' }]);
  });

  test('stopped or broken, it keeps the last result and says why', async () => {
    const { run, told } = connected();
    const good = run.run('good');
    await settle();
    finish(newest(), 1, { stdout: 'kept' });
    await good;
    const stopped = run.run('forever');
    await settle();
    run.stop();
    await stopped;
    assert.deepEqual([run.note, run.result.stdout], [{ key: 'stoppedNote' }, 'kept']);
    told.length = 0;
    const broken = run.run('break');
    await settle();
    newest().say({ type: 'crash', message: 'trap' });
    assert.equal(await broken, undefined);
    assert.deepEqual(run.note, { key: 'crashed', values: { message: 'trap' } });
    assert.deepEqual(told, ['gp-run', 'ended:crashed:false', 'gp-error']);
  });

  test('an error of the program is told after the result', async () => {
    const { run, told } = connected();
    const ending = run.run('nonsense');
    await settle();
    finish(newest(), 1, { error: { type: 'NameError', message: 'm', traceback: 't' } });
    await ending;
    assert.deepEqual(told.slice(-2), ['gp-result', 'gp-error']);
    assert.equal(run.error.type, 'NameError');
  });

  test('outside a page it does not run', async () => {
    const { run, told } = connected();
    run.hostDisconnected();
    assert.equal(await run.run('x'), undefined);
    assert.deepEqual(told, []);
  });

  test('after a pause in typing one run, of the text as it then is', async () => {
    const { run } = connected();
    let text = '';
    for (const letter of 'abc') {
      text += letter;
      run.runSoon(() => text);
    }
    while (!newest()?.run) await settle();
    assert.deepEqual(
      newest()
        .sent.filter(({ type }) => type === 'run')
        .map(({ source }) => source),
      ['abc'],
    );
    run.hostDisconnected();
  });
});

describe('the pipe of output', () => {
  const opened = () => {
    const posts = [];
    return { posts, pipe: new OutputPipe((stream, text) => posts.push([stream, text])) };
  };

  test('sends the first writes one by one, then batches', () => {
    const { posts, pipe } = opened();
    for (let write = 0; write < 20_000; write++) pipe.write('stdout', 'x');
    pipe.flush();
    assert.equal(posts.map(([, text]) => text).join('').length, 20_000);
    assert.ok(posts.slice(0, 2_000).every(([, text]) => text === 'x'));
    assert.ok(posts.length < 10_000, `${posts.length} messages`);
  });

  test('keeps the order of the streams', () => {
    const { posts, pipe } = opened();
    for (let write = 0; write < 3_000; write++) pipe.write(write % 2 ? 'stderr' : 'stdout', 'x');
    pipe.flush();
    assert.ok(posts.every(([stream], place) => stream === (place % 2 ? 'stderr' : 'stdout')));
    assert.equal(posts.length, 3_000);
  });

  test('stops at the limit, to the character', () => {
    const { posts, pipe } = opened();
    for (let write = 0; write < 50; write++) pipe.write('stdout', 'y'.repeat(9_999));
    pipe.flush();
    assert.equal(posts.map(([, text]) => text).join('').length, outputLimit);
  });
});
