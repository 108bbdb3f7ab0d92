// Compiled code of one function, class body or module.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lang/objects/bytecode.h"
#include "lang/objects/exception.h"
#include "lang/objects/object.h"
#include "lang/objects/sequence.h"
#include "lang/objects/str.h"
#include "lang/syntax/source.h"

namespace gradpad::lang {

/// What an instruction that names an attribute has learnt about the objects it met.
struct AttributeSite {
  Ref<Str> name;
  enum class Kind : uint8_t {
    None,
    Slot,        // an attribute of the instance, at `slot`
    Method,      // a function of the class
    ClassValue,  // any other value of the class
    Add,         // store: appends the attribute, giving shape `next`
  } kind = Kind::None;
  uint32_t shape = 0;    // id of the shape met; 0: no attributes
  uint32_t version = 0;  // of the class met
  uint32_t slot = 0;
  Value* value = nullptr;  // of the class; holds while its version does
  class Shape* next = nullptr;
};

/// An exception in [start, end) goes to `target`, with the exception in register `exception`.
struct Handler {
  uint32_t start;
  uint32_t end;
  uint32_t target;
  uint16_t exception;
  uint16_t depth;  // temporaries from this one on are dropped
};

constexpr uint32_t kNoMarks = 0xFFFFFFFF;

/// A comprehension is compiled in place; tracebacks show it as the function it is in Python 3.11.
struct InlinedRegion {
  uint32_t start;
  uint32_t end;
  const char* name;  // "<listcomp>"
  Span span;         // of the whole comprehension
};

class Code final : public Object {
 public:
  static constexpr Kind kKind = Kind::Code;
  Code() : Object(kKind) {}

  Ref<Str> name;
  Ref<Str> qualname;
  Ref<Source> source;
  std::vector<Instruction> instructions;
  std::vector<Span> spans;  // one for each instruction
  // For the marks that set an operator apart (~~^~~): one for each instruction, 0 or 1 + the index
  // of the operator's own span, or kNoMarks.
  std::vector<uint32_t> anchors;
  std::vector<Span> anchor_spans;
  /// The names of variables that instructions read as operands, by instruction.
  struct NameSpan {
    uint32_t instruction;
    uint16_t reg;
    Span span;
  };
  std::vector<NameSpan> name_spans;
  Values constants;
  mutable std::vector<AttributeSite> sites;
  std::vector<Handler> handlers;       // inner ones first
  std::vector<InlinedRegion> inlined;  // inner ones first

  // Parameters are the first registers: positional, keyword-only, *args, **kwargs.
  uint16_t positional = 0;
  uint16_t positional_only = 0;
  uint16_t keyword_only = 0;
  uint16_t default_count = 0;             // of the last positional parameters
  std::vector<bool> keyword_has_default;  // one for each keyword-only parameter
  bool has_args = false;
  bool has_kwargs = false;
  bool is_generator = false;
  bool is_module = false;
  bool is_class = false;
  bool is_simple = false;  // only positional parameters, not a generator: calls need no binding
  bool is_method = false;  // defined in a class body: count errors speak of it as Class.method

  uint32_t register_count = 0;
  // Temporaries are the last registers of a function; a module's lie among its places.
  uint32_t first_temporary = 0;
  uint32_t temporary_count = 0;
  /// Globals that one place alone of the module's code assigns.
  struct Assignment {
    uint32_t slot;
    Span span;
  };
  std::vector<Assignment> assignments;
  std::vector<Ref<Str>> local_names;  // of registers, null for temporaries
  std::vector<Ref<Str>> free_names;   // of closure places
  /// Where a new function gets its closure from: a register holding a cell, or the closure of the
  /// function that makes it.
  struct Capture {
    bool from_closure;
    uint16_t index;
  };
  std::vector<Capture> captures;
  Value doc;
};

}  // namespace gradpad::lang
