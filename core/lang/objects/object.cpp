// The end of objects, without recursion over what they hold.
#include "lang/objects/object.h"

#include "lang/objects/type.h"
#include "lang/objects/weak_reference.h"

namespace gradpad::lang {

namespace {

// An object that ends releases what it holds, which may end and release in turn. Beyond this depth
// objects wait in a list, linked through the field of their type, until the outermost has ended.
constexpr int kDisposeDepth = 40;

struct Graveyard {
  int depth = 0;
  Object* waiting = nullptr;
};
constinit thread_local Graveyard graveyard;

}  // namespace

void Value::release_shared(int64_t bits) noexcept { from_bits(bits)->release(); }
void Value::give_up() noexcept { drop(); }

Object::~Object() {
  if (type_) type_->release();
}

void Object::set_type(Type* type) noexcept {
  if (type) type->retain();
  Type* old = type_;
  type_ = type;
  if (old) old->release();
}

bool Object::is_any_ending() noexcept { return graveyard.depth > 0; }

void Object::dispose() noexcept {
  if (weakly_referenced_) clear_weak_references(*this);
  if (graveyard.depth >= kDisposeDepth) {
    Type* type = type_;
    type_ = reinterpret_cast<Type*>(graveyard.waiting);
    graveyard.waiting = this;
    if (type) type->release();
    return;
  }
  ++graveyard.depth;
  delete this;
  if (--graveyard.depth == 0) {
    while (Object* object = graveyard.waiting) {
      graveyard.waiting = reinterpret_cast<Object*>(object->type_);
      object->type_ = nullptr;
      graveyard.depth = 1;
      delete object;
      graveyard.depth = 0;
    }
  }
}

void Container::unlink() noexcept {
  if (!link_) return;
  *reinterpret_cast<Container**>(link_) = next_;
  if (next_) next_->link_ = link_;
  link_ = 0;
  next_ = nullptr;
}

}  // namespace gradpad::lang
