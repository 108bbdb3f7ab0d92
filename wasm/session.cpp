// Running programs, and what came of a run as the plain objects that js/types.ts describes.
#include "lang/session/session.h"

#include <emscripten/bind.h>

#include "guard.h"
#include "wire.h"

namespace gradpad::web {

/// Called with a text's address and length; false ends the program.
EMSCRIPTEN_DECLARE_VAL_TYPE(TextCallback)

namespace {

using emscripten::val;

void write(Writer& out, const lang::Span& span) {
  Record record(out);
  record.field("line").number(span.line);
  record.field("column").number(span.column);
  record.field("endLine").number(span.end_line);
  record.field("endColumn").number(span.end_column);
}

void write(Writer& out, const lang::Preview& preview) {
  Record record(out);
  record.field("shape").numbers(Dims(preview.shape));
  record.field("dtype").text(preview.dtype);
  record.field("text").text(preview.text);
  record.field("values").numbers(preview.values);
  if (preview.min) record.field("min").number(*preview.min);
  if (preview.max) record.field("max").number(*preview.max);
  if (preview.mean) record.field("mean").number(*preview.mean);
}

void write(Writer& out, const lang::VariableInfo& variable) {
  Record record(out);
  record.field("name").text(variable.name);
  record.field("type").text(variable.type);
  record.field("text").text(variable.text);
  if (!variable.numbers.empty()) record.field("numbers").numbers(variable.numbers);
  if (variable.tensor) write(record.field("tensor"), *variable.tensor);
  if (variable.grad) write(record.field("grad"), *variable.grad);
  if (variable.requires_grad) record.field("requiresGrad").boolean(*variable.requires_grad);
  if (variable.is_leaf) record.field("isLeaf").boolean(*variable.is_leaf);
  if (variable.node) record.field("node").number(*variable.node);
  if (variable.span) write(record.field("span"), *variable.span);
}

const char* kind_name(lang::GraphNode::Kind kind) {
  switch (kind) {
    case lang::GraphNode::Kind::Leaf:
      return "leaf";
    case lang::GraphNode::Kind::Op:
      return "op";
    case lang::GraphNode::Kind::Constant:
      return "constant";
  }
  return "";
}

void write(Writer& out, const lang::GraphNode& node) {
  Record record(out);
  record.field("id").number(node.id);
  record.field("kind").text(kind_name(node.kind));
  record.field("op").text(node.op);
  if (!node.grad_fn.empty()) record.field("gradFn").text(node.grad_fn);
  record.field("names").list(node.names.size());
  for (const std::string& name : node.names) out.text(name);
  if (!node.former_name.empty()) record.field("formerName").text(node.former_name);
  if (node.value) write(record.field("value"), *node.value);
  if (node.now) write(record.field("now"), *node.now);
  if (node.grad) write(record.field("grad"), *node.grad);
  if (node.span) write(record.field("span"), *node.span);
  if (node.earlier) record.field("earlier").boolean(true);
}

void write(Writer& out, const lang::GraphEdge& edge) {
  Record record(out);
  record.field("from").number(edge.from);
  record.field("to").number(edge.to);
  record.field("slot").number(edge.slot);
  if (edge.value) write(record.field("value"), *edge.value);
}

void write(Writer& out, const lang::Step::Sent& sent) {
  Record record(out);
  record.field("node").number(sent.node);
  write(record.field("grad"), sent.grad);
}

void write(Writer& out, const lang::Step& step) {
  Record record(out);
  record.field("node").number(step.node);
  if (step.grad_in) write(record.field("gradIn"), *step.grad_in);
  Writer& list = record.field("gradsOut");
  list.list(step.grads_out.size());
  for (const lang::Step::Sent& sent : step.grads_out) write(list, sent);
  if (step.hidden > 0) record.field("hidden").number(step.hidden);
  if (step.before) write(record.field("before"), *step.before);
  if (step.after) write(record.field("after"), *step.after);
}

void write(Writer& out, const lang::BackwardPass& pass);

template <class T>
void write(Writer& out, const std::vector<T>& items) {
  out.list(items.size());
  for (const T& item : items) write(out, item);
}

void write(Writer& out, const lang::Graph& graph) {
  Record record(out);
  write(record.field("nodes"), graph.nodes);
  write(record.field("edges"), graph.edges);
  record.field("omitted").number(graph.omitted);
}

void write(Writer& out, const lang::BackwardPass& pass) {
  Record record(out);
  if (pass.span) write(record.field("span"), *pass.span);
  record.field("roots").list(pass.roots.size());
  for (const int root : pass.roots) out.number(root);
  write(record.field("steps"), pass.steps);
  record.field("taken").number(pass.taken);
}

void write(Writer& out, const lang::Hint& hint) {
  Record record(out);
  record.field("id").text(hint.key());
  record.field("name").text(hint.name);
  record.field("text").text(hint.text());
}

void write(Writer& out, const lang::RunError& error) {
  Record record(out);
  record.field("type").text(error.type);
  record.field("message").text(error.message);
  record.field("traceback").text(error.traceback);
  if (error.span) write(record.field("span"), *error.span);
  if (error.hint) write(record.field("hint"), error.hint);
}

void write(Writer& out, const lang::RunResult& result) {
  Record record(out);
  record.field("stdout").text(result.stdout_text);
  record.field("stderr").text(result.stderr_text);
  if (result.error) write(record.field("error"), *result.error);
  if (result.exit_status) record.field("exitStatus").number(*result.exit_status);
  write(record.field("variables"), result.variables);
  write(record.field("graph"), result.graph);
  write(record.field("backwards"), result.backwards);
  record.field("forgottenBackwards").number(result.forgotten_backwards);
  if (result.restarted) record.field("restarted").boolean(true);
  if (result.dropped > 0) record.field("dropped").number(static_cast<double>(result.dropped));
  record.field("seconds").number(result.seconds);
}

// --- Sessions, by address ----------------------------------------------------------------------

lang::Session& session_of(uintptr_t session) { return *reinterpret_cast<lang::Session*>(session); }

uintptr_t create_session(bool keep_globals) {
  return reinterpret_cast<uintptr_t>(std::make_unique<lang::Session>(keep_globals).release());
}

void delete_session(uintptr_t session) {
  const std::unique_ptr<lang::Session> end(&session_of(session));
}

/// A listener has thrown; JavaScript keeps what.
struct ListenerFailed {};

std::function<void(std::string_view)> pass_on(const TextCallback& listener) {
  if (listener.isNull()) return {};
  return [listener](std::string_view text) {
    const auto address = static_cast<double>(reinterpret_cast<uintptr_t>(text.data()));
    const bool go_on = listener(address, static_cast<double>(text.size())).as<bool>();
    if (!go_on) throw ListenerFailed{};
  };
}

/// What came of the program, or 0 where a listener ended it. The arguments come through input().
uintptr_t run_session(uintptr_t session, TextCallback on_stdout, TextCallback on_stderr) {
  Reader in = input();
  const std::string source = in.text();
  lang::RunOptions options;
  options.filename = in.text();
  options.max_seconds = in.number();
  options.max_bytes = in.integer();
  options.max_output = in.optional_integer().value_or(options.max_output);
  options.inspect = in.boolean();
  options.on_stdout = pass_on(on_stdout);
  options.on_stderr = pass_on(on_stderr);
  options.collect = true;
  try {
    const lang::RunResult result = session_of(session).run(source, options);
    output().clear();
    write(output(), result);
  } catch (const ListenerFailed&) {
    return 0;
  }
  return output().address();
}

}  // namespace

EMSCRIPTEN_BINDINGS(gradpad_session) {
  using emscripten::function;
  emscripten::register_type<TextCallback>("((address: number, length: number) => boolean) | null");
  function("createSession", guarded<&create_session>);
  function("deleteSession", guarded<&delete_session>);
  function("runSession", guarded<&run_session>);
}

}  // namespace gradpad::web
