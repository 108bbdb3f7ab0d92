// What the module throws. Four classes and no other: TypeError and RangeError of JavaScript for
// arguments that it refuses, and the two of this file.

import type { PythonError } from './api.js';

/**
 * What the engine itself refuses, with PyTorch's or Python's text; `name` is Python's exception.
 * Python's TypeError comes as JavaScript's own.
 */
export class GradpadError extends Error {
  constructor(
    override readonly name: PythonError,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A call at the wrong time: on what was disposed of, while a program is running, or on an engine
 * that broke down (`cause` is then what happened to it).
 */
export class StateError extends Error {
  override readonly name = 'StateError';
}

/** The error for an exception of C++. */
export function engineError(name: string, message: string): Error {
  return name === 'TypeError'
    ? new TypeError(message)
    : new GradpadError(name as PythonError, message);
}

export const valueError = (message: string): Error => new GradpadError('ValueError', message);
