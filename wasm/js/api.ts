// What the JS module offers besides running programs: tensors and operations. Types only; together
// with types.ts and the operations' own (operation-types.d.ts, made from the engine's table) they are
// gradpad.d.ts.

import type { ArgType, DType, ErrorName } from './constants.js';
import type { OperationModules, Operations, TensorOperations } from './operation-types.js';
import type { Compiled, LoadOptions, Session, SessionOptions, Variant } from './types.js';

export type TypedArray = Float32Array | Float64Array | BigInt64Array | Int32Array | Uint8Array;

/** A number, or lists of them, nested as deep as the tensor has dimensions. */
export type Nested = number | bigint | boolean | readonly Nested[];

/** Python's exceptions that the engine raises; its TypeError comes as JavaScript's. */
export type PythonError = Exclude<ErrorName, 'TypeError'>;

/**
 * What the engine refuses, in PyTorch's or Python's words.
 *
 * Every call of this module returns, or throws one of four classes: TypeError for an argument of a
 * wrong type, RangeError for a number that an argument cannot be, GradpadError, or StateError. What
 * functions and getters of the caller's throw comes back as it is.
 */
export declare class GradpadError extends Error {
  readonly name: PythonError;
}

/**
 * A call at the wrong time: on a tensor or session that was disposed of; from a listener of a program
 * that is running; on an engine that broke down, when `cause` is what happened to it and only another
 * `load()` helps.
 */
export declare class StateError extends Error {
  readonly name: 'StateError';
}

export interface CreateOptions {
  /** Left out: the typed array's own; bool or int64 for booleans and bigints; else float32. */
  dtype?: DType;
  /** Whether operations on it are recorded, and `backward()` computes its gradient. */
  requiresGrad?: boolean;
}

export interface TensorOptions extends CreateOptions {
  /** Left out: that of the nested lists, or one dimension for a typed array. */
  shape?: readonly number[];
}

export interface BackwardOptions {
  /** Keep the graph for another pass. */
  retainGraph?: boolean;
  /** Record the pass itself, for higher derivatives. */
  createGraph?: boolean;
}

export interface GradOptions extends BackwardOptions {
  /** Gradients of the outputs; ones where left out, for outputs of one element. */
  gradOutputs?: readonly (Tensor | null)[];
  /** Give null for an input that the outputs do not depend on, instead of an error. */
  allowUnused?: boolean;
}

/**
 * A tensor in the module's memory. Every operation is a method, with PyTorch's names and signatures;
 * named arguments come as an object at the end: `x.sum(0, { keepdim: true })`.
 *
 * Memory is freed by `dispose()`, at the end of the `scope()` that made the tensor, or at last when
 * JavaScript's garbage collector finds it unused.
 */
export interface Tensor extends TensorOperations {
  readonly shape: number[];
  readonly dtype: DType;
  /** Whether operations on it are recorded; may be set on a leaf. */
  requiresGrad: boolean;
  /** Made by the user, not by an operation that is recorded. */
  readonly isLeaf: boolean;
  /** The operation it came from, such as "PowBackward0"; null for a leaf. */
  readonly gradFn: string | null;
  /** The gradient that `backward()` left; each reading gives a new handle. Null clears it. */
  get grad(): Tensor | null;
  set grad(value: Tensor | null);
  /** Gradients with respect to the leaves are added to their `grad`. */
  backward(gradient?: Tensor | null, options?: BackwardOptions): void;
  /** Keep the gradient of a tensor that is not a leaf. */
  retainGrad(): void;
  /** The same data outside the graph. */
  detach(): Tensor;
  /** A copy of the elements, in row-major order; of bool ones as 0 and 1. */
  data(): TypedArray;
  /** The elements as nested lists. */
  toArray(): Nested;
  /** The one element; a bigint where a number would not be exact. */
  item(): number | bigint | boolean;
  /** As PyTorch prints it: "tensor([4.], grad_fn=<PowBackward0>)". */
  toString(): string;
  /** Frees it now. Using it afterwards is an error. */
  dispose(): void;
  readonly isDisposed: boolean;
}

