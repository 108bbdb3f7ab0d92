// The built-in types and the special names, each reachable as a member.
#pragma once

#include "lang/objects/object.h"
#include "lang/objects/str.h"

namespace gradpad::lang {

class Type;

// X(member, Python name, member of the base)
#define GRADPAD_EXCEPTION_TYPES(X)                                \
  X(base_exception, "BaseException", object)                      \
  X(exception, "Exception", base_exception)                       \
  X(system_exit, "SystemExit", base_exception)                    \
  X(keyboard_interrupt, "KeyboardInterrupt", base_exception)      \
  X(generator_exit, "GeneratorExit", base_exception)              \
  X(stop_iteration, "StopIteration", exception)                   \
  X(arithmetic_error, "ArithmeticError", exception)               \
  X(floating_point_error, "FloatingPointError", arithmetic_error) \
  X(overflow_error, "OverflowError", arithmetic_error)            \
  X(zero_division_error, "ZeroDivisionError", arithmetic_error)   \
  X(assertion_error, "AssertionError", exception)                 \
  X(attribute_error, "AttributeError", exception)                 \
  X(buffer_error, "BufferError", exception)                       \
  X(eof_error, "EOFError", exception)                             \
  X(import_error, "ImportError", exception)                       \
  X(module_not_found_error, "ModuleNotFoundError", import_error)  \
  X(lookup_error, "LookupError", exception)                       \
  X(index_error, "IndexError", lookup_error)                      \
  X(key_error, "KeyError", lookup_error)                          \
  X(memory_error, "MemoryError", exception)                       \
  X(name_error, "NameError", exception)                           \
  X(unbound_local_error, "UnboundLocalError", name_error)         \
  X(os_error, "OSError", exception)                               \
  X(file_not_found_error, "FileNotFoundError", os_error)          \
  X(permission_error, "PermissionError", os_error)                \
  X(timeout_error, "TimeoutError", os_error)                      \
  X(reference_error, "ReferenceError", exception)                 \
  X(runtime_error, "RuntimeError", exception)                     \
  X(not_implemented_error, "NotImplementedError", runtime_error)  \
  X(recursion_error, "RecursionError", runtime_error)             \
  X(syntax_error, "SyntaxError", exception)                       \
  X(indentation_error, "IndentationError", syntax_error)          \
  X(tab_error, "TabError", indentation_error)                     \
  X(system_error, "SystemError", exception)                       \
  X(type_error, "TypeError", exception)                           \
  X(value_error, "ValueError", exception)                         \
  X(unicode_error, "UnicodeError", value_error)                   \
  X(warning, "Warning", exception)                                \
  X(user_warning, "UserWarning", warning)                         \
  X(deprecation_warning, "DeprecationWarning", warning)           \
  X(future_warning, "FutureWarning", warning)                     \
  X(runtime_warning, "RuntimeWarning", warning)                   \
  X(syntax_warning, "SyntaxWarning", warning)

// Types whose values have a C++ class of their own: X(member, Python name, Kind, can be inherited)
#define GRADPAD_KIND_TYPES(X)                                    \
  X(type, "type", Type, false)                                   \
  X(str, "str", Str, true)                                       \
  X(list, "list", List, true)                                    \
  X(tuple, "tuple", Tuple, true)                                 \
  X(dict, "dict", Dict, true)                                    \
  X(set, "set", Set, true)                                       \
  X(range, "range", Range, false)                                \
  X(slice, "slice", Slice, false)                                \
  X(generator, "generator", Generator, false)                    \
  X(function, "function", Function, false)                       \
  X(native, "builtin_function_or_method", NativeFunction, false) \
  X(method, "method", BoundMethod, false)                        \
  X(property, "property", Property, false)                       \
  X(staticmethod, "staticmethod", StaticMethod, false)           \
  X(classmethod, "classmethod", ClassMethod, false)              \
  X(super, "super", Super, false)                                \
  X(module, "module", Module, false)                             \
  X(code, "code", Code, false)                                   \
  X(cell, "cell", Cell, false)

// The rest: X(member, Python name)
#define GRADPAD_PLAIN_TYPES(X)             \
  X(none, "NoneType")                      \
  X(boolean, "bool")                       \
  X(integer, "int")                        \
  X(real, "float")                         \
  X(frozenset, "frozenset")                \
  X(ellipsis, "ellipsis")                  \
  X(not_implemented, "NotImplementedType") \
  X(iterator, "iterator")                  \
  X(dict_keys, "dict_keys")                \
  X(dict_values, "dict_values")            \
  X(dict_items, "dict_items")              \
  X(generic_alias, "GenericAlias")         \
  X(union_type, "UnionType")

struct Types {
  Type* object = nullptr;
#define X(member, name, kind, inherit) Type* member = nullptr;
  GRADPAD_KIND_TYPES(X)
#undef X
#define X(member, name) Type* member = nullptr;
  GRADPAD_PLAIN_TYPES(X)
#undef X
#define X(member, name, base) Type* member = nullptr;
  GRADPAD_EXCEPTION_TYPES(X)
#undef X
  /// Set by the torch module.
  Type* tensor = nullptr;

