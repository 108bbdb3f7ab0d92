// What C++ and TypeScript share. Made from C++ by tests/unit/shared_constants.cpp, which also
// checks it.

/** Element types. */
export type DType = 'uint8' | 'int32' | 'int64' | 'float32' | 'float64' | 'bool';

/** In the order of C++'s DType. */
export const dtypes: readonly DType[] = ['uint8', 'int32', 'int64', 'float32', 'float64', 'bool'];

/** Types of parameters and results of operations. */
export type ArgType =
  | 'Tensor'
  | 'Tensor[]'
  | 'Scalar'
  | 'int'
  | 'float'
  | 'bool'
  | 'int[]'
  | 'dtype'
  | 'str'
  | 'Device'
  | 'Generator'
  | 'object';

/** Ids of the hints beside errors. */
export type HintId =
  | 'did_you_mean'
  | 'no_module'
  | 'no_package'
  | 'cpu_only'
  | 'no_numpy'
  | 'no_async'
  | 'no_match'
  | 'no_groups'
  | 'no_character_names'
  | 'nested_too_deep'
  | 'backslash_in_fstring';

/** Names of the errors that come from C++. */
export type ErrorName =
  | 'RuntimeError'
  | 'TypeError'
  | 'ValueError'
  | 'IndexError'
  | 'KeyError'
  | 'AttributeError'
  | 'NameError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'NotImplementedError'
  | 'AssertionError'
  | 'MemoryError'
  | 'ImportError'
  | 'OSError';

/** What a value on the wire is. */
export const enum Tag {
  Null,
  False,
  True,
  Number,
  Integer,
  Handle,
  DType,
  Text,
  Numbers,
  Sizes,
  List,
  Record,
}
