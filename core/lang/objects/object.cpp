// The end of objects, without recursion over what they hold, and the list of containers.
#include "lang/objects/object.h"

#include "lang/objects/type.h"

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

Object::~Object() {
  if (type_) type_->release();
}

void Object::set_type(Type* type) noexcept {
  if (type) type->retain();
  Type* old = type_;
  type_ = type;
  if (old) old->release();
}

void Object::dispose() noexcept {
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
  *link_ = next_;
  if (next_) next_->link_ = link_;
  link_ = nullptr;
  next_ = nullptr;
}

void ContainerList::add(Container* container) noexcept {
  container->next_ = first_;
  container->link_ = &first_;
  if (first_) first_->link_ = &container->next_;
  first_ = container;
}

void ContainerList::clear() noexcept {
  // Emptying one may end others; those leave the list by themselves. The one at hand is held.
  while (first_) {
    Ref<Container> container(first_);
    container->unlink();
    container->clear_references();
  }
}

}  // namespace gradpad::lang
