// Where printed text goes, and how much of it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "lang/objects/heap.h"

namespace gradpad::lang {

using TextSink = std::function<void(std::string_view)>;

/// One stream of a program's text. Its beginning is kept, passed on, or both; what comes after the
/// limit is counted only, so that no program fills the host's memory by printing.
class OutputStream {
 public:
  /// `limit` in bytes, 0 for none. What is kept counts among the program's objects.
  void open(TextSink sink, bool keep, int64_t limit);
  /// MemoryError where the text that is kept passes the limit of the program's memory. What the
  /// sink throws comes through.
  void write(std::string_view text);
  /// A text of the host's own, beside the program's; no limit applies.
  void append(std::string_view text);
  /// Until resume() what is printed goes nowhere.
  void pause() noexcept { open_ = false; }
  void resume() noexcept { open_ = true; }
  /// If text was dropped, says so as the last line. No text comes in from now on.
  void close();

  /// Gives the kept text away.
  std::string take();
  int64_t dropped() const noexcept { return dropped_; }

 private:
  using Kept = std::basic_string<char, std::char_traits<char>, HeapAllocator<char>>;

  TextSink sink_;
  Kept kept_;
  int64_t limit_ = 0;
  int64_t written_ = 0;
  int64_t dropped_ = 0;
  bool keep_ = false;
  bool open_ = false;
  bool at_line_start_ = true;
};

struct Output {
  OutputStream out, error;
};

}  // namespace gradpad::lang