export interface Memory {
  /** What tensors hold, and the most they held at once. */
  bytes: number;
  peakBytes: number;
  /** How many blocks of elements there are; views share one. */
  storages: number;
  /** How many tensors of this module JavaScript holds. */
  tensors: number;
  /** The module's whole memory. It never shrinks; what is free in it is used again. */
  heapBytes: number;
}

/** One signature of an operation. */
export interface OperationInfo {
  name: string;
  /** As PyTorch writes it: `sum(Tensor input, *, dtype? dtype=None) -> Tensor`. */
  schema: string;
  doc: string;
  params: OperationParam[];
  results: OperationResult[];
  /** What it is called: "relu", "functional.relu", "Tensor.relu", "Tensor.relu_", … */
  names: string[];
}

export interface OperationResult {
  /** Empty where PyTorch gives it none. */
  name: string;
  type: ArgType;
}

export interface OperationParam {
  name: string;
  type: ArgType;
  /** Null is allowed. */
  optional: boolean;
  keywordOnly: boolean;
  /** A number may stand for the tensor. */
  takesNumber: boolean;
  /** Its items may also come as separate arguments. */
  variadic: boolean;
  /** `int[2]`: a single int stands for so many. */
  listSize: number;
  /** Absent where an argument must be given. */
  defaultValue?: unknown;
}

/** The loaded module. Every operation is a function of it: `gp.matmul(a, b)`. */
export interface Gradpad extends Operations, OperationModules {
  readonly variant: Variant;
  /** The instruction set of its kernels: "wasm" or "wasm_relaxed". */
  readonly isa: string;
  session(options?: SessionOptions): Session;

  /** From a number, nested lists, or a typed array, whose elements are copied. */
  tensor(data: Nested | TypedArray, options?: TensorOptions): Tensor;
  zeros(shape: readonly number[], options?: CreateOptions): Tensor;
  ones(shape: readonly number[], options?: CreateOptions): Tensor;
  full(shape: readonly number[], value: number | bigint | boolean, options?: CreateOptions): Tensor;
  /** 0 … end - 1, or start, start + step, … before end. */
  arange(end: number, options?: CreateOptions): Tensor;
  arange(start: number, end: number, options?: CreateOptions): Tensor;
  arange(start: number, end: number, step: number, options?: CreateOptions): Tensor;
  /** `steps` values from start to end, both included. */
  linspace(start: number, end: number, steps: number, options?: CreateOptions): Tensor;
  /** Ones on the diagonal. */
  eye(n: number, options?: CreateOptions): Tensor;
  eye(n: number, m: number, options?: CreateOptions): Tensor;
  /** Uniform in [0, 1). */
  rand(shape: readonly number[], options?: CreateOptions): Tensor;
  /** From the standard normal distribution. */
  randn(shape: readonly number[], options?: CreateOptions): Tensor;
  /** Integers in [low, high). */
  randint(low: number, high: number, shape: readonly number[], options?: CreateOptions): Tensor;
  /** A permutation of 0 … n - 1. */
  randperm(n: number, options?: CreateOptions): Tensor;
  /** Seeds the generator; the numbers that follow are those of PyTorch on the CPU. */
  manualSeed(seed: number | bigint): void;

  /**
   * Runs `fn` and frees the tensors it made, but for those it returns, alone or in arrays and plain
   * objects.
   */
  scope<T>(fn: () => T): T;
  /** Runs `fn` without recording a graph. */
  noGrad<T>(fn: () => T): T;
  /** Gradients of `outputs` with respect to `inputs`; no `grad` is touched. */
  grad(
    outputs: Tensor | readonly Tensor[],
    inputs: Tensor | readonly Tensor[],
    options?: GradOptions,
  ): (Tensor | null)[];
  isTensor(value: unknown): value is Tensor;
  memory(): Memory;
  /** All operations; several of one name are overloads, tried in order. */
  operations(): OperationInfo[];
}

/** Fetches and instantiates the engine: the fastest build that runs here unless told otherwise. */
export declare function load(options?: LoadOptions): Promise<Gradpad>;

/** Fetches and compiles it only, for `load({ compiled })`, here or in a worker. */
export declare function compile(options?: { variant?: Variant }): Promise<Compiled>;
