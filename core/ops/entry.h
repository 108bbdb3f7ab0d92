// Defines an OpEntry of list.h beside the function it calls:
//
//   GRADPAD_DEFINE_OP(mm, "mm(Tensor input, Tensor mat2) -> Tensor", "The matrix product …",
//                     "T[2,3], T[3,2]", kEverywhere, boxed<&mm>);
//
// The doc says what the operation means, by formula, in PyTorch's names; then in a line each
//
//   Derivative: of a loss by each operand, g being that of the result; none
//   Shape:      of the result
//   Dtypes:     that it takes and gives
//   Errors:     that it raises
//
// Overloads need say only what the first does not; `Alias of NAME.` says all of it. Standard
// sentences on shapes and dtypes are tried on the samples (tests/unit/ops_docs.cpp). The page's
// first visit does not download docs (wasm/texts.mjs).
#pragma once

#include "ops/boxed.h"
#include "ops/registry.h"

#define GRADPAD_DEFINE_OP(id, schema_text, doc_text, sample_text, space, ...)    \
  extern const OpEntry op_##id;                                                  \
  const OpEntry op_##id {                                                        \
    schema_text, doc_text, sample_text, static_cast<uint8_t>(space), __VA_ARGS__ \
  }
