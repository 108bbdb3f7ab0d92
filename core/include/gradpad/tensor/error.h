// Errors that a user may see. The kind decides which Python exception the language raises.
#pragma once

#include <cstdint>
#include <exception>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace gradpad {

// clang-format off
#define GRADPAD_ERROR_KINDS(X)                                             \
  X(Runtime) X(Type) X(Value) X(Index) X(Key) X(Attribute) X(Name)          \
  X(ZeroDivision) X(Overflow) X(NotImplemented) X(Assertion) X(Memory)      \
  X(Import) X(OS)
// clang-format on

enum class ErrorKind : uint8_t {
#define X(name) name,
  GRADPAD_ERROR_KINDS(X)
#undef X
};

/// Python's name of the exception: "RuntimeError".
std::string_view exception_name(ErrorKind kind);

class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string message) : kind_(kind), message_(std::move(message)) {}
  ErrorKind kind() const noexcept { return kind_; }
  const std::string& message() const noexcept { return message_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string message_;
};

// Default argument `caller`: the function that calls, named in the error it may cause. WebAssembly
// has no C++ callers to tell, and would download the names.
#ifdef __EMSCRIPTEN__
#define GRADPAD_CALLER ""
#else
#define GRADPAD_CALLER __builtin_FUNCTION()
#endif

/// What an operation says of an argument without a value.
[[noreturn]] void fail_undefined(std::string_view caller);

/// What has been written to the stream. std::bad_alloc where it found no memory for all of it, of
/// which streams say nothing.
std::string text_of(std::ostringstream&& out);

/// Joins anything that a stream prints: `concat("got ", n, " and ", m)`.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return text_of(std::move(out));
}

template <class... Parts>
[[noreturn]] void fail(ErrorKind kind, const Parts&... parts) {
  throw Error(kind, concat(parts...));
}

/// A broken precondition of a tensor operation; PyTorch raises RuntimeError for nearly all of them.
template <class... Parts>
[[noreturn]] void fail(const Parts&... parts) {
  throw Error(ErrorKind::Runtime, concat(parts...));
}

}  // namespace gradpad
