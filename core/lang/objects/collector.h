// The search for objects that only cycles keep alive.
//
// Trial deletion, as in CPython: from the count of each object in the list, every reference that
// comes from another one is taken off. Where something remains somebody outside holds the object, a
// frame, a local of C++, the page: it lives, with all that can be reached from it. The rest is
// garbage. An object that is not in the list but is held by one (a bound method, a tensor, a node
// of the graph) takes part, noted in a table for the time of the search.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "lang/objects/object.h"

namespace gradpad::lang {

class Collector {
 public:
  Collector() = default;
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;
  ~Collector() { clear(); }

  void add(Container* container) noexcept {
    container->next_ = first_;
    container->link_ = reinterpret_cast<uintptr_t>(&first_);
    if (first_) first_->link_ = reinterpret_cast<uintptr_t>(&container->next_);
    first_ = container;
  }
  /// Empties every container; those that only cycles kept alive are freed.
  void clear() noexcept;

  struct Garbage {
    std::vector<Ref<Container>> containers;
    /// What CPython counts as objects: these, and what they alone hold of methods and tuples.
    size_t count = 0;
  };
  /// What is garbage now. With `finished_only`, what code of the user's has to run for first is
  /// left out, and all that it holds. Changes nothing; std::bad_alloc where there is no room for
  /// the notes.
  Garbage find(bool finished_only);
  /// Those of `candidates` that are still garbage when code of the user's has run.
  Garbage find_among(const std::vector<Ref<Container>>& candidates);
  /// How many objects the last search looked at.
  size_t visited() const noexcept { return visited_; }

  void for_each(const std::function<void(Container&)>& visit) const;

 private:
  class Search;

  Container* first_ = nullptr;
  size_t visited_ = 0;
};

}  // namespace gradpad::lang
