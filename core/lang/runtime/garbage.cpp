// Marks, finalizers and callbacks around the search for cycles.
#include "lang/runtime/garbage.h"

#include <algorithm>
#include <new>

#include "lang/objects/weak_reference.h"
#include "lang/runtime/evaluator.h"
#include "lang/runtime/output.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"
#include "lang/runtime/traceback.h"

namespace gradpad::lang {

namespace {

// A search looks at every container of the session. It is due when as much has been added as it
// looked at last time, so that a program which builds and keeps pays for each object about once.
// Below these a search is not worth while.
constexpr int64_t kFewestObjects = 250'000;
constexpr int64_t kFewestBytes = 32 << 20;
constexpr int64_t kFewestTensorBytes = 64 << 20;
// Between two runs a search is worth while sooner.
constexpr int64_t kFewestAtRest = 5'000;
// What an object that is looked at takes at least.
constexpr int64_t kLeastBytes = 32;

int64_t bytes_in_use() noexcept { return heap_stats().live_bytes + memory_stats().live_bytes; }

class Flag {
 public:
  explicit Flag(bool& flag) : flag_(flag) { flag_ = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

Garbage::Garbage(Runtime& rt, Collector& collector) : rt_(rt), collector_(collector) { rearm(); }

Garbage::~Garbage() = default;

Garbage::Watch::Watch(Garbage& garbage)
    : garbage_(garbage),
      outer_(memory_stats().pressure),
      outer_tensors_(memory_stats().growth_mark),
      outer_objects_(heap_stats().growth_mark) {
  memory_stats().pressure = &garbage;
  garbage.set_marks();
}

Garbage::Watch::~Watch() {
  // What the run has added counts in the next one, too.
  garbage_.objects_left_ = garbage_.objects_mark_ - heap_stats().live_objects;
  garbage_.heap_left_ = garbage_.due_ ? 0 : heap_stats().growth_mark - heap_stats().live_bytes;
  garbage_.tensors_left_ =
      garbage_.due_ ? 0 : memory_stats().growth_mark - memory_stats().live_bytes;
  memory_stats().pressure = outer_;
  memory_stats().growth_mark = outer_tensors_;
  heap_stats().growth_mark = outer_objects_;
}

void Garbage::set_marks() noexcept {
  objects_mark_ = heap_stats().live_objects + objects_left_;
  heap_stats().growth_mark = heap_stats().live_bytes + heap_left_;
  memory_stats().growth_mark = memory_stats().live_bytes + tensors_left_;
}

int64_t Garbage::grown() const noexcept {
  return std::max<int64_t>(heap_stats().live_objects - objects_before_, 0);
}

void Garbage::rearm() noexcept {
  due_ = false;
  const auto visited = static_cast<int64_t>(collector_.visited());
  const HeapStats& heap = heap_stats();
  objects_before_ = heap.live_objects;
  objects_left_ = std::max({kFewestObjects, heap.live_objects, visited});
  heap_left_ = std::max({kFewestBytes, heap.live_bytes, visited * kLeastBytes});
  tensors_left_ = std::max(kFewestTensorBytes, memory_stats().live_bytes / 2);
  if (memory_stats().pressure == this) set_marks();
}

void Garbage::on_growth() noexcept {
  // Told once: the next mark is set when the search has run.
  heap_stats().growth_mark = memory_stats().growth_mark = INT64_MAX;
  due_ = true;
  rt_.evaluator().wake();
}

bool Garbage::finish_later(Object& object) noexcept {
  if (shut_) return false;
  try {
    pending_.emplace_back(&object);
  } catch (const std::bad_alloc&) {
    // Without memory to remember it, it ends without its clean-up.
    return false;
  }
  rt_.evaluator().wake();
  return true;
}

void Garbage::shut_down() noexcept {
  shut_ = true;
  pending_.clear();
  callbacks.clear();
}

void Garbage::at_safe_point() {
  if (finishing_ || shut_) return;
  run_pending();
  if (rt_.has_many_names() && !rt_.is_in_native_code()) rt_.forget_unused_names();
  if (!due_ && heap_stats().live_objects <= objects_mark_) return;
  if (enabled && thresholds[0] > 0) {
    collect();
  } else {
    rearm();
  }
}

void Garbage::at_rest() {
  if (shut_) return;
  run_pending();
  if (rt_.has_many_names()) rt_.forget_unused_names();
  const int64_t much = std::max(kFewestAtRest, static_cast<int64_t>(collector_.visited()));
  if (enabled && thresholds[0] > 0 && (due_ || grown() > much)) collect();
}

void Garbage::run_pending() {
  if (finishing_ || pending_.empty()) return;
  const Flag running(finishing_);
  while (!pending_.empty()) {
    const Ref<Object> object = std::move(pending_.front());
    pending_.pop_front();
    finish(*object);
  }
}

template <class Call>
void Garbage::run_alone(const Value& code, Call&& call) {
  try {
    call();
  } catch (...) {
    const Ref<Exception> error = rt_.translate_current_exception();
    if (error->uncatchable) rt_.raise(error);
    const std::string text =
        "Exception ignored in: " + rt_.repr(code)->text() + "\n" + format_traceback(rt_, *error);
    rt_.output().error.write(text);
  }
}

void Garbage::finish(Object& object) {
  const Value self(&object);
  object.mark_finished();
  if (object.kind() == Kind::Generator) {
    run_alone(self, [&] { rt_.call_method(self, rt_.intern("close").get()); });
  } else if (auto* reference = dynamic_cast<WeakReference*>(&object)) {
    const Value callback = std::move(reference->callback);
    run_alone(callback, [&] { rt_.call(callback, {self}); });
  } else if (const Value* found = object.type()->lookup(rt_.names.del.get())) {
    const Value method = *found;
    run_alone(method, [&] { call_found(rt_, method, self, {}); });
  }
}

void Garbage::tell(const char* phase, int64_t collected) {
  const List* list = callbacks.to<List>();
  if (!list || list->items.empty()) return;
  for (const Value& callback : Values(list->items)) {
    run_alone(callback, [&] {
      const Ref<Dict> info = rt_.make_dict();
      info->set(rt_, rt_.make_str("generation"), Value(2));
      info->set(rt_, rt_.make_str("collected"), Value(collected));
      info->set(rt_, rt_.make_str("uncollectable"), Value(0));
      rt_.call(callback, {rt_.make_str(phase), info});
    });
  }
}

int64_t Garbage::collect() {
  if (collecting_ || shut_) return 0;
  const Flag running(collecting_);
  run_pending();
  tell("start", 0);
  int64_t collected = 0;
  try {
    collected = free(collector_.find(false));
  } catch (const std::bad_alloc&) {
    // No room for the notes of the search: it is put off.
  }
  run_pending();
  rearm();
  tell("stop", collected);
  return collected;
}

int64_t Garbage::free(Collector::Garbage garbage) {
  if (garbage.containers.empty()) return 0;
  // Weak references among the garbage end untold; those to it hear of it before anything else.
  bool anyone = false;
  for (const Ref<Container>& container : garbage.containers) {
    if (container->kind() != Kind::Plain) continue;
    if (auto* reference = dynamic_cast<WeakReference*>(container.get())) reference->detach();
  }
  for (const Ref<Container>& container : garbage.containers) {
    if (container->is_weakly_referenced()) {
      clear_weak_references(*container);
      anyone = true;
    }
    if (container->needs_finish()) {
      container->mark_finished();
      pending_.emplace_back(container);
      anyone = true;
    }
  }
  if (anyone) {
    run_pending();
    garbage = collector_.find_among(garbage.containers);
  }
  for (const Ref<Container>& container : garbage.containers) container->clear_references();
  return static_cast<int64_t>(garbage.count);
}

bool Garbage::reclaim() noexcept {
  // Where objects are ending some stand in the list without being counted any more.
  if (collecting_ || shut_ || Object::is_any_ending()) return false;
  const int64_t before = bytes_in_use();
  // A program that meets the limit again and again shall not search again and again.
  if (futile_at_ >= 0 && std::abs(before - futile_at_) < kFewestBytes / 16) return false;
  const Flag running(collecting_);
  try {
    const Collector::Garbage garbage = collector_.find(true);
    for (const Ref<Container>& container : garbage.containers) container->clear_references();
  } catch (const std::bad_alloc&) {
    return false;
  }
  const bool freed = bytes_in_use() < before;
  futile_at_ = freed ? -1 : before;
  return freed;
}

}  // namespace gradpad::lang
