// random: real-valued distributions, formula for formula as in CPython's random.py.
#include <cmath>
#include <numbers>
#include <utility>

#include "lang/builtins/modules/random.h"
#include "lang/builtins/support.h"
#include "lang/objects/numbers.h"
#include "lang/runtime/number_operators.h"

namespace gradpad::lang {

namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

/// a + (b - a) * random(), of any numbers.
Value random_uniform(Runtime& rt, Value* a) {
  const double u = random_of(a).uniform();
  if (a[1].is_number() && a[2].is_number()) {
    const double low = a[1].as_number();
    return Value(low + (a[2].as_number() - low) * u);
  }
  const Value width = rt.binary(BinaryOp::Sub, a[2], a[1]);
  return rt.binary(BinaryOp::Add, a[1], rt.binary(BinaryOp::Mul, width, Value(u)));
}

Value random_triangular(Runtime& rt, Value* a) {
  double low = rt.to_float(a[1]);
  double high = rt.to_float(a[2]);
  double u = random_of(a).uniform();
  double c = 0.5;
  if (!a[3].is_none()) {
    if (high == low) return a[1];
    c = (rt.to_float(a[3]) - low) / (high - low);
  }
  if (u > c) {
    u = 1 - u;
    c = 1 - c;
    std::swap(low, high);
  }
  return Value(low + (high - low) * std::sqrt(u * c));
}

// Kinderman and Monahan, "Computer generation of random variables using the ratio of uniform
// deviates", ACM TOMS 3 (1977).
double standard_normal(RandomState& random) {
  const double magic = 4 * std::exp(-0.5) / std::sqrt(2.0);
  for (;;) {
    const double u1 = random.uniform();
    const double u2 = 1 - random.uniform();
    const double z = magic * (u1 - 0.5) / u2;
    if (z * z / 4 <= -std::log(u2)) return z;
  }
}

Value random_normalvariate(Runtime& rt, Value* a) {
  const double mu = rt.to_float(a[1]);
  return Value(mu + standard_normal(random_of(a)) * rt.to_float(a[2]));
}

Value random_lognormvariate(Runtime& rt, Value* a) {
  return Value(std::exp(random_normalvariate(rt, a).as_float()));
}

/// Two at a time; the second waits for the next call.
Value random_gauss(Runtime& rt, Value* a) {
  RandomState& random = random_of(a);
  double z = 0;
  if (random.next_gauss) {
    z = *random.next_gauss;
    random.next_gauss.reset();
  } else {
    const double angle = random.uniform() * kTwoPi;
    const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
    z = std::cos(angle) * radius;
    random.next_gauss = std::sin(angle) * radius;
  }
  return Value(rt.to_float(a[1]) + z * rt.to_float(a[2]));
}

Value random_expovariate(Runtime& rt, Value* a) {
  const double e = -std::log(1 - random_of(a).uniform());
  return rt.binary(BinaryOp::TrueDiv, Value(e), Value(rt.to_float(a[1])));
}

Value random_vonmisesvariate(Runtime& rt, Value* a) {
  RandomState& random = random_of(a);
  const double mu = rt.to_float(a[1]);
  const double kappa = rt.to_float(a[2]);
  if (kappa <= 1e-6) return Value(kTwoPi * random.uniform());
  const double s = 0.5 / kappa;
  const double r = s + std::sqrt(1 + s * s);
  double z = 0;
  for (;;) {
    z = std::cos(std::numbers::pi * random.uniform());
    const double d = z / (r + z);
    const double u = random.uniform();
    if (u < 1 - d * d || u <= (1 - d) * std::exp(d)) break;
  }
  const double q = 1 / r;
  const double f = (q + z) / (1 + q * z);
  const double u = random.uniform();
  const double theta = u > 0.5 ? mu + std::acos(f) : mu - std::acos(f);
  return Value(float_mod(theta, kTwoPi));
}

double gamma_variate(RandomState& random, double alpha, double beta) {
  if (alpha <= 0 || beta <= 0) {
    fail_value({"gammavariate: alpha and beta must be > 0.0"});
  }
  if (alpha > 1) {
    // R. C. H. Cheng, "The generation of Gamma variables with non-integral shape parameters",
    // Applied Statistics 26 (1977).
    const double inverse = std::sqrt(2 * alpha - 1);
    const double b = alpha - std::log(4.0);
    const double c = alpha + inverse;
    const double magic = 1 + std::log(4.5);
    for (;;) {
      const double u1 = random.uniform();
      if (!(1e-7 < u1 && u1 < 0.9999999)) continue;
      const double u2 = 1 - random.uniform();
      const double v = std::log(u1 / (1 - u1)) / inverse;
      const double x = alpha * std::exp(v);
      const double z = u1 * u1 * u2;
      const double r = b + c * v - x;
      if (r + magic - 4.5 * z >= 0 || r >= std::log(z)) return x * beta;
    }
  }
  if (alpha == 1) return -std::log(1 - random.uniform()) * beta;
  // Algorithm GS of Kennedy and Gentle, "Statistical Computing" (1980).
  for (;;) {
    const double b = (std::numbers::e + alpha) / std::numbers::e;
    const double p = b * random.uniform();
    const double x = p <= 1 ? std::pow(p, 1 / alpha) : -std::log((b - p) / alpha);
    const double u = random.uniform();
    if (p > 1 ? u <= std::pow(x, alpha - 1) : u <= std::exp(-x)) return x * beta;
  }
}

Value random_gammavariate(Runtime& rt, Value* a) {
  const double alpha = rt.to_float(a[1]);
  return Value(gamma_variate(random_of(a), alpha, rt.to_float(a[2])));
}

Value random_betavariate(Runtime& rt, Value* a) {
  const double alpha = rt.to_float(a[1]);
  const double beta = rt.to_float(a[2]);
  const double y = gamma_variate(random_of(a), alpha, 1);
  return Value(y == 0 ? 0.0 : y / (y + gamma_variate(random_of(a), beta, 1)));
}

Value random_paretovariate(Runtime& rt, Value* a) {
  const double alpha = rt.to_float(a[1]);
  return number_power(Value(1 - random_of(a).uniform()),
                      rt.binary(BinaryOp::TrueDiv, Value(-1.0), Value(alpha)));
}

Value random_weibullvariate(Runtime& rt, Value* a) {
  const double alpha = rt.to_float(a[1]);
  const double beta = rt.to_float(a[2]);
  const double e = -std::log(1 - random_of(a).uniform());
  const Value power = number_power(Value(e), rt.binary(BinaryOp::TrueDiv, Value(1.0), Value(beta)));
  return Value(alpha * power.as_float());
}

constexpr Method kMethods[] = {
    {"uniform", "self, a, b", random_uniform,
     "Get a random number in the range [a, b) or [a, b] depending on rounding."},
    {"triangular", "self, low=0.0, high=1.0, mode=None", random_triangular},
    {"normalvariate", "self, mu=0.0, sigma=1.0", random_normalvariate, "Normal distribution."},
    {"lognormvariate", "self, mu, sigma", random_lognormvariate},
    {"gauss", "self, mu=0.0, sigma=1.0", random_gauss, "Gaussian distribution."},
    {"expovariate", "self, lambd", random_expovariate, "Exponential distribution."},
    {"vonmisesvariate", "self, mu, kappa", random_vonmisesvariate},
    {"gammavariate", "self, alpha, beta", random_gammavariate},
    {"betavariate", "self, alpha, beta", random_betavariate},
    {"paretovariate", "self, alpha", random_paretovariate},
    {"weibullvariate", "self, alpha, beta", random_weibullvariate},
};

}  // namespace

std::span<const Method> random_distribution_methods() { return kMethods; }

}  // namespace gradpad::lang
