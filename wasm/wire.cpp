// Writing and reading the slots of wire.h.
#include "wire.h"

#include <bit>
#include <cstring>

namespace gradpad::web {

namespace {

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
  Ref<VariableImpl> reference = variable.ref();
  header(Tag::Handle, static_cast<uint32_t>(reinterpret_cast<uintptr_t>(reference.detach())));
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

Arg Reader::arg() {
  const auto [tag, count] = header_of(*at_++);
  switch (tag) {
    case Tag::Null:
      return {};
    case Tag::False:
    case Tag::True:
      return Scalar(tag == Tag::True);
    case Tag::Number:
      return Scalar(std::bit_cast<double>(*at_++));
    case Tag::Integer:
      return Scalar(static_cast<int64_t>(*at_++));
    case Tag::Handle:
      return Variable(Ref<VariableImpl>(reinterpret_cast<VariableImpl*>(uintptr_t{count})));
    case Tag::DType:
      return static_cast<DType>(count);
    case Tag::Text: {
      const uint64_t* bytes = at_;
      at_ += slots_of(count);
      return std::string(reinterpret_cast<const char*>(bytes), count);
    }
    case Tag::Numbers: {
      Dims sizes(count, 0);
      for (int64_t& size : sizes) size = static_cast<int64_t>(std::bit_cast<double>(*at_++));
      return sizes;
    }
    case Tag::List:
    case Tag::Record:
      break;
  }
  Args items;
  items.reserve(count);
  for (uint32_t i = 0; i < count; ++i) items.push_back(arg());
  return items;
}

std::string Reader::text() { return std::get<std::string>(arg().value); }

Dims Reader::dims() { return std::get<Dims>(arg().value); }

Variables Reader::variables() {
  const Arg list = arg();
  Variables result;
  for (const Arg& item : std::get<Args>(list.value)) {
    const Variable* variable = item.get<Variable>();
    result.push_back(variable ? *variable : Variable());
  }
  return result;
}

Writer& output() {
  static Writer writer;
  return writer;
}

Reader input() { return Reader(input_slots().data()); }

uintptr_t reserve_input(size_t slots) {
  std::vector<uint64_t>& buffer = input_slots();
  if (buffer.size() < slots) buffer.resize(slots);
  return reinterpret_cast<uintptr_t>(buffer.data());
}

}  // namespace gradpad::web
