// The shapes that cross from the engine to JavaScript: what a run of a program gives back, and how
// the module is loaded. Everything here is plain data that survives structured clone, so a result
// can go from a worker to the page as it is.

import type { HintId } from './constants.js';

/** The two WebAssembly builds: relaxed SIMD (fused multiply-add) where the browser has it. */
export type Variant = 'relaxed' | 'simd';

/** A compiled module; it can be posted to a worker, so that a new worker need not compile again. */
export interface Compiled {
  variant: Variant;
  module: WebAssembly.Module;
  /** The address of the functions that everyday programs do not call. */
  rest?: string;
}

export interface LoadOptions {
  /** Which build to use; the fastest that this browser can run when left out. */
  variant?: Variant;
  /** What `compile()` gave, possibly in another thread: then nothing is fetched nor compiled. */
  compiled?: Compiled;
}

export interface RunOptions {
  /**
   * Text as it is printed, while the program runs. Until then the module cannot be called, but for
   * `dispose()` of tensors. An error that it throws ends the program, and `run()` throws it.
   */
  onStdout?: (text: string) => void;
  onStderr?: (text: string) => void;
  /** Ends a program that runs longer: `error.type` is then "TimeoutError". */
  maxSeconds?: number;
  /** What its objects and tensors may take, and the text that is kept of its output. */
  maxBytes?: number;
  /**
   * How many bytes of output are kept and passed on, of stdout and of stderr each: 16 MiB when left
   * out, 0 for no bound. What is printed beyond is counted, and a last line says how much it was.
   */
  maxOutput?: number;
  /** The program's name in tracebacks and warnings. */
  filename?: string;
  /** Whether to describe the variables, the graph and the steps; true when left out. */
  inspect?: boolean;
}

export interface SessionOptions {
  /** Each run goes on with the globals of the one before; without, each begins afresh. */
  keepGlobals?: boolean;
}

/** A stretch of source: lines from 1, columns from 0 in UTF-16 units, the end exclusive. */
export interface Span {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export interface RunError {
  /** The exception's class, such as `RuntimeError`. */
  type: string;
  message: string;
  /** The whole text as Python prints it. */
  traceback: string;
  span?: Span;
  /** What to do instead, where the message does not say so itself. */
  hint?: Hint;
}

/** A suggestion: its text in English, and what a translation needs. */
export interface Hint {
  id: HintId;
  /** What it names, if anything: a module, a function. */
  name: string;
  text: string;
}

/** A look at a tensor that is small however large the tensor is. */
export interface Preview {
  shape: number[];
  dtype: string;
  /** The data as PyTorch prints it, summarised. */
  text: string;
  /** The first elements (64 at most) in row-major order. */
  values: number[];
  min?: number;
  max?: number;
  mean?: number;
}

export interface VariableInfo {
  name: string;
  /** The class: "Tensor", "int", "str", "list", ... */
  type: string;
  /** Its `repr`. */
  text: string;
  /** Of a list or tuple that holds numbers (or tensors of one element) only: the first 20,000. */
  numbers?: number[];
  tensor?: Preview;
  grad?: Preview;
  requiresGrad?: boolean;
  isLeaf?: boolean;
  /** The graph node that it is bound to. */
  node?: number;
  /** Its last assignment. */
  span?: Span;
}

export interface GraphNode {
  id: number;
  /** An input that wants a gradient, the result of an operation, or an input that wants none. */
  kind: 'leaf' | 'op' | 'constant';
  /** "pow", "mul", ...; empty for a leaf or a constant. */
  op: string;
  /** "PowBackward0", ... */
  gradFn?: string;
  /** The program's variables that are bound to it. */
  names: string[];
  /** What the program called it when it used it last, where that is no name of it now. */
  formerName?: string;
  /** As it was when it was computed; an input's: when an operation used it last. */
  value?: Preview;
  /** What it is at the end of the run, where that is something else. */
  now?: Preview;
  /** A leaf's `.grad` at the end of the run; an operation's of the last `backward()` through it. */
  grad?: Preview;
  span?: Span;
  /** Only an earlier `backward()` passed here, and no variable leads to it. */
  earlier?: boolean;
}

/** Data flow: `from` is the input number `slot` of the operation `to`. */
export interface GraphEdge {
  from: number;
  to: number;
  slot: number;
  /** What `to` saw, where that is not the `value` of `from`. */
  value?: Preview;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** How many nodes were left out, beyond the limit. */
  omitted: number;
}

/** One backward node, in the order in which the engine executed them. */
export interface Step {
  node: number;
  gradIn?: Preview;
  gradsOut: { node: number; grad: Preview }[];
  /** How many gradients went to nodes that are not drawn, where there were any. */
  hidden?: number;
  /** Of a leaf: its `.grad` before this step, if it had one. */
  before?: Preview;
  /** Of a leaf: the sum that it keeps. */
  after?: Preview;
}

/** One `backward()`, or one call of `torch.autograd.grad`. */
export interface BackwardPass {
  /** The call. */
  span?: Span;
  /** The nodes it began from, those that are drawn. */
  roots: number[];
  /** Those whose nodes are drawn. */
  steps: Step[];
  /** How many steps there were in all. */
  taken: number;
}

export interface RunResult {
  stdout: string;
  /** Warnings go here. */
  stderr: string;
  /**
   * Set where a session that keeps its globals has freed them, since the program had used up its
   * memory and left nothing to go on with.
   */
  restarted?: boolean;
  /** How many bytes were printed beyond `maxOutput`, where there were any. */
  dropped?: number;
  error?: RunError;
  /** Set where the program called `sys.exit`. */
  exitStatus?: number;
  /** The program's globals in order of first assignment. */
  variables: VariableInfo[];
  graph: Graph;
  /** In the order of the program. */
  backwards: BackwardPass[];
  /** How many there were before those, which are no longer known. */
  forgottenBackwards: number;
  /** Wall time of the run. */
  seconds: number;
}

/** Runs programs. What went wrong in a program is in `result.error`; `run` does not throw it. */
export interface Session {
  run(source: string, options?: RunOptions): RunResult;
  /** Frees what the last program left; the session cannot run another. */
  dispose(): void;
}
