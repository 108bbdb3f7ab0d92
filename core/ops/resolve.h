// Which overload a call means, and what binds to each of its parameters: in order of the overloads,
// by position, by name, by numpy's name (`axis`, `keepdims`), a list of ints or tensors given as
// separate arguments, defaults; and PyTorch's error texts where nothing fits. It follows PyTorch's
// PythonArgParser.
//
// The arguments may be values of the language or Args (arg_source.h): a Source says what each is.
//
//   using Value;  const Value* values;   // those given by position, then those given by name
//   size_t positional, named;  std::string_view name(k);
//   bool is_none(v), is_tensor(v), is_scalar_tensor(v), is_number(v), is_bool(v), is_index(v),
//        is_dtype(v), is_string(v), is_device(v), is_generator(v);
//   std::optional<…> items(v);           // of a list or tuple: size() and [i]
//   std::string type_name(v);
//
// and gives what the parameter wants: tensor(v), scalar(v), index(v), dtype(v), string(v).
#pragma once

#include <functional>

#include "gradpad/tensor/small_vector.h"
#include "ops/signature.h"

namespace gradpad {

/// What binds to one parameter.
template <class Value>
struct Given {
  const Value* value = nullptr;  ///< null: left out, or None
  uint32_t separate = 0;         ///< so many ints or tensors from `value` on
};
template <class Source>
using Bound = SmallVector<Given<typename Source::Value>, 8>;

/// The errors of a call. Only they need the types as text.
struct CallTypes {
  std::string_view function;
  std::vector<std::string> positional;
  std::vector<std::pair<std::string_view, std::string>> named;
  /// Whether argument i, of all, fits a parameter.
  std::function<bool(const Param&, size_t)> accepts;
};
[[noreturn]] void raise_extra_positional(std::string_view function, const Overload& overload,
                                         size_t given);
[[noreturn]] void raise_missing(std::string_view function, const Overload& overload, size_t from);
[[noreturn]] void raise_unexpected_keyword(const CallTypes& call, const Overload& overload);
/// "add() received an invalid combination of arguments - got (str), but expected one of: …".
std::string no_match_text(const CallTypes& call, std::span<const Overload> overloads);
/// The one overload that takes as many arguments; null if there are none or several.
const Overload* only_plausible(std::span<const Overload> overloads, size_t count);
/// Whether numpy calls PyTorch's `name` so.
bool is_numpy_name(std::string_view given, std::string_view name);

/// Whether an argument may stand for a parameter.
template <class Source>
bool accepts(const Source& source, const Param& param, const typename Source::Value& v) {
  switch (param.type) {
    case ArgType::Tensor:
      return source.is_tensor(v) || (param.takes_number && source.is_number(v));
    case ArgType::TensorList: {
      const auto items = source.items(v);
      if (!items) return false;
      for (size_t i = 0; i < items->size(); ++i) {
        if (!source.is_tensor((*items)[i])) {
          fail(ErrorKind::Type, "expected Tensor as element ", i, " in argument 0, but got ",
               source.type_name((*items)[i]));
        }
      }
      return true;
    }
    case ArgType::Scalar:
    case ArgType::Float:
      return source.is_number(v) || source.is_scalar_tensor(v);
    case ArgType::Int:
      return !source.is_bool(v) && source.is_index(v) &&
             (!source.is_tensor(v) || source.is_scalar_tensor(v));
    case ArgType::Bool:
      return source.is_bool(v);
    case ArgType::IntList: {
      const auto items = source.items(v);
      // The rest of the items is looked at when the list is read, which says which is wrong.
      if (items) return items->size() == 0 || source.is_index((*items)[0]);
      return param.list_size > 0 && !source.is_bool(v) && source.is_index(v);
    }
    case ArgType::DType:
      return source.is_dtype(v);
    case ArgType::String:
      return source.is_string(v);
    case ArgType::Device:
      return source.is_device(v);
    case ArgType::Generator:
      return source.is_generator(v);
    case ArgType::Object:
      return true;
  }
  return false;
}

template <class Source>
CallTypes types_of(const Source& source, std::string_view function) {
  CallTypes call{function, {}, {}, {}};
  for (size_t i = 0; i < source.positional; ++i) {
    call.positional.push_back(source.type_name(source.values[i]));
  }
  for (size_t k = 0; k < source.named; ++k) {
    call.named.emplace_back(source.name(k), source.type_name(source.values[source.positional + k]));
  }
  call.accepts = [&source](const Param& param, size_t i) {
    return accepts(source, param, source.values[i]);
  };
  return call;
}

/// The argument that was given by a parameter's name; null for none.
template <class Source>
const typename Source::Value* find_named(const Source& source, std::string_view name) {
  for (size_t k = 0; k < source.named; ++k) {
    if (source.name(k) == name) return &source.values[source.positional + k];
  }
  for (size_t k = 0; k < source.named; ++k) {
    if (is_numpy_name(source.name(k), name)) return &source.values[source.positional + k];
  }
  return nullptr;
}

/// Binds the arguments to one overload. Where they do not fit: false, or the error if `report`.
template <class Source>
bool match(const Source& source, std::string_view function, const Overload& overload,
           Bound<Source>& out, bool report) {
  const bool separate_ints = overload.takes_separate_ints();
  if (source.positional > overload.max_positional && !separate_ints && !overload.is_variadic) {
    if (report) raise_extra_positional(function, overload, source.positional);
    return false;
  }
  out.clear();
  size_t position = 0, remaining = source.named;
  for (size_t i = 0; i < overload.params.size(); ++i) {
    const Param& param = overload.params[i];
    Given<typename Source::Value> given;
    bool by_name = false;
    if (position < source.positional) {
      if (param.keyword_only) {
        if (report) raise_extra_positional(function, overload, source.positional);
        return false;
      }
      given.value = &source.values[position];
    } else if (source.named > 0) {
      given.value = find_named(source, param.name);
      by_name = given.value != nullptr;
    }
    const auto* const value = given.value;
    if (param.variadic && value && !by_name && source.is_tensor(*value)) {
      given.separate = static_cast<uint32_t>(source.positional - position);
      for (size_t k = position; k < source.positional; ++k) {
        if (source.is_tensor(source.values[k])) continue;
        fail(ErrorKind::Type, "expected Tensor as element ", k - position, " in argument ",
             position, ", but got ", source.type_name(source.values[k]));
      }
      out.push_back(given);
      position = source.positional;
      continue;
    }
    if (!value) {
      if (!param.default_value) {
        if (report) raise_missing(function, overload, i);
        return false;
      }
    } else if (source.is_none(*value) && (param.optional || source.leaves_out(*value, param))) {
      given.value = nullptr;
    } else if (accepts(source, param, *value)) {
      // As it is.
    } else if (separate_ints && position == 0 && !by_name && source.is_index(*value)) {
      given.separate = static_cast<uint32_t>(source.positional);
      out.push_back(given);
      position = source.positional;
      continue;
    } else {
      if (report) {
        const std::string place = by_name ? "" : concat(" (position ", position + 1, ")");
        fail(ErrorKind::Type, function, "(): argument '", param.name, "'", place, " must be ",
             type_text(param.type), ", not ", source.type_name(*value));
      }
      return false;
    }
    out.push_back(given);
    if (by_name) {
      --remaining;
    } else if (value) {
      ++position;
    }
  }
  if (remaining > 0) {
    if (report) raise_unexpected_keyword(types_of(source, function), overload);
    return false;
  }
  if (position < source.positional) {
    if (report) raise_extra_positional(function, overload, source.positional);
    return false;
  }
  return true;
}

/// The first overload that the arguments fit, which are then bound; TypeError where none does.
template <class Source>
size_t resolve(const Source& source, std::string_view function, std::span<const Overload> overloads,
               Bound<Source>& out) {
  const bool single = overloads.size() == 1;
  for (size_t which = 0; which < overloads.size(); ++which) {
    if (match(source, function, overloads[which], out, single)) return which;
  }
  if (const Overload* only = only_plausible(overloads, source.positional + source.named)) {
    match(source, function, *only, out, true);
  }
  fail(ErrorKind::Type, no_match_text(types_of(source, function), overloads));
}

/// A list of ints, also as separate ones, or one that stands for many.
template <class Source>
Dims take_ints(const Source& source, std::string_view function, const Param& param,
               const Given<typename Source::Value>& given) {
  Dims dims;
  const auto add = [&](const typename Source::Value& item, size_t place) {
    if (!source.is_index(item)) {
      fail(ErrorKind::Type, function, "(): argument '", param.name, "' must be ",
           type_text(param.type), ", but found element of type ", source.type_name(item),
           " at pos ", place + 1);
    }
    dims.push_back(source.index(item));
  };
  if (given.separate > 0) {
    for (size_t k = 0; k < given.separate; ++k) add(given.value[k], k);
  } else if (const auto items = source.items(*given.value)) {
    for (size_t k = 0; k < items->size(); ++k) add((*items)[k], k);
  } else {
    return Dims(static_cast<size_t>(param.list_size), source.index(*given.value));
  }
  return dims;
}

/// What an operation wants for a parameter; its default where it was left out.
template <class Source>
Arg take(const Source& source, std::string_view function, const Param& param,
         const Given<typename Source::Value>& given) {
  if (!given.value) return param.default_value ? *param.default_value : Arg();
  const typename Source::Value& v = *given.value;
  switch (param.type) {
    case ArgType::Tensor:
      return source.is_tensor(v) ? Arg(source.tensor(v)) : Arg(source.scalar(v));
    case ArgType::TensorList: {
      Args list;
      if (given.separate > 0) {
        for (size_t k = 0; k < given.separate; ++k)
          list.emplace_back(source.tensor(given.value[k]));
      } else {
        const auto items = source.items(v);
        for (size_t k = 0; k < items->size(); ++k) list.emplace_back(source.tensor((*items)[k]));
      }
      return list;
    }
    case ArgType::Scalar:
    case ArgType::Float:
      return source.scalar(v);
    case ArgType::Int:
      return Scalar(source.index(v));
    case ArgType::Bool:
      return Scalar(source.scalar(v).truth());
    case ArgType::IntList:
      return take_ints(source, function, param, given);
    case ArgType::DType:
      return source.dtype(v);
    case ArgType::String:
      return source.string(v);
    case ArgType::Device:
    case ArgType::Generator:
    case ArgType::Object:
      break;
  }
  return {};
}

}  // namespace gradpad
