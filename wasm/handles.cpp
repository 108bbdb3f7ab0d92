// A table of slots. A handle is the place of its slot and, above it, how often the slot has been
// given out, so that a released one is not taken for what stands there now.
#include "handles.h"

#include <vector>

#include "gradpad/tensor/error.h"

namespace gradpad::web {

namespace {

constexpr uint32_t kPlaceBits = 24;
constexpr uint32_t kPlaces = uint32_t{1} << kPlaceBits;
constexpr uint32_t kNone = 0;  // no slot: its handle would be that of the undefined Variable

struct Slot {
  Variable variable;  // undefined where the slot is free
  uint32_t next_free = kNone;
  uint8_t round = 0;
};

struct Table {
  std::vector<Slot> slots = std::vector<Slot>(1);
  uint32_t free = kNone;

  Slot* find(HandleId handle) {
    const uint32_t place = handle % kPlaces;
    if (place >= slots.size()) return nullptr;
    Slot& slot = slots[place];
    const bool same = slot.variable.defined() && slot.round == handle >> kPlaceBits;
    return same ? &slot : nullptr;
  }
};

Table& table() {
  static Table all;
  return all;
}

}  // namespace

HandleId give(const Variable& variable) {
  if (!variable.defined()) return 0;
  Table& all = table();
  if (all.free == kNone) {
    if (all.slots.size() == kPlaces) {
      fail(ErrorKind::Memory, "more than ", kPlaces - 1, " tensors are held by JavaScript");
    }
    all.slots.emplace_back();
    all.free = static_cast<uint32_t>(all.slots.size() - 1);
  }
  const uint32_t place = all.free;
  Slot& slot = all.slots[place];
  all.free = slot.next_free;
  slot.variable = variable;
  return place | uint32_t{slot.round} << kPlaceBits;
}

Variable held(HandleId handle) {
  if (handle == 0) return {};
  const Slot* slot = table().find(handle);
  if (!slot) fail("no tensor has the number ", handle);
  return slot->variable;
}

void release(HandleId handle) noexcept {
  Table& all = table();
  Slot* slot = all.find(handle);
  if (!slot) return;
  ++slot->round;
  slot->next_free = all.free;
  all.free = handle % kPlaces;
  // Last: what it frees may free more.
  const Variable freed = std::move(slot->variable);
  slot->variable = {};
}

}  // namespace gradpad::web
