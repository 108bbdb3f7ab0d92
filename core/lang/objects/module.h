// Modules: their globals, by place for compiled code and by name for everybody else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lang/objects/object.h"
#include "lang/objects/type.h"
#include "lang/syntax/span.h"

namespace gradpad::lang {

/// A module. Its globals have fixed places, which compiled code knows by number.
class Module final : public Container {
 public:
  static constexpr Kind kKind = Kind::Module;
  explicit Module(Ref<Str> name);
  void clear_references() noexcept override;
  void visit(ReferenceVisitor& visitor) override;
  Attributes* attributes() noexcept override { return nullptr; }

  Ref<Str> name;
  std::string file;
  bool is_package = false;

  /// Null where the name is not bound.
  Value* find(const Str* global) noexcept;
  void set(Str* global, Value value);
  bool erase(const Str* global);
  /// The first name of compiled code that is bound to `held`; null where there is none.
  const Str* name_of(const RefCounted& held) const noexcept;
  /// All names that are bound: those of compiled code first.
  std::vector<std::pair<Ref<Str>, Value>> bound() const;

  /// The place of a name for compiled code, made where there is none yet. Places have room from the
  /// next grow_slots() on, which may move them and therefore waits until none of the module's own
  /// code runs.
  uint32_t slot_of(Str* global);
  /// The first of `count` nameless places, for temporaries.
  uint32_t add_temporaries(uint32_t count);
  void grow_slots();
  Value* slots() noexcept { return slots_.get(); }
  uint32_t slot_count() const noexcept { return static_cast<uint32_t>(names_.size()); }
  /// Null for a nameless place.
  const Ref<Str>& slot_name(uint32_t slot) const noexcept { return names_[slot]; }
  /// Where a place of a name is: the slot, or -1.
  int64_t find_slot(const Str* global) const noexcept;
  /// Where each place was last assigned, as far as known.
  std::vector<Span> assigned;
  /// A block of nameless places that finished code has left.
  uint32_t spare_begin = 0;
  uint32_t spare_count = 0;

 private:
  std::vector<Ref<Str>> names_;
  std::unordered_map<const Str*, uint32_t> index_;
  std::unique_ptr<Value[]> slots_;
  uint32_t room_ = 0;
  NameTable extra_;  // names without a place
};

}  // namespace gradpad::lang
