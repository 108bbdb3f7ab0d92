// Handles shared between threads: counts, accounts and gradients come out as on one thread.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <stdexcept>
#include <thread>

#include "gradpad/autograd/node.h"
#include "gradpad/gradpad.h"
#include "gradpad/tensor/random.h"

using namespace gradpad;

namespace {

/// A CHECK for the threads below: Catch2's own is for one thread.
void expect(bool holds) {
  if (!holds) throw std::logic_error("an expectation of a thread does not hold");
}

/// Runs `body(i)` on `count` threads that begin together, and rethrows what one of them threw.
template <class Body>
void on_threads(int count, Body body) {
  std::atomic<int> waiting = count;
  std::vector<std::exception_ptr> thrown(static_cast<size_t>(count));
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      --waiting;
      while (waiting > 0) std::this_thread::yield();
      try {
        body(i);
      } catch (...) {
        thrown[static_cast<size_t>(i)] = std::current_exception();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::exception_ptr& error : thrown) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace

TEST_CASE("handles are copied and dropped by many threads", "[autograd][threads]") {
  const Variable x({1, 2, 3}, true);
  const Variable y = exp(x);
  on_threads(4, [&](int) {
    for (int i = 0; i < 20000; ++i) {
      Variable a = x, b = y, c = b;
      Tensor data = y.data();
      Ref<Node> node = y.grad_fn();
      a = c;
    }
  });
  CHECK(x.ref()->use_count() == 2);  // the handle and what y's node saved or accumulates into
  CHECK(y.ref()->use_count() == 1);
  CHECK(y.grad_fn()->use_count() == 1);
}

TEST_CASE("gradients of one leaf from many threads add up", "[autograd][threads]") {
  for (const bool create_graph : {false, true}) {
    const Variable w({1, 2}, true);
    on_threads(4, [&](int) {
      for (int i = 0; i < 500; ++i) sum(w * w * 0.5).backward({}, false, create_graph);
    });
    CHECK(w.grad().data().at(0).to_double() == 2000);
    CHECK(w.grad().data().at(1).to_double() == 4000);
    CHECK(w.version() == 0);
    w.set_grad({});
  }
}

TEST_CASE("many threads run backward through one graph", "[autograd][threads]") {
  const Variable w({1, 2}, true);
  const Variable middle = w * 3;
  middle.retain_grad();
  std::atomic<int> hooked = 0;
  middle.register_hook([&](const Variable&) {
    ++hooked;
    return Variable();
  });
  Variable loss = sum(exp(middle - middle) * middle);
  on_threads(4, [&](int) {
    for (int i = 0; i < 200; ++i) loss.backward({}, true);
  });
  CHECK(hooked == 800);
  CHECK(w.grad().data().at(1).to_double() == 3 * 800);
  CHECK(middle.grad().data().at(1).to_double() == 800);
}

TEST_CASE("one thread frees the graph that another walks", "[autograd][threads]") {
  std::atomic<int> finished = 0, refused = 0;
  for (int round = 0; round < 100; ++round) {
    const Variable w({1, 2}, true);
    Variable y = w;
    for (int i = 0; i < 20; ++i) y = y * w;
    const Variable loss = sum(y);
    on_threads(3, [&](int) {
      try {
        loss.backward();
        ++finished;
      } catch (const Error& error) {
        expect(error.message().starts_with("Trying to backward through the graph a second time"));
        ++refused;
      }
    });
  }
  CHECK(finished + refused == 300);
  CHECK(finished + refused > 0);
}

TEST_CASE("threads read, clear and hook gradients while they come", "[autograd][threads]") {
  const Variable w({1, 2}, true);
  on_threads(4, [&](int thread) {
    for (int i = 0; i < 500; ++i) {
      if (thread == 0) {
        if (Variable grad = w.grad(); grad.defined()) expect(grad.numel() == 2);
        w.set_grad({});
      } else if (thread == 1) {
        const uint64_t id = w.register_hook([](const Variable& grad) { return grad * 1; });
        w.remove_hook(id);
      } else {
        sum(w * w).backward();
      }
    }
  });
  sum(w * w).backward();
  CHECK(w.grad().defined());
}

TEST_CASE("a view whose base was changed is asked by many threads", "[autograd][threads]") {
  for (int round = 0; round < 50; ++round) {
    const Variable w({1, 2}, true);
    const Variable base = w * 1;
    const Variable view = select(base, 0, 1);
    Variable target = base;
    assign_in_place(target, base * 5);
    std::vector<Ref<Node>> seen(4);
    on_threads(4, [&](int i) { seen[static_cast<size_t>(i)] = view.grad_fn(); });
    for (const Ref<Node>& node : seen) CHECK(node == seen[0]);
    view.backward();
    CHECK(w.grad().data().at(1).to_double() == 5);
  }
}

TEST_CASE("a deep graph ends on another thread", "[autograd][threads]") {
  const Variable w({1}, true);
  Variable y = w;
  for (int i = 0; i < 100000; ++i) y = y + 1;
  std::thread([last = std::move(y)]() mutable { last = {}; }).join();
  CHECK(w.ref()->use_count() == 1);
}

TEST_CASE("memory is on the account of the thread that took it", "[tensor][threads]") {
  const MemoryStats before = memory_stats();
  Variable made;
  int64_t others = 0;
  std::thread([&] {
    made = Variable(Tensor::zeros({1000}, DType::Float32));
    others = memory_stats().live_bytes;
  }).join();
  CHECK(others >= 4000);
  CHECK(memory_stats().live_bytes == before.live_bytes);
  made = {};
  CHECK(memory_stats().live_bytes == before.live_bytes);
  CHECK(memory_stats().live_storages == before.live_storages);

  Variable mine(Tensor::zeros({1000}, DType::Float32));
  CHECK(memory_stats().live_bytes == before.live_bytes + 4000);
  std::thread([own = std::move(mine)]() mutable { own = {}; }).join();
  CHECK(memory_stats().live_bytes == before.live_bytes);
  CHECK(memory_stats().live_storages == before.live_storages);
}

TEST_CASE("modes and generators are each thread's own", "[autograd][threads]") {
  GradModeGuard off(false);
  std::vector<Tensor> drawn(2);
  on_threads(2, [&](int i) {
    expect(GradMode::is_enabled());
    default_generator().manual_seed(7);
    drawn[static_cast<size_t>(i)] = rand(Shape{3}, DType::Float32, default_generator());
  });
  for (int64_t i = 0; i < 3; ++i) CHECK(drawn[0].at(i).to_double() == drawn[1].at(i).to_double());
}
