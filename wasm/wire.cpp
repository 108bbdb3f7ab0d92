// Writing and reading the slots of wire.h.
#include "wire.h"

#include <bit>
#include <cstring>
#include <utility>

namespace gradpad::web {

namespace {

// Buffers up to this size stay for the next call.
constexpr size_t kKeptSlots = 64 * 1024;

constexpr size_t slots_of(size_t bytes) { return (bytes + 7) / 8; }

struct Header {
  Tag tag;
  uint32_t count;
};
Header header_of(uint64_t slot) {
  return {static_cast<Tag>(static_cast<uint32_t>(slot)), static_cast<uint32_t>(slot >> 32)};
}

std::vector<uint64_t>& input_slots() {
  static std::vector<uint64_t> slots;
  return slots;
}

}  // namespace

void Writer::clear() {
  slots_.clear();
  if (slots_.capacity() > kKeptSlots) std::vector<uint64_t>().swap(slots_);
}

void Writer::header(Tag tag, uint32_t count) {
  slots_.push_back(static_cast<uint64_t>(tag) | static_cast<uint64_t>(count) << 32);
}

void Writer::number(double value) {
  header(Tag::Number, 0);
  slots_.push_back(std::bit_cast<uint64_t>(value));
}

void Writer::integer(int64_t value) {
  header(Tag::Integer, 0);
  slots_.push_back(static_cast<uint64_t>(value));
}

void Writer::scalar(const Scalar& value) {
  if (value.is_float()) {
    number(value.to_double());
  } else if (value.is_int()) {
    integer(value.to_int());
  } else {
    boolean(value.truth());
  }
}

void Writer::handle(const Variable& variable) {
  if (!variable.defined()) return null();
  slots_.reserve(slots_.size() + 1);  // or the reference would be lost
  header(Tag::Handle, give(variable));
}

void Writer::text(std::string_view value) {
  header(Tag::Text, static_cast<uint32_t>(value.size()));
  const size_t at = slots_.size();
  slots_.resize(at + slots_of(value.size()));
  if (!value.empty()) std::memcpy(&slots_[at], value.data(), value.size());
}

void Writer::numbers(std::span<const double> values) {
  header(Tag::Numbers, static_cast<uint32_t>(values.size()));
  for (double value : values) slots_.push_back(std::bit_cast<uint64_t>(value));
}

void Writer::numbers(const Dims& values) {
  header(Tag::Numbers, static_cast<uint32_t>(values.size()));
  for (int64_t value : values) {
    slots_.push_back(std::bit_cast<uint64_t>(static_cast<double>(value)));
  }
}

void Writer::arg(const Arg& value) {
  if (auto* variable = value.get<Variable>()) return handle(*variable);
  if (auto* number = value.get<Scalar>()) return scalar(*number);
  if (auto* sizes = value.get<Dims>()) return numbers(*sizes);
  if (auto* type = value.get<DType>()) return dtype(*type);
  if (auto* words = value.get<std::string>()) return text(*words);
  auto* items = value.get<Args>();
  if (!items) return null();
  list(items->size());
  for (const Arg& item : *items) arg(item);
}

void Record::add(const char* name, size_t length) {
  const auto address = static_cast<uint64_t>(reinterpret_cast<uintptr_t>(name));
  writer_.slots_.push_back(address | static_cast<uint64_t>(length) << 32);
  writer_.slots_[at_] += uint64_t{1} << 32;
}

std::span<const uint64_t> Reader::take(size_t slots) {
  if (slots > rest_.size()) fail(ErrorKind::Type, "an argument reaches beyond the arguments");
  const std::span<const uint64_t> taken = rest_.first(slots);
  rest_ = rest_.subspan(slots);
  return taken;
}

Arg Reader::arg(int depth) {
  const auto [tag, count] = header_of(take_one());
  switch (tag) {
    case Tag::Null:
      return {};
    case Tag::False:
    case Tag::True:
      return Scalar(tag == Tag::True);
    case Tag::Number:
      return Scalar(std::bit_cast<double>(take_one()));
    case Tag::Integer:
      return Scalar(static_cast<int64_t>(take_one()));
    case Tag::Handle:
      return held(count);
    case Tag::DType:
      if (count > static_cast<uint32_t>(DType::Bool)) fail(ErrorKind::Type, "no dtype ", count);
      return static_cast<DType>(count);
    case Tag::Text: {
      const std::span<const uint64_t> bytes = take(slots_of(count));
      return std::string(reinterpret_cast<const char*>(bytes.data()), count);
    }
    case Tag::Sizes: {
      const std::span<const uint64_t> values = take(count);
      Dims sizes(count, 0);
      for (size_t i = 0; i < count; ++i) sizes[i] = static_cast<int64_t>(values[i]);
      return sizes;
    }
    case Tag::List: {
      if (depth == 0) fail(ErrorKind::Type, "lists of arguments are nested too deep");
      Args items;
      for (uint32_t i = 0; i < count; ++i) items.push_back(arg(depth - 1));
      return items;
    }
    case Tag::Numbers:
    case Tag::Record:
      break;
  }
  fail(ErrorKind::Type, "an argument of an unknown kind: ", static_cast<uint32_t>(tag));
}

template <class T>
T Reader::expect() {
  Arg value = arg();
  if (T* found = std::get_if<T>(&value.value)) return std::move(*found);
  fail(ErrorKind::Type, "an argument of another kind than was expected");
}

Scalar Reader::scalar() { return expect<Scalar>(); }
Dims Reader::dims() { return expect<Dims>(); }
std::string Reader::text() { return expect<std::string>(); }

int64_t Reader::integer() {
  const Scalar value = scalar();
  if (!value.is_int()) fail(ErrorKind::Type, "an argument that is no integer");
  return value.to_int();
}

double Reader::number() { return scalar().to_double(); }

bool Reader::boolean() { return scalar().truth(); }

std::optional<int64_t> Reader::optional_integer() {
  const Arg value = arg();
  if (value.is_none()) return std::nullopt;
  const Scalar* number = value.get<Scalar>();
  if (!number || !number->is_int()) fail(ErrorKind::Type, "an argument that is no integer");
  return number->to_int();
}

std::optional<DType> Reader::optional_dtype() {
  const Arg value = arg();
  if (value.is_none()) return std::nullopt;
  const DType* dtype = value.get<DType>();
  if (!dtype) fail(ErrorKind::Type, "an argument that is no dtype");
  return *dtype;
}

Variables Reader::variables() {
  Variables result;
  for (const Arg& item : expect<Args>()) {
    const Variable* variable = item.get<Variable>();
    if (!variable && !item.is_none()) fail(ErrorKind::Type, "an argument that is no tensor");
    result.push_back(variable ? *variable : Variable());
  }
  return result;
}

Writer& output() {
  static Writer writer;
  return writer;
}

Reader input() { return Reader(input_slots()); }

uintptr_t reserve_input(size_t slots) {
  std::vector<uint64_t>& buffer = input_slots();
  if (buffer.size() > kKeptSlots && slots <= kKeptSlots) std::vector<uint64_t>().swap(buffer);
  if (buffer.size() < slots) buffer.resize(slots);
  return reinterpret_cast<uintptr_t>(buffer.data());
}

}  // namespace gradpad::web
