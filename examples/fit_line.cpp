// Fits a line to four points by gradient descent: a graph built anew in every step, gradients
// switched off for the update.
#include <gradpad/gradpad.h>

#include <iostream>

using namespace gradpad;

int main() {
  const Variable x({0.0f, 1.0f, 2.0f, 3.0f});
  const Variable y({1.0f, 3.0f, 5.0f, 7.0f});
  Variable slope({0.0f}, true), intercept({0.0f}, true);
  for (int step = 0; step < 50; ++step) {
    const Variable error = slope * x + intercept - y;
    const Variable loss = mean(square(error));
    loss.backward();
    const GradModeGuard no_grad(false);
    sub_(slope, 0.1 * slope.grad());
    sub_(intercept, 0.1 * intercept.grad());
    slope.set_grad({});
    intercept.set_grad({});
  }
  std::cout << slope << ' ' << intercept << '\n';
}
