// The built-in types, one function each; define_builtin_types calls them.
#pragma once

namespace gradpad::lang {

class Runtime;

void define_singletons(Runtime& rt);  // None, NotImplemented, Ellipsis
void define_bool(Runtime& rt);
void define_int(Runtime& rt);
void define_float(Runtime& rt);
void define_str(Runtime& rt);
void define_list(Runtime& rt);
void define_tuple(Runtime& rt);
void define_range(Runtime& rt);
void define_slice(Runtime& rt);
void define_dict(Runtime& rt);
void define_dict_views(Runtime& rt);
void define_sets(Runtime& rt);  // set and frozenset
void define_generic_alias(Runtime& rt);

}  // namespace gradpad::lang
