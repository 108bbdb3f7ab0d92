// How values cross between C++ and JavaScript: as a row of 8-byte slots in the module's memory,
// which either side writes and reads with a few instructions per value. Embind's own conversions
// make a call into JavaScript for each property, a hundred times the price.
//
// A value is one header slot (a tag and a count, 32 bits each) and what the tag says follows. The
// other half of this format is js/wire.ts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "handles.h"
#include "ops/registry.h"

namespace gradpad::web {

// Number: a slot with a float64. Integer: a slot with an int64. Handle: the count is the Handle of
// a Variable, whose reference goes along. DType: the count is the DType. Text: so many bytes of
// UTF-8, up to the next slot. Numbers: so many slots with float64s. Sizes: so many slots with
// int64s. List: so many values. Record: so many fields, each a slot with address and length of the
// name, then the value.
// clang-format off
#define GRADPAD_WIRE_TAGS(X) \
  X(Null) X(False) X(True) X(Number) X(Integer) X(Handle) X(DType) X(Text) X(Numbers) X(Sizes) X(List) X(Record)
// clang-format on

enum class Tag : uint32_t {
#define X(name) name,
  GRADPAD_WIRE_TAGS(X)
#undef X
};

class Writer {
 public:
  /// Begins anew; what an uncommonly large value took is given back.
  void clear();
  uintptr_t address() const { return reinterpret_cast<uintptr_t>(slots_.data()); }

  void null() { header(Tag::Null, 0); }
  void boolean(bool value) { header(value ? Tag::True : Tag::False, 0); }
  void number(double value);
  void integer(int64_t value);
  void scalar(const Scalar& value);
  /// Null for the undefined Variable. JavaScript owns the reference from now on.
  void handle(const Variable& variable);
  void dtype(DType dtype) { header(Tag::DType, static_cast<uint32_t>(dtype)); }
  void text(std::string_view value);
  void numbers(std::span<const double> values);
  void numbers(const Dims& values);
  void list(size_t count) { header(Tag::List, static_cast<uint32_t>(count)); }
  void arg(const Arg& value);

 private:
  friend class Record;
  void header(Tag tag, uint32_t count);

  std::vector<uint64_t> slots_;
};

/// An object of JavaScript: `Record r(writer); r.field("name").text("x");`.
class Record {
 public:
  explicit Record(Writer& writer) : writer_(writer), at_(writer.slots_.size()) {
    writer.header(Tag::Record, 0);
  }
  /// Names are literals: JavaScript keeps each by its address once it has read it.
  template <size_t size>
  Writer& field(const char (&name)[size]) {
    add(name, size - 1);
    return writer_;
  }
  /// A name in the text of a signature, which stays as well.
  Writer& field(std::string_view name) {
    add(name.data(), name.size());
    return writer_;
  }

 private:
  void add(const char* name, size_t length);

  Writer& writer_;
  size_t at_;
};

/// Reads what JavaScript wrote. Nothing is believed: what would reach beyond the slots that there
/// are, or is of another kind than is asked for, is a TypeError.
class Reader {
 public:
  explicit Reader(std::span<const uint64_t> slots) : rest_(slots) {}
  /// References of handles stay with JavaScript. `depth`: how deep lists may stand in lists.
  Arg arg(int depth = 2);
  Scalar scalar();
  int64_t integer();
  double number();
  bool boolean();
  Dims dims();
  std::string text();
  /// Nothing for null.
  std::optional<int64_t> optional_integer();
  std::optional<DType> optional_dtype();
  Variables variables();

 private:
  std::span<const uint64_t> take(size_t slots);
  uint64_t take_one() { return take(1)[0]; }
  template <class T>
  T expect();

  std::span<const uint64_t> rest_;
};

/// Where results are written for JavaScript to read; valid until the next call.
Writer& output();
/// Where JavaScript writes arguments.
Reader input();
/// The address of at least so many slots for JavaScript to write.
uintptr_t reserve_input(size_t slots);

}  // namespace gradpad::web
