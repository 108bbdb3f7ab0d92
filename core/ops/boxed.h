// Makes the uniform call of an OpEntry from a C++ function: each parameter is taken from an Arg.
#pragma once

#include <tuple>

#include "ops/registry.h"

namespace gradpad {

namespace boxing {

template <class T>
struct From;

template <>
struct From<Variable> {
  static Variable get(const Arg& arg) {
    if (auto* number = arg.get<Scalar>()) return Variable(*number);
    if (auto* variable = arg.get<Variable>()) return *variable;
    return {};
  }
};
template <>
struct From<Scalar> {
  static Scalar get(const Arg& arg) {
    if (auto* variable = arg.get<Variable>()) return variable->item();
    return std::get<Scalar>(arg.value);
  }
};
template <>
struct From<int64_t> {
  static int64_t get(const Arg& arg) { return From<Scalar>::get(arg).to_int(); }
};
template <>
struct From<double> {
  static double get(const Arg& arg) { return From<Scalar>::get(arg).to_double(); }
};
template <>
struct From<bool> {
  static bool get(const Arg& arg) { return From<Scalar>::get(arg).truth(); }
};
template <>
struct From<Dims> {
  static Dims get(const Arg& arg) {
    if (auto* dims = arg.get<Dims>()) return *dims;
    if (auto* number = arg.get<Scalar>()) return {number->to_int()};
    return {};
  }
};
template <>
struct From<DType> {
  static DType get(const Arg& arg) { return std::get<DType>(arg.value); }
};
template <>
struct From<std::string> {
  static std::string get(const Arg& arg) { return std::get<std::string>(arg.value); }
};
template <>
struct From<Variables> {
  static Variables get(const Arg& arg) {
    Variables list;
    if (auto* items = arg.get<Args>()) {
      for (const Arg& item : *items) list.push_back(From<Variable>::get(item));
    }
    return list;
  }
};
template <class T>
struct From<std::optional<T>> {
  static std::optional<T> get(const Arg& arg) {
    if (arg.is_none()) return std::nullopt;
    return From<T>::get(arg);
  }
};

inline Arg result(Variable value) { return value; }
inline Arg result(Scalar value) { return value; }
inline Arg result(bool value) { return Scalar(value); }
inline Arg result(int64_t value) { return Scalar(value); }
inline Arg result(double value) { return Scalar(value); }
inline Arg result(const Dims& value) { return value; }
inline Arg result(const Variables& values) { return Args(values.begin(), values.end()); }
inline Arg result(const std::vector<Variable>& values) {
  return Args(values.begin(), values.end());
}

template <auto function, class R, class... P, size_t... I>
Arg call(R (*)(P...), std::span<const Arg> args, std::index_sequence<I...>) {
  return result(function(From<std::decay_t<P>>::get(args[I])...));
}

template <auto function, class R, class... P>
Arg unpack(R (*pointer)(P...), std::span<const Arg> args) {
  return call<function>(pointer, args, std::index_sequence_for<P...>{});
}

}  // namespace boxing

/// `boxed<&mm>`; for one of several overloads `boxed<overload<const Variable&, int64_t>(sum)>`.
template <auto function>
Arg boxed(std::span<const Arg> args) {
  return boxing::unpack<function>(function, args);
}

/// Picks the overload whose parameters are exactly P.
template <class... P>
struct FunctionOverload {
  template <class R>
  constexpr auto operator()(R (*function)(P...)) const {
    return function;
  }
};
template <class... P>
inline constexpr FunctionOverload<P...> overload{};

}  // namespace gradpad
