// What the page shows of a program's graph: recorded while it runs, described when it has ended.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "gradpad/autograd/trace.h"
#include "lang/session/named_tensors.h"
#include "lang/session/session.h"

namespace gradpad::lang {

/// The data as the page shows it.
Preview preview_of(const Tensor& tensor);

/// Watches a run. Of backward passes the last is kept, and of those before it as many as are small;
/// of the graph what lives anyway, and what the kept passes began from.
class GraphRecorder final : public Tracer {
 public:
  /// `place`: the span at which the program stands. `name`: what it calls a tensor, or nothing.
  GraphRecorder(std::function<Span()> place, std::function<std::string(const Variable&)> name)
      : place_(std::move(place)), name_(std::move(name)) {}

  SourceSpan current_span() const override;
  std::string name_of(const Variable& variable) const override { return name_(variable); }
  void on_backward(std::span<const Variable> roots) override;
  void on_step(BackwardStep step) override;

  /// Fills `graph` and `backwards` with at most `limit` nodes, those made last; gives the node of
  /// each of `names`, or -1.
  std::vector<int> describe(std::span<const NamedTensor> names, RunResult& out,
                            size_t limit = 300) const;

 private:
  struct Pass {
    SourceSpan span;
    std::vector<Edge> roots;
    std::vector<BackwardStep> steps;
    size_t taken = 0;
    int64_t bytes = 0;  ///< of the tensors that it keeps alive, about
  };
  void forget_early_passes();

  std::function<Span()> place_;
  std::function<std::string(const Variable&)> name_;
  std::deque<Pass> passes_;
  size_t forgotten_ = 0;
};

}  // namespace gradpad::lang
