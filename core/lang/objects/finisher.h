// What has to wait: code of the user's that the end of an object calls for.
#pragma once

namespace gradpad::lang {

class Object;

/// Objects end wherever a reference is given up, in the middle of an operation as well. Code of the
/// user's must not run there; it runs at the next safe point.
class Finisher {
 public:
  /// Keeps the object until its clean-up has run: the `__del__` of an instance, the `finally` of a
  /// generator, the callback of a weak reference. False where nothing will run any more.
  virtual bool finish_later(Object& object) noexcept = 0;

 protected:
  ~Finisher() = default;
};

}  // namespace gradpad::lang
