// Keeping, passing on and cutting printed text.
#include "lang/runtime/output.h"

#include <utility>

#include "gradpad/tensor/error.h"

namespace gradpad::lang {

namespace {

/// The most bytes, up to `bytes`, that end with a whole code point.
size_t whole_text(std::string_view text, size_t bytes) {
  if (bytes >= text.size()) return text.size();
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return bytes;
}

}  // namespace

void OutputStream::open(TextSink sink, bool keep, int64_t limit) {
  sink_ = std::move(sink);
  keep_ = keep;
  limit_ = limit;
  written_ = dropped_ = 0;
  open_ = at_line_start_ = true;
  Kept().swap(kept_);
}

void OutputStream::write(std::string_view text) {
  if (!open_ || text.empty()) return;
  std::string_view head = text;
  if (limit_ > 0) {
    const int64_t room = dropped_ > 0 ? 0 : limit_ - written_;
    head = text.substr(0, whole_text(text, static_cast<size_t>(room)));
  }
  dropped_ += static_cast<int64_t>(text.size() - head.size());
  if (head.empty()) return;
  written_ += static_cast<int64_t>(head.size());
  append(head);
}

void OutputStream::append(std::string_view text) {
  if (text.empty()) return;
  at_line_start_ = text.back() == '\n';
  if (keep_) kept_ += text;
  if (sink_) sink_(text);
}

void OutputStream::close() {
  if (dropped_ > 0) {
    append(concat(at_line_start_ ? "" : "\n", "[", dropped_,
                  " more bytes were printed; the limit is ", limit_, "]\n"));
  }
  pause();
  sink_ = nullptr;
}

std::string OutputStream::take() {
  std::string text(kept_);
  Kept().swap(kept_);
  return text;
}

}  // namespace gradpad::lang
