// Instructions that make and take apart: displays, strings, unpacking, functions, classes.
#include <algorithm>

#include "lang/runtime/class_type.h"
#include "lang/runtime/importer.h"
#include "lang/runtime/runtime.h"
#include "lang/runtime/special.h"
#include "lang/vm/interpreter.h"

namespace gradpad::lang {

void Interpreter::build(const Instruction& i) {
  Value* R = frame_->registers;
  Value* items = R + i.b;
  const uint16_t count = i.c;
  Value result;
  switch (i.op) {
    case Op::BuildSlice:
      result = rt_.make<Slice>(std::move(items[0]), std::move(items[1]), std::move(items[2]));
      break;
    case Op::BuildList: {
      Values values;
      values.reserve(count);
      for (uint16_t k = 0; k < count; ++k) values.push_back(std::move(items[k]));
      result = rt_.make_list(std::move(values));
      break;
    }
    case Op::BuildTuple: {
      Ref<Tuple> tuple = rt_.make<Tuple>(static_cast<int64_t>(count));
      for (uint16_t k = 0; k < count; ++k) (*tuple)[k] = std::move(items[k]);
      result = std::move(tuple);
      break;
    }
    case Op::BuildSet: {
      Ref<Set> set = rt_.make_set();
      for (uint16_t k = 0; k < count; ++k) {
        set->add(rt_, items[k]);
        items[k].clear();
      }
      result = std::move(set);
      break;
    }
    case Op::BuildDict: {
      Ref<Dict> dict = rt_.make_dict();
      for (uint16_t k = 0; k < count; ++k) {
        dict->set(rt_, items[2 * k], std::move(items[2 * k + 1]));
        items[2 * k].clear();
      }
      result = std::move(dict);
      break;
    }
    default: {
      std::string text;
      size_t bytes = 0;
      for (uint16_t k = 0; k < count; ++k) bytes += items[k].as<Str>()->bytes();
      text.reserve(bytes);
      for (uint16_t k = 0; k < count; ++k) {
        text += items[k].as<Str>()->view();
        items[k].clear();
      }
      result = rt_.make_str(std::move(text));
      break;
    }
  }
  R[i.a] = std::move(result);
}

void Interpreter::gather(const Instruction& i) {
  Value* R = frame_->registers;
  switch (i.op) {
    case Op::ListAppend: {
      Value v = operand(i.b);
      if (i.x & kKillB) R[i.b].clear();
      R[i.a].as<List>()->items.push_back(std::move(v));
      return;
    }
    case Op::SetAdd:
      R[i.a].as<Set>()->add(rt_, operand(i.b));
      break;
    case Op::DictSet:
      R[i.a].as<Dict>()->set(rt_, operand(i.b), operand(i.c));
      break;
    case Op::ListExtend: {
      const Value source = operand(i.b);
      const Type* type = rt_.type_of(source);
      if (!type->slots.iterate && !type->slots.get_item) {
        // In a call and in a display the same mistake reads differently.
        if (i.c != 0) {
          fail(ErrorKind::Type, call_name(R[i.c - 1]),
               " argument after * must be an iterable, not ", type->name());
        }
        fail(ErrorKind::Type, "Value after * must be an iterable, not ", type->name());
      }
      const Values values = rt_.to_values(source);
      Values& items = R[i.a].as<List>()->items;
      items.insert(items.end(), values.begin(), values.end());
      break;
    }
    case Op::SetUpdate: {
      const Value source = operand(i.b);
      const Value set = R[i.a];
      if (Set* other = source.to<Set>()) {
        set.as<Set>()->merge(rt_, *other);
        break;
      }
      rt_.for_each(source, [&](Value& item) {
        set.as<Set>()->add(rt_, item);
        return true;
      });
      break;
    }
    case Op::DictUpdate: {
      const Value source = operand(i.b);
      const Value target = R[i.a];
      for_each_pair(source, "", [&](const Value& key, const Value& value) {
        target.as<Dict>()->set(rt_, key, value);
      });
      break;
    }
    case Op::DictMerge:
      merge_keywords(i);
      break;
    default: {
      const Values& items = R[i.b].as<List>()->items;
      Value tuple = rt_.make_tuple(std::span<const Value>(items));
      R[i.b].clear();
      R[i.a] = std::move(tuple);
      return;
    }
  }
  if (i.x & kKillB) R[i.b].clear();
  if (i.op == Op::DictSet && (i.x & kKillC)) R[i.c].clear();
}

std::string Interpreter::call_name(const Value& callee) {
  const Value name = rt_.find_attr(callee, rt_.names.qualname.get());
  if (!name.is<Str>()) return rt_.type_name(callee) + " object";
  const Value module = rt_.find_attr(callee, rt_.names.module.get());
  std::string text = name.as<Str>()->text() + (callee.is<Type>() ? "" : "()");
  if (module.is<Str>() && module.as<Str>()->view() != "builtins") {
    text = module.as<Str>()->text() + "." + text;
  }
  return text;
}

template <class Visit>
void Interpreter::for_each_pair(const Value& mapping, const std::string& callee, Visit&& visit) {
  if (Dict* dict = mapping.to<Dict>()) {
    const Ref<Dict> held(dict);
    int64_t at = 0;
    while (Dict::Entry* entry = dict->next(at)) {
      const Value key = entry->key;
      const Value value = entry->value;
      visit(key, value);
    }
    return;
  }
  const Value keys = rt_.find_attr(mapping, rt_.names.keys.get());
  if (keys.is_unbound()) {
    if (callee.empty()) {
      fail(ErrorKind::Type, "'", rt_.type_name(mapping), "' object is not a mapping");
    }
    fail(ErrorKind::Type, callee, " argument after ** must be a mapping, not ",
         rt_.type_name(mapping));
  }
  rt_.for_each(rt_.call(keys), [&](Value& key) {
    visit(key, rt_.get_item(mapping, key));
    return true;
  });
}

void Interpreter::merge_keywords(const Instruction& i) {
  const Value source = operand(i.b);
  const Value target = frame_->registers[i.a];
  const Value callee = frame_->registers[i.c];
  const std::string name = source.is<Dict>() ? "" : call_name(callee);
  for_each_pair(source, name, [&](const Value& key, const Value& value) {
    if (!key.is<Str>()) fail(ErrorKind::Type, "keywords must be strings");
    if (target.as<Dict>()->find(rt_, key)) {
      fail(ErrorKind::Type, call_name(callee), " got multiple values for keyword argument '",
           key.as<Str>()->view(), "'");
    }
    target.as<Dict>()->set(rt_, key, value);
  });
}

void Interpreter::unpack(const Instruction& i) {
  Value* R = frame_->registers;
  const Value source = operand(i.b);
  if (i.x & kKillB) R[i.b].clear();
  const auto wanted = static_cast<size_t>(i.c);
  const auto wrong = [&](size_t got) {
    if (got < wanted) {
      fail(ErrorKind::Value, "not enough values to unpack (expected ", wanted, ", got ", got, ")");
    }
    fail(ErrorKind::Value, "too many values to unpack (expected ", wanted, ")");
  };
  const Value* items = nullptr;
  size_t count = 0;
  if (source.is_object() && source.as_object()->type() == rt_.types.tuple) {
    items = source.as<Tuple>()->begin();
    count = static_cast<size_t>(source.as<Tuple>()->size());
  } else if (source.is_object() && source.as_object()->type() == rt_.types.list) {
    items = source.as<List>()->items.data();
    count = source.as<List>()->items.size();
  }
  if (items) {
    if (count != wanted) wrong(count);
    for (size_t k = 0; k < count; ++k) R[i.a + k] = items[k];
    return;
  }
  const Type* type = rt_.type_of(source);
  if (!type->slots.iterate && !type->slots.get_item) {
    fail(ErrorKind::Type, "cannot unpack non-iterable ", type->name(), " object");
  }
  Values values;
  const Value iterator = rt_.iterate(source);
  Value item;
  while (rt_.next(iterator, item)) {
    if (values.size() == wanted) wrong(wanted + 1);
    values.push_back(std::move(item));
  }
  if (values.size() != wanted) wrong(values.size());
  for (size_t k = 0; k < wanted; ++k) R[i.a + k] = std::move(values[k]);
}

void Interpreter::unpack_star(const Instruction& i) {
  Value* R = frame_->registers;
  const Value source = operand(i.b);
  if (i.x & kKillB) R[i.b].clear();
  const size_t before = i.c & 0xFFu;
  const size_t behind = i.c >> 8;
  const Type* type = rt_.type_of(source);
  if (!type->slots.iterate && !type->slots.get_item) {
    fail(ErrorKind::Type, "cannot unpack non-iterable ", type->name(), " object");
  }
  Values values = rt_.to_values(source);
  if (values.size() < before + behind) {
    fail(ErrorKind::Value, "not enough values to unpack (expected at least ", before + behind,
         ", got ", values.size(), ")");
  }
  for (size_t k = 0; k < before; ++k) R[i.a + k] = values[k];
  const size_t middle = values.size() - before - behind;
  Values rest(values.begin() + static_cast<ptrdiff_t>(before),
              values.begin() + static_cast<ptrdiff_t>(before + middle));
  R[i.a + before] = rt_.make_list(std::move(rest));
  for (size_t k = 0; k < behind; ++k) R[i.a + before + 1 + k] = values[before + middle + k];
}

void Interpreter::format_value(const Instruction& i) {
  Value* R = frame_->registers;
  const Value& v = operand(i.b);
  const int conversion = i.x >> 4;
  Value shown = v;
  if (conversion == 1) shown = rt_.str(v);
  if (conversion == 2) shown = rt_.repr(v);
  if (conversion == 3) shown = rt_.call(*rt_.builtins().find(rt_.intern("ascii").get()), {v});
  Value text = i.c == kNone ? Value(rt_.format(shown, rt_.intern("")))
                            : Value(rt_.format(shown, operand(i.c)));
  if (i.x & kKillB) R[i.b].clear();
  if (i.c != kNone && (i.x & kKillC)) R[i.c].clear();
  R[i.a] = std::move(text);
}

void Interpreter::make_function(const Instruction& i) {
  Value* R = frame_->registers;
  const Ref<Code> code(frame_->code->constants[i.b].as<Code>());
  Ref<Function> function = rt_.make<Function>(code, Ref<Module>(frame_->module));
  uint32_t next = i.c;
  for (uint16_t k = 0; k < code->default_count; ++k) {
    function->defaults.push_back(std::move(R[next++]));
  }
  for (bool given : code->keyword_has_default) {
    function->keyword_defaults.push_back(given ? std::move(R[next++]) : Value());
  }
  for (const Code::Capture& capture : code->captures) {
    if (capture.from_closure) {
      function->closure.push_back(frame_->function->closure[capture.index]);
    } else {
      function->closure.emplace_back(R[capture.index].as<Cell>());
    }
  }
  R[i.a] = std::move(function);
}

void Interpreter::make_class(const Instruction& i) {
  Value* R = frame_->registers;
  const Tuple& label = *frame_->code->constants[i.c].as<Tuple>();
  const uint32_t bases = i.x;
  const auto named = static_cast<uint32_t>(label.size() - 1);
  std::vector<Str*> names;
  for (uint32_t k = 0; k < named; ++k) names.push_back(label[k + 1].as<Str>());
  Values values(R + i.b, R + i.b + 1 + bases + named);
  for (uint32_t k = 0; k < values.size(); ++k) R[i.b + k].clear();
  const Arguments keywords{values.data() + 1 + bases, 0, named, names.data()};
  const std::span<const Value> base_values(values.data() + 1, bases);
  Value cls = lang::make_class(rt_, Ref<Str>(label[0].as<Str>()), base_values,
                               *values[0].as<Dict>(), keywords, frame_->module);
  frame_->registers[i.a] = std::move(cls);
}

void Interpreter::with_block(const Instruction& i) {
  Value* R = frame_->registers;
  if (i.op == Op::EnterWith) {
    const Value manager = operand(i.a);
    const Value enter = rt_.find_special(manager, rt_.names.enter.get());
    const Value exit = rt_.find_special(manager, rt_.names.exit.get());
    if (enter.is_unbound() || exit.is_unbound()) {
      fail(ErrorKind::Type, "'", rt_.type_name(manager),
           "' object does not support the context manager protocol",
           enter.is_unbound() ? "" : " (missed __exit__ method)");
    }
    Value entered = rt_.call(enter);
    R[i.a] = exit;
    R[i.b] = std::move(entered);
    return;
  }
  const Value exit = R[i.a];
  R[i.a].clear();
  if (i.op == Op::ExitWith) {
    rt_.call(exit, {Value::none(), Value::none(), Value::none()});
    return;
  }
  const Value error = R[i.b];
  const Value swallow = rt_.call(exit, {Value(rt_.type_of(error)), error, Value::none()});
  R[i.c].set_bool(rt_.truth(swallow));
}

void Interpreter::import(const Instruction& i) {
  Value* R = frame_->registers;
  const Code& code = *frame_->code;
  if (i.op == Op::Import) {
    const std::string_view path = code.constants[i.b].as<Str>()->view();
    Ref<Module> module = rt_.importer().import(path);
    if (i.c == 0 && path.find('.') != std::string_view::npos) {
      module = rt_.importer().import(path.substr(0, path.find('.')));
    }
    R[i.a] = std::move(module);
    return;
  }
  if (i.op == Op::ImportFrom) {
    Value value = rt_.importer().import_from(*R[i.b].as<Module>(), code.constants[i.c].as<Str>());
    R[i.a] = std::move(value);
    return;
  }
  const Ref<Module> module(R[i.a].as<Module>());
  const Value* all = module->find(rt_.names.all.get());
  if (all) {
    const Value names = *all;
    rt_.for_each(names, [&](Value& name) {
      const Ref<Str> key = rt_.intern(rt_.to_str(name, "items of __all__"));
      frame_->module->set(key.get(), rt_.importer().import_from(*module, key.get()));
      return true;
    });
    return;
  }
  for (const auto& [name, value] : module->bound()) {
    if (!name->view().starts_with('_')) frame_->module->set(name.get(), value);
  }
}

void Interpreter::other(const Instruction& i) {
  Value* R = frame_->registers;
  switch (i.op) {
    case Op::Iter: {
      const Value& v = operand(i.b);
      const bool walked = v.is_object() && i.c == 0 &&
                          (v.as_object()->type() == rt_.types.list ||
                           v.as_object()->type() == rt_.types.tuple || v.is<Range>());
      Value iterator = walked ? v : rt_.iterate(v);
      if (i.x & kKillB) R[i.b].clear();
      R[i.a] = std::move(iterator);
      return;
    }
    case Op::DeleteAttr:
      rt_.del_attr(operand(i.a), frame_->code->sites[i.c].name.get());
      if (i.x & kKillA) R[i.a].clear();
      return;
    case Op::DeleteItem:
      rt_.del_item(operand(i.a), operand(i.b));
      if (i.x & kKillA) R[i.a].clear();
      if (i.x & kKillB) R[i.b].clear();
      return;
    case Op::MatchException: {
      const Value& type = operand(i.c);
      const Type* raised = rt_.type_of(R[i.b]);
      bool matches = false;
      const auto check = [&](const Value& v) {
        const Type* wanted = v.to<Type>();
        if (!wanted || !wanted->is_subtype_of(rt_.types.base_exception)) {
          fail(ErrorKind::Type,
               "catching classes that do not inherit from BaseException is not allowed");
        }
        matches = matches || raised->is_subtype_of(wanted);
      };
      if (const Tuple* tuple = type.to<Tuple>()) {
        for (const Value& v : *tuple) check(v);
      } else {
        check(type);
      }
      if (i.x & kKillC) R[i.c].clear();
      R[i.a].set_bool(matches);
      return;
    }
    case Op::AssertFail: {
      if (i.a == kNone) rt_.raise(rt_.types.assertion_error, "");
      Value message = operand(i.a);
      rt_.raise_value(rt_.types.assertion_error, std::move(message));
    }
    default: {
      const Value v = operand(i.a);
      if (v.is_none()) return;
      const Value* print = rt_.builtins().find(rt_.intern("print").get());
      rt_.builtins().set(rt_.names.underscore.get(), v);
      rt_.call(*print, {rt_.repr(v)});
      return;
    }
  }
}

}  // namespace gradpad::lang
