// Particular calls among those in progress.
#include "lang/runtime/evaluator.h"

#include "lang/objects/code.h"

namespace gradpad::lang {

std::optional<FrameView> Evaluator::frame() const {
  std::optional<FrameView> innermost;
  walk_frames([&](const FrameView& frame) {
    innermost = frame;
    return false;
  });
  return innermost;
}

std::optional<FrameView> Evaluator::user_frame(int64_t level) const {
  std::optional<FrameView> found;
  walk_frames([&](const FrameView& frame) {
    if (frame.code->source->is_library) return true;
    found = frame;
    return --level > 0;
  });
  return found;
}

}  // namespace gradpad::lang
