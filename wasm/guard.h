// Turns C++ exceptions into JavaScript errors: `function("mm", guarded<&mm>)`. The error's name is
// that of Python's exception, its message the exception's text.
//
// No exception passes from one side to the other: that of C++ ends here and is told to JavaScript,
// which throws when the call has returned. Thrown through C++, the error of JavaScript would leave
// the stack pointer of the module where it stood, and the stack would be shorter for ever.
//
// Strings do not cross here through Embind, whose conversions take memory without looking whether
// they got it: they come and go on the wire.
#pragma once

namespace gradpad::web {

/// To be called while an exception is handled. One that is no error of a program goes on to
/// JavaScript, as a breakdown of the module.
void tell_exception();

template <auto function>
struct Guarded;
template <class Result, class... Params, Result (*function)(Params...)>
struct Guarded<function> {
  static Result call(Params... params) {
    try {
      return function(params...);
    } catch (...) {
      tell_exception();
    }
    return Result();
  }
};
template <auto function>
inline constexpr auto guarded = &Guarded<function>::call;

}  // namespace gradpad::web
