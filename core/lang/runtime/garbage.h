// When the search for cycles runs, and what comes before objects end: finalizers and the callbacks
// of weak references.
#pragma once

#include <cstdint>
#include <deque>

#include "gradpad/tensor/storage.h"
#include "lang/objects/collector.h"
#include "lang/objects/finisher.h"
#include "lang/objects/sequence.h"

namespace gradpad::lang {

class Runtime;

class Garbage final : public Finisher, public MemoryPressure {
 public:
  Garbage(Runtime& rt, Collector& collector);
  Garbage(const Garbage&) = delete;
  Garbage& operator=(const Garbage&) = delete;
  ~Garbage();

  /// For the time of a run, the memory of this thread tells this session of its growth.
  class Watch {
   public:
    explicit Watch(Garbage& garbage);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    Garbage& garbage_;
    MemoryPressure* outer_;
    int64_t outer_tensors_, outer_objects_;
  };

  /// Whether something waits for a safe point.
  bool is_due() const noexcept { return !finishing_ && (due_ || !pending_.empty()); }
  /// At a safe point: runs what has been put off, and a search if one is due. Throws only what no
  /// except clause may see.
  void at_safe_point();
  /// The same between two runs of a session that goes on, where a search costs nobody's time. A
  /// run may be over before it comes to a safe point, and another short one follow.
  void at_rest();
  /// Finds what only cycles keep alive and frees it; how many objects that were.
  int64_t collect();

  bool finish_later(Object& object) noexcept override;
  void on_growth() noexcept override;
  bool reclaim() noexcept override;
  void shut_down() noexcept;
  /// At the end of a program: what has been put off.
  void run_pending();

  // What the module gc shows and sets.
  bool enabled = true;
  int64_t thresholds[3] = {700, 10, 10};
  Value callbacks;  // a list, once the module has been imported
  Collector& collector() noexcept { return collector_; }
  /// Objects made since the last search that still live.
  int64_t grown() const noexcept;
  /// Set by the torch module: sees to it that weak references hear of the tensor's end.
  void (*watch_tensor)(const Value& tensor) = nullptr;
  /// Some class of the session has a `__del__`.
  bool has_finalizers = false;

 private:
  void finish(Object& object);
  void tell(const char* phase, int64_t collected);
  /// Calls code that nobody waits for: what it raises is printed, as CPython does, and forgotten.
  template <class Call>
  void run_alone(const Value& code, Call&& call);
  int64_t free(Collector::Garbage garbage);
  /// Says when the next search is due.
  void rearm() noexcept;
  void set_marks() noexcept;

  Runtime& rt_;
  Collector& collector_;
  std::deque<Ref<Object>> pending_;
  bool finishing_ = false;
  bool collecting_ = false;
  bool due_ = false;
  bool shut_ = false;
  int64_t objects_before_ = 0;
  /// How much may be added until the next search: objects, bytes of objects, bytes of tensors.
  /// While a run is watched, the marks say it instead.
  int64_t objects_left_ = 0, heap_left_ = 0, tensors_left_ = 0;
  int64_t objects_mark_ = 0;
  int64_t futile_at_ = -1;  // bytes in use when there was nothing to reclaim
};

}  // namespace gradpad::lang