  Type* of_kind(Kind kind) const noexcept { return by_kind[static_cast<size_t>(kind)]; }
  Type* by_kind[static_cast<size_t>(Kind::Cell) + 1] = {};
};

// clang-format off
#define GRADPAD_NAMES(X) \
  X(init) X(new_, "__new__") X(call) X(repr) X(str) X(format) X(hash) X(bool_, "__bool__") \
  X(len) X(getitem) X(setitem) X(delitem) X(contains) X(iter) X(next) X(reversed) X(getattr) \
  X(getattribute) X(setattr) X(delattr) X(get) X(set) X(delete_, "__delete__") X(set_name) \
  X(init_subclass) X(class_getitem) X(enter) X(exit) X(index) X(int_, "__int__") \
  X(float_, "__float__") X(abs) X(round) X(trunc) X(floor) X(ceil) X(divmod) X(neg) X(pos) \
  X(invert) X(lt) X(le) X(eq) X(ne) X(gt) X(ge) X(class_, "__class__") X(dict) X(name) \
  X(qualname) X(module) X(doc) X(annotations) X(slots) X(all) X(main, "__main__") X(missing) \
  X(dir) X(del) X(metaclass, "metaclass") X(add) X(radd) X(iadd) X(sub) X(rsub) X(isub) X(mul) \
  X(rmul) X(imul) X(matmul) X(rmatmul) X(imatmul) X(truediv) X(rtruediv) X(itruediv) \
  X(floordiv) X(rfloordiv) X(ifloordiv) X(mod) X(rmod) X(imod) X(pow) X(rpow) X(ipow) X(lshift) \
  X(rlshift) X(ilshift) X(rshift) X(rrshift) X(irshift) X(and_, "__and__") X(rand) X(iand) \
  X(xor_, "__xor__") X(rxor) X(ixor) X(or_, "__or__") X(ror) X(ior) X(send, "send") \
  X(value, "value") X(underscore, "_") X(classcell, "__classcell__") X(code) X(instancecheck) \
  X(subclasscheck) X(rdivmod) X(name_attr, "name") X(obj, "obj") X(isabstractmethod) \
  X(keys, "keys")

// clang-format on

struct Names {
#define GRADPAD_NAME_1(member) Ref<Str> member;
#define GRADPAD_NAME_2(member, text) Ref<Str> member;
#define GRADPAD_NAME_PICK(a, b, pick, ...) pick
#define X(...) GRADPAD_NAME_PICK(__VA_ARGS__, GRADPAD_NAME_2, GRADPAD_NAME_1, )(__VA_ARGS__)
  GRADPAD_NAMES(X)
#undef X
};

}  // namespace gradpad::lang
