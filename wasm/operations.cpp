// The table of operations: where each is found, what it is called with, and one call for all.
#include <emscripten/bind.h>

#include <algorithm>

#include "guard.h"
#include "ops/arg_source.h"
#include "ops/op_set.h"
#include "wire.h"

namespace gradpad::web {

namespace {

/// The operations of one name in one place. JavaScript knows it by its number.
std::vector<OpSet>& sets() {
  static std::vector<OpSet> all;
  return all;
}

size_t add_set(std::vector<const Op*> ops, bool is_method, bool in_place = false) {
  sets().emplace_back(std::move(ops), is_method, in_place);
  return sets().size() - 1;
}

const OpSet& set_at(uint32_t number) {
  if (number >= sets().size()) fail(ErrorKind::Index, "no operations have the number ", number);
  return sets()[number];
}

std::vector<const Op*> those_in(std::span<const Op> ops, Space space) {
  std::vector<const Op*> found;
  for (const Op& op : ops) {
    if (op.in(space)) found.push_back(&op);
  }
  return found;
}

/// Where the operations of one name are found: a record of names of places and numbers of sets.
void write_places(Writer& out, std::span<const Op> ops) {
  const auto functional = those_in(ops, kFunctional), special = those_in(ops, kSpecial),
             linalg = those_in(ops, kLinalg);
  auto functions = those_in(ops, kTorch);
  for (const auto* others : {&functional, &special, &linalg}) {
    if (functions.empty()) functions = *others;
  }
  // What is not a method in PyTorch is one here too where it begins with `input`.
  auto methods = those_in(ops, kMethod);
  if (methods.empty() && !functions.empty() && !functions[0]->params.empty() &&
      functions[0]->params[0].name == "input") {
    methods = functions;
  }
  const auto in_place = those_in(ops, kInPlace);
  Record record(out);
  record.field("name").text(ops[0].name);
  const auto number = [](size_t set) { return static_cast<double>(set); };
  if (!methods.empty()) record.field("method").number(number(add_set(methods, true)));
  if (!in_place.empty()) record.field("inPlace").number(number(add_set(in_place, true, true)));
  if (!functions.empty()) record.field("module").number(number(add_set(functions, false)));
  if (!functional.empty()) record.field("functional").number(number(add_set(functional, false)));
  if (!special.empty()) record.field("special").number(number(add_set(special, false)));
  if (!linalg.empty()) record.field("linalg").number(number(add_set(linalg, false)));
}

/// The places of all operations, by name.
uintptr_t list_operations() {
  Writer& out = output();
  out.clear();
  sets().clear();
  const std::span<const Op> ops = all_ops();
  std::vector<std::span<const Op>> names;
  for (size_t begin = 0; begin < ops.size();) {
    size_t end = begin;
    while (end < ops.size() && ops[end].name == ops[begin].name) ++end;
    names.push_back(ops.subspan(begin, end - begin));
    begin = end;
  }
  out.list(names.size());
  for (const auto& same : names) write_places(out, same);
  return out.address();
}

void write_param(Writer& out, const Param& param) {
  Record record(out);
  record.field("name").text(param.name);
  record.field("type").text(type_word(param.type));
  record.field("optional").boolean(param.optional);
  record.field("keywordOnly").boolean(param.keyword_only);
  record.field("takesNumber").boolean(param.takes_number);
  record.field("variadic").boolean(param.variadic);
  record.field("listSize").number(static_cast<double>(param.list_size));
  if (param.default_value) record.field("defaultValue").arg(*param.default_value);
}

void write_op(Writer& out, const Op& op) {
  Record record(out);
  // Its place in the table: the same operation is found in several places.
  record.field("index").number(static_cast<double>(&op - all_ops().data()));
  record.field("name").text(op.name);
  record.field("schema").text(op.entry->schema);
  record.field("doc").text(op.entry->doc);
  record.field("params").list(op.params.size());
  for (const Param& param : op.params) write_param(out, param);
  record.field("results").list(op.results.size());
  for (const Result& result : op.results) {
    Record one(out);
    one.field("name").text(result.name);
    one.field("type").text(type_word(result.type));
  }
}

/// The operations of a set, overloads in the order in which they are tried.
uintptr_t describe_operations(uint32_t set) {
  Writer& out = output();
  out.clear();
  const std::span<const Op* const> ops = set_at(set).ops();
  out.list(ops.size());
  for (const Op* op : ops) write_op(out, *op);
  return out.address();
}

/// Results with names are a record of them.
void write_results(Writer& out, const Op& op, const Arg& result) {
  const Args* list = result.get<Args>();
  const bool named = list && list->size() == op.results.size() && !op.results[0].name.empty();
  if (!named) return out.arg(result);
  Record record(out);
  for (size_t i = 0; i < list->size(); ++i) record.field(op.results[i].name).arg((*list)[i]);
}

/// Calls the operation of a set that the arguments in input() mean: `self` of a method,
/// `positional` ones, then `named` pairs of a name and a value. Nothing is written for what works
/// in place: the result is the tensor itself.
uintptr_t call_operation(uint32_t set, uint32_t positional, uint32_t named) {
  const OpSet& ops = set_at(set);
  Reader in = input();
  Arg self;
  if (ops.is_method()) {
    self = in.arg();
    const Variable* tensor = self.get<Variable>();
    if (!tensor || !tensor->defined()) fail(ErrorKind::Type, "a method of no tensor");
  }
  Args args;
  std::vector<std::string> names;
  args.reserve(positional + named);
  for (uint32_t i = 0; i < positional; ++i) args.push_back(in.arg());
  for (uint32_t i = 0; i < named; ++i) {
    names.push_back(in.text());
    args.push_back(in.arg());
  }
  ArgSource source(args, names);
  source.from_javascript = true;
  const OpCall call = ops.bind(source, self.get<Variable>());
  const Arg result = call.run();
  output().clear();
  if (call.in_place) {
    output().null();
  } else {
    write_results(output(), *call.op, result);
  }
  return output().address();
}

}  // namespace

EMSCRIPTEN_BINDINGS(gradpad_operations) {
  using emscripten::function;
  function("listOperations", guarded<&list_operations>);
  function("describeOperations", guarded<&describe_operations>);
  function("callOperation", guarded<&call_operation>);
}

}  // namespace gradpad::web
