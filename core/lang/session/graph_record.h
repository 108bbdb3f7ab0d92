// What the page shows of a program's graph: recorded while it runs, described when it has ended.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gradpad/autograd/trace.h"
#include "lang/session/session.h"

namespace gradpad::lang {

/// The data as the page shows it.
Preview preview_of(const Tensor& tensor);

/// A tensor that a variable of the user's holds.
struct NamedTensor {
  std::string name;
  Variable variable;
  std::optional<Span> span;  ///< of its last assignment
  bool is_variable = true;   ///< false: a part of one, which only gives its node a name
};

/// Watches a run. Of the steps of backward passes only those of the last one are kept, and of those
/// only the first thousand; of the graph only what lives anyway, and what the last pass began from.
class GraphRecorder final : public Tracer {
 public:
  explicit GraphRecorder(std::function<Span()> place) : place_(std::move(place)) {}

  SourceSpan current_span() const override;
  void on_backward(std::span<const Variable> roots) override;
  void on_step(BackwardStep step) override;

  /// Fills `graph` and `steps` with at most `limit` nodes, those made last; gives the node of each
  /// of `names`, or -1.
  std::vector<int> describe(std::span<const NamedTensor> names, RunResult& out,
                            size_t limit = 300) const;
  void clear();

 private:
  std::function<Span()> place_;
  std::vector<Variable> roots_;
  std::vector<BackwardStep> steps_;
};

}  // namespace gradpad::lang
