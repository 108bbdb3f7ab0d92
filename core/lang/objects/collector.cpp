// Trial deletion.
#include "lang/objects/collector.h"

#include <cassert>
#include <span>

#include "lang/objects/type.h"

namespace gradpad::lang {

namespace {

/// Notes on the objects that stand in no list: an open table by address.
class SideTable {
 public:
  struct Entry {
    RefCounted* object = nullptr;
    uint32_t count = 0;  // references from outside, as far as known
    bool alive = false;
  };

  Entry* find(const RefCounted* object) {
    if (entries_.empty()) return nullptr;
    Entry& entry = place(object);
    return entry.object ? &entry : nullptr;
  }
  /// The entry; `fresh` where it is new.
  Entry& add(RefCounted* object, bool& fresh) {
    if ((used_ + 1) * 4 > entries_.size() * 3) grow();
    Entry& entry = place(object);
    fresh = !entry.object;
    if (fresh) {
      entry.object = object;
      ++used_;
    }
    return entry;
  }
  std::span<Entry> entries() { return entries_; }
  size_t size() const { return used_; }

 private:
  Entry& place(const RefCounted* object) {
    const size_t mask = entries_.size() - 1;
    size_t at = (reinterpret_cast<uintptr_t>(object) >> 4) * size_t{0x9E3779B1} & mask;
    while (entries_[at].object && entries_[at].object != object) at = (at + 1) & mask;
    return entries_[at];
  }
  void grow() {
    std::vector<Entry> old(entries_.empty() ? 64 : entries_.size() * 2);
    old.swap(entries_);
    for (const Entry& entry : old) {
      if (entry.object) place(entry.object) = entry;
    }
  }

  std::vector<Entry> entries_;
  size_t used_ = 0;
};

// In Container::link_ during a search: the count of references from outside, and three bits.
constexpr uintptr_t kSearched = 1;
constexpr uintptr_t kAlive = 2;
constexpr uintptr_t kLeaf = 4;  // leads nowhere but to its type: a list of numbers
constexpr uintptr_t kOne = 8;

}  // namespace

/// One search. The links of the containers hold its notes from begin() to the end.
class Collector::Search {
 public:
  explicit Search(Collector& collector) : collector_(collector) {}
  ~Search() {
    // Every link is the address of the pointer to it again.
    Container** pointer = &collector_.first_;
    while (Container* container = *pointer) {
      container->link_ = reinterpret_cast<uintptr_t>(pointer);
      pointer = &container->next_;
    }
  }
  Search(const Search&) = delete;
  Search& operator=(const Search&) = delete;

  /// Takes a container into the search; `held` of its references are the caller's own.
  void enter(Container& container, uint32_t held) {
    container.link_ = (container.use_count() - held) * kOne | kSearched;
    ++entered_;
  }
  static bool is_entered(const Container& container) { return container.link_ & kSearched; }

  void run(bool finished_only) {
    Subtract subtract(*this);
    each([&](Container& container) {
      if (subtract.is_leaf(container)) container.link_ |= kLeaf;
      drain(subtract);
    });
    Mark mark(*this);
    each([&](Container& container) {
      if (container.link_ & kAlive) return;
      const bool held = container.link_ >= kOne || (finished_only && needs_user(container));
      if (!held) return;
      mark.live(container);
      drain(mark);
    });
    for (SideTable::Entry& entry : table_.entries()) {
      if (!entry.object || entry.alive || entry.count == 0) continue;
      entry.alive = true;
      waiting_.push_back(entry.object);
      drain(mark);
    }
  }

  Garbage take() {
    Garbage garbage;
    each([&](Container& container) {
      if (!(container.link_ & kAlive)) garbage.containers.emplace_back(&container);
    });
    garbage.count = garbage.containers.size();
    if (garbage.count > 0) {
      for (const SideTable::Entry& entry : table_.entries()) {
        if (!entry.object || entry.alive) continue;
        const auto* object = dynamic_cast<const Object*>(entry.object);
        if (object && object->kind() != Kind::Plain) ++garbage.count;
      }
    }
    collector_.visited_ = entered_ + table_.size();
    return garbage;
  }

