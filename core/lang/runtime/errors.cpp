// Raising exceptions of the language, and turning those of C++ into them.
#include <algorithm>
#include <new>
#include <stdexcept>

#include "lang/objects/code.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/memory_limits.h"
#include "lang/runtime/output.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/tables.h"

namespace gradpad::lang {

namespace {

Type* type_for(const Types& types, ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Runtime:
      return types.runtime_error;
    case ErrorKind::Type:
      return types.type_error;
    case ErrorKind::Value:
      return types.value_error;
    case ErrorKind::Index:
      return types.index_error;
    case ErrorKind::Key:
      return types.key_error;
    case ErrorKind::Attribute:
      return types.attribute_error;
    case ErrorKind::Name:
      return types.name_error;
    case ErrorKind::ZeroDivision:
      return types.zero_division_error;
    case ErrorKind::Overflow:
      return types.overflow_error;
    case ErrorKind::NotImplemented:
      return types.not_implemented_error;
    case ErrorKind::Assertion:
      return types.assertion_error;
    case ErrorKind::Memory:
      return types.memory_error;
    case ErrorKind::Import:
      return types.import_error;
    case ErrorKind::OS:
      return types.os_error;
  }
  return types.runtime_error;
}

}  // namespace

Ref<Exception> Runtime::make_exception(Type* type, std::string message) {
  Ref<Exception> exception = make_of<Exception>(type);
  exception->args = message.empty() ? make_tuple({}) : make_tuple({make_str(std::move(message))});
  return exception;
}

void Runtime::raise(Type* type, std::string message) {
  throw Raised{make_exception(type, std::move(message))};
}

void Runtime::raise_value(Type* type, Value argument) {
  Ref<Exception> exception = make_of<Exception>(type);
  exception->args = make_tuple({std::move(argument)});
  throw Raised{std::move(exception)};
}

void Runtime::raise(Ref<Exception> exception) { throw Raised{std::move(exception)}; }

Ref<Exception> Runtime::translate_current_exception() {
  // The program may have used up its memory: saying so must not fail, so it counts for nothing, and
  // where there is none at all an exception made beforehand serves.
  const MemoryLimits none(0);
  try {
    try {
      throw;
    } catch (Raised& raised) {
      return std::move(raised.exception);
    } catch (const Error& error) {
      return make_exception(type_for(types, error.kind()), error.message());
    } catch (const std::bad_alloc&) {
      ++heap_stats().refused;
      return make_exception(types.memory_error, "");
    } catch (const std::length_error&) {
      return make_exception(types.memory_error, "");
    } catch (const std::exception& error) {
      return make_exception(types.system_error, error.what());
    }
  } catch (const Error&) {
    return spare_memory_error();
  } catch (const std::bad_alloc&) {
    return spare_memory_error();
  }
}

/// One that nothing else holds, or, where a program keeps them all, one again.
Ref<Exception> Runtime::spare_memory_error() {
  Ref<Exception>& found = spare_memory_errors_[next_spare_++ % spare_memory_errors_.size()];
  if (found->use_count() == 1) {
    found->clear_references();
    found->args = no_arguments_;
    found->in_flight = false;
  }
  return found;
}

void Runtime::make_spare_memory_errors() {
  no_arguments_ = make_tuple({});
  for (Ref<Exception>& spare : spare_memory_errors_) spare = make_exception(types.memory_error, "");
}

void Runtime::warn(Type* category, const std::string& text) {
  if (warning_hook.is_bound()) {
    const Value hook = warning_hook;
    call(hook, {Value(category), make_str(text)});
    return;
  }
  const std::optional<FrameView> frame = evaluator_->user_frame();
  const std::string file = frame ? frame->code->source->filename : "<string>";
  std::string line =
      concat(file, ":", frame ? frame->span.line : 0, ": ", category->name(), ": ", text, "\n");
  if (!tables_->warned.insert(line).second) return;
  std::string_view source = frame ? frame->code->source->line(frame->span.line) : "";
  source.remove_prefix(std::min(source.find_first_not_of(" \t"), source.size()));
  if (!source.empty()) line += concat("  ", source, "\n");
  output_->error.write(line);
}

}  // namespace gradpad::lang
