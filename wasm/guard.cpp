// The JavaScript error for a C++ one.
#include "guard.h"

#include <emscripten/val.h>

namespace gradpad::web {

namespace {

const char* exception_name(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Runtime:
      return "RuntimeError";
    case ErrorKind::Type:
      return "TypeError";
    case ErrorKind::Value:
      return "ValueError";
    case ErrorKind::Index:
      return "IndexError";
    case ErrorKind::Key:
      return "KeyError";
    case ErrorKind::Attribute:
      return "AttributeError";
    case ErrorKind::Name:
      return "NameError";
    case ErrorKind::ZeroDivision:
      return "ZeroDivisionError";
    case ErrorKind::Overflow:
      return "OverflowError";
    case ErrorKind::NotImplemented:
      return "NotImplementedError";
    case ErrorKind::Assertion:
      return "AssertionError";
    case ErrorKind::Memory:
      return "MemoryError";
    case ErrorKind::Import:
      return "ImportError";
    case ErrorKind::OS:
      return "OSError";
  }
  return "RuntimeError";
}

}  // namespace

void throw_error(const Error& error) {
  using emscripten::val;
  val object = val::global("Error").new_(error.message());
  object.set("name", val(exception_name(error.kind())));
  object.throw_();
}

}  // namespace gradpad::web
