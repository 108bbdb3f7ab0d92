// Formatting: the specification after the colon of f"{x:>10.3f}", str.format and the % operator.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "lang/runtime/runtime.h"

namespace gradpad::lang {

/// [[fill]align][sign][z][#][0][width][grouping][.precision][type]
struct FormatSpec {
  std::string fill = " ";  // one code point
  char align = 0;          // < > ^ =
  char sign = 0;           // + or space; - or 0: only negative numbers have one
  bool no_negative_zero = false;
  bool alternate = false;
  char grouping = 0;  // , or _
  int64_t width = -1;
  int64_t precision = -1;
  char32_t type = 0;
};

/// ValueError with Python's text where the text is no specification.
FormatSpec parse_format_spec(std::string_view text, std::string_view type_name, char default_type,
                             char default_align);

/// format(value, spec) for the types that know the specification. `type_name` is for errors.
std::string format_text(std::string_view text, std::string_view spec, std::string_view type_name);
std::string format_int(int64_t value, std::string_view spec, std::string_view type_name);
std::string format_float(double value, std::string_view spec, std::string_view type_name);

/// The text filled to `width` code points; `align` is <, > or ^.
std::string pad_text(std::string_view text, int64_t width, std::string_view fill, char align);

/// The number as printf would write it for 'e', 'f' or 'g', upper case for 'E', 'F' and 'G'.
std::string float_text(double value, char type, int64_t precision, bool alternate);

/// str.format(*args, **kwargs). For format_map `args` is null and `kwargs` any mapping.
std::string format_fields(Runtime& rt, std::string_view format, Tuple* args, const Value& kwargs);
/// format % arguments
std::string format_percent(Runtime& rt, std::string_view format, const Value& arguments);

/// "\x07" and the like for what cannot be printed, as repr writes it; all beyond ASCII where asked.
std::string quoted_text(std::string_view text, bool ascii_only);
/// ascii(v)
Ref<Str> ascii_repr(Runtime& rt, const Value& v);

}  // namespace gradpad::lang
