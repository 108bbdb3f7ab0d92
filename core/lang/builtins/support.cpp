// Error texts, argument counts, indices: what the built-in types and functions share.
#include "lang/builtins/support.h"

#include <limits>

#include "lang/objects/heap.h"

namespace gradpad::lang {

std::string text_of(Parts parts) {
  size_t size = 0;
  for (std::string_view part : parts) size += part.size();
  std::string text;
  text.reserve(size);
  for (std::string_view part : parts) text.append(part);
  return text;
}

void fail_with(ErrorKind kind, Parts parts) { throw Error(kind, text_of(parts)); }

void fail_memory() { throw Error(ErrorKind::Memory, ""); }

void check_positional(std::string_view function, const Arguments& arguments, int64_t least,
                      int64_t most) {
  if (arguments.named > 0) fail_type({function, "() takes no keyword arguments"});
  const int64_t given = arguments.positional;
  if (given >= least && given <= most) return;
  const int64_t bound = given < least ? least : most;
  fail_type({function, " expected ",
             least == most   ? ""
             : given < least ? "at least "
                             : "at most ",
             std::to_string(bound), bound == 1 ? " argument, got " : " arguments, got ",
             std::to_string(given)});
}

CallArguments::CallArguments(std::string_view function, const Arguments& arguments,
                             std::initializer_list<std::string_view> names) {
  const size_t count = names.size();
  if (arguments.positional + arguments.named > count) {
    fail_type({function, "() takes at most ", std::to_string(count),
               count == 1 ? " argument (" : " arguments (",
               std::to_string(arguments.positional + arguments.named), " given)"});
  }
  for (size_t i = 0; i < arguments.positional; ++i) values_[i] = arguments.values[i];
  for (size_t i = 0; i < arguments.named; ++i) {
    const std::string_view name = arguments.names[i]->view();
    size_t at = 0;
    while (at < count && names.begin()[at] != name) ++at;
    if (at == count) {
      fail_type({"'", name, "' is an invalid keyword argument for ", function, "()"});
    }
    if (values_[at].is_bound()) {
      fail_type({"argument for ", function, "() given by name ('", name, "') and position (",
                 std::to_string(at + 1), ")"});
    }
    values_[at] = arguments.values[arguments.positional + i];
  }
}

void check_room(int64_t count, int64_t bytes_each) {
  constexpr int64_t kMost = std::numeric_limits<ptrdiff_t>::max() / 2;
  if (count > kMost / bytes_each) fail_memory();
  const HeapStats& stats = heap_stats();
  if (stats.limit_bytes > 0 && count * bytes_each > stats.limit_bytes - stats.live_bytes) {
    fail_memory();
  }
}

bool read_index(Runtime& rt, const Value& key, int64_t length, int64_t& index) {
  if (key.is_integral()) {
    index = key.as_int();
  } else if (key.is_float() || key.is_none()) {
    return false;
  } else {
    if (!rt.type_of(key)->lookup(rt.names.index.get())) return false;
    index = rt.to_index(key);
  }
  if (index < 0) index += length;
  return true;
}

void read_bounds(Runtime& rt, const Value& start, const Value& stop, int64_t length, int64_t& from,
                 int64_t& to) {
  const auto read = [&](const Value& v, int64_t otherwise) {
    if (v.is_unbound() || v.is_none()) return otherwise;
    if (!v.is_integral() && !v.is_tensor() && !rt.type_of(v)->lookup(rt.names.index.get())) {
      fail_type({"slice indices must be integers or None or have an __index__ method"});
    }
    int64_t i = rt.to_index(v);
    if (i < 0) i = i < -length ? 0 : i + length;
    return i;
  };
  from = read(start, 0);
  to = read(stop, length);
  if (to > length) to = length;
}

}  // namespace gradpad::lang
