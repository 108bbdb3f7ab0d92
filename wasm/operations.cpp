// The table of operations: what each is called with, and one call for all.
#include <emscripten/bind.h>

#include "gradpad/tensor/small_vector.h"
#include "guard.h"
#include "ops/registry.h"
#include "wire.h"

namespace gradpad::web {

namespace {

/// Names, spaces and first parameters of all operations, in the order of the table.
uintptr_t list_operations() {
  Writer& out = output();
  out.clear();
  out.list(all_ops().size());
  for (const Op& op : all_ops()) {
    Record record(out);
    record.field("name").text(op.name);
    record.field("spaces").number(op.entry->spaces);
    record.field("first").text(op.params.empty() ? std::string_view() : op.params[0].name);
  }
  return out.address();
}

void write_param(Writer& out, const Param& param) {
  Record record(out);
  record.field("name").text(param.name);
  record.field("type").text(type_word(param.type));
  record.field("optional").boolean(param.optional);
  record.field("keywordOnly").boolean(param.keyword_only);
  record.field("listSize").number(static_cast<double>(param.list_size));
  if (param.default_value) record.field("defaultValue").arg(*param.default_value);
}

uintptr_t describe_operation(uint32_t index) {
  const Op& op = all_ops()[index];
  Writer& out = output();
  out.clear();
  Record record(out);
  record.field("name").text(op.name);
  record.field("schema").text(op.entry->schema);
  record.field("doc").text(op.entry->doc);
  record.field("params").list(op.params.size());
  for (const Param& param : op.params) write_param(out, param);
  record.field("results").list(op.results.size());
  for (const Result& result : op.results) out.text(result.name);
  return out.address();
}

/// Calls operation `index` with the `count` arguments in input(), defaults filled in.
uintptr_t call_operation(uint32_t index, uint32_t count, bool in_place) {
  const Op& op = all_ops()[index];
  Reader in = input();
  SmallVector<Arg, 6> args;
  for (uint32_t i = 0; i < count; ++i) args.push_back(in.arg());
  const std::span<const Arg> given(args.data(), args.size());
  const Arg result = in_place ? op.call_in_place(given) : op.entry->call(given);
  output().clear();
  output().arg(result);
  return output().address();
}

}  // namespace

EMSCRIPTEN_BINDINGS(gradpad_operations) {
  using emscripten::function;
  function("listOperations", guarded<&list_operations>);
  function("describeOperation", guarded<&describe_operation>);
  function("callOperation", guarded<&call_operation>);
}

}  // namespace gradpad::web