 private:
  static bool needs_user(const Container& container) {
    return container.needs_finish() || container.is_weakly_referenced();
  }

  /// Takes each reference off the count of what it leads to.
  class Subtract final : public ReferenceVisitor {
   public:
    explicit Subtract(Search& search) : search_(search) {}
    bool is_leaf(Container& container) {
      reached_ = false;
      type_ = container.type();
      container.visit(*this);
      return !reached_;
    }

   private:
    void reach(RefCounted& target) override {
      if (target.reach() == Reach::Unknown) {
        target.settle_reach();
        if (target.reach() == Reach::Nothing) return;
      }
      if (&target != type_) reached_ = true;
      if (target.reach() == Reach::Listed) {
        auto& container = static_cast<Container&>(target);
        if (!(container.link_ & kSearched)) return;
        assert(container.link_ >= kOne);
        container.link_ -= kOne;
        return;
      }
      bool fresh = false;
      SideTable::Entry& entry = search_.table_.add(&target, fresh);
      if (fresh) {
        entry.count = target.use_count();
        search_.waiting_.push_back(&target);
      }
      assert(entry.count > 0);
      --entry.count;
    }
    void notice(RefCounted& target) override {
      reached_ = true;
      bool fresh = false;
      SideTable::Entry& entry = search_.table_.add(&target, fresh);
      if (!fresh) return;
      entry.count = target.use_count();
      search_.waiting_.push_back(&target);
    }
    Search& search_;
    const RefCounted* type_ = nullptr;
    bool reached_ = false;
  };

  /// Marks what can be reached from what lives.
  class Mark final : public ReferenceVisitor {
   public:
    explicit Mark(Search& search) : search_(search) {}
    void live(Container& container) {
      container.link_ |= kAlive;
      if (!(container.link_ & kLeaf)) {
        search_.waiting_.push_back(&container);
      } else if (Type* type = container.type()) {
        reach(*type);
      }
    }

   private:
    void reach(RefCounted& target) override {
      if (target.reach() == Reach::Listed) {
        auto& container = static_cast<Container&>(target);
        if ((container.link_ & (kSearched | kAlive)) == kSearched) live(container);
        return;
      }
      SideTable::Entry* entry = search_.table_.find(&target);
      if (!entry || entry->alive) return;
      entry->alive = true;
      search_.waiting_.push_back(&target);
    }
    Search& search_;
  };

  void drain(ReferenceVisitor& visitor) {
    while (!waiting_.empty()) {
      RefCounted* object = waiting_.back();
      waiting_.pop_back();
      object->visit(visitor);
    }
  }
  template <class Visit>
  void each(Visit&& visit) {
    for (Container* c = collector_.first_; c; c = c->next_) {
      if (c->link_ & kSearched) visit(*c);
    }
  }

  Collector& collector_;
  SideTable table_;
  std::vector<RefCounted*> waiting_;
  size_t entered_ = 0;
};

Collector::Garbage Collector::find(bool finished_only) {
  Search search(*this);
  for (Container* c = first_; c; c = c->next_) search.enter(*c, 0);
  search.run(finished_only);
  return search.take();
}

Collector::Garbage Collector::find_among(const std::vector<Ref<Container>>& candidates) {
  Search search(*this);
  for (const Ref<Container>& candidate : candidates) {
    // One that has left the list stands in none.
    if (candidate->link_) search.enter(*candidate, 1);
  }
  search.run(false);
  return search.take();
}

void Collector::clear() noexcept {
  // Emptying one may end others; those leave the list by themselves. The one at hand is held.
  while (first_) {
    Ref<Container> container(first_);
    container->unlink();
    container->clear_references();
  }
}

void Collector::for_each(const std::function<void(Container&)>& visit) const {
  for (Container* c = first_; c; c = c->next_) visit(*c);
}

}  // namespace gradpad::lang
