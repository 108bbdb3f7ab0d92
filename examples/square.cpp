// The derivative of x squared at 2, as a user of the library writes it.
#include <gradpad/gradpad.h>

#include <iostream>

using namespace gradpad;

int main() {
  Variable x({2.0f}, true);
  Variable y = pow(x, 2);
  y.backward();
  std::cout << y << '\n' << x.grad() << '\n';
}
