// Einstein's notation: operands are given a common order of dimensions and contracted in pairs.
#include <algorithm>
#include <array>
#include <vector>

#include "gradpad/ops/functions.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/views.h"
#include "ops/entry.h"

namespace gradpad {

namespace {

constexpr int kEllipsis = 52;
constexpr int kLabels = 53;
using Labels = std::vector<int>;

int label_of(char c) { return c >= 'a' ? c - 'a' + 26 : c - 'A'; }
char letter_of(int label) {
  return static_cast<char>(label >= 26 ? 'a' + label - 26 : 'A' + label);
}
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Equation {
  std::vector<Labels> operands;
  Labels output;
  bool has_output = false;
};

/// Reads labels up to a comma, "->" or the end.
Equation parse(const std::string& text, size_t count) {
  Equation equation;
  equation.operands.emplace_back();
  size_t i = 0;
  bool in_ellipsis = false;
  const auto ellipsis = [&](Labels& labels, std::string_view where) {
    if (in_ellipsis) {
      fail("einsum(): found '.' for ", where, " for which an ellipsis was already found");
    }
    if (text.substr(i, 3) != "...") {
      fail("einsum(): found '.' for ", where, " that is not part of any ellipsis");
    }
    i += 2;
    in_ellipsis = true;
    labels.push_back(kEllipsis);
  };
  for (; i < text.size(); ++i) {
    const char c = text[i];
    const size_t operand = equation.operands.size() - 1;
    if (c == ' ') continue;
    if (c == '.') {
      ellipsis(equation.operands.back(), concat("operand ", operand));
    } else if (c == ',') {
      if (operand + 1 >= count) {
        fail("einsum(): fewer operands were provided than specified in the equation");
      }
      equation.operands.emplace_back();
      in_ellipsis = false;
    } else if (c == '-') {
      if (text.substr(i, 2) != "->") {
        fail("einsum(): found '-' at index ", i, " that is not part of '->'");
      }
      i += 2;
      equation.has_output = true;
      break;
    } else if (!is_letter(c)) {
      fail("einsum(): invalid subscript given at index ", i,
           " in the equation string, subscripts must be in [a-zA-Z]");
    } else {
      equation.operands.back().push_back(label_of(c));
    }
  }
  if (equation.operands.size() < count) {
    fail("einsum(): more operands were provided than specified in the equation");
  }
  in_ellipsis = false;
  for (; equation.has_output && i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ') continue;
    if (c == '.') {
      ellipsis(equation.output, "the output");
    } else if (!is_letter(c)) {
      fail("einsum(): invalid subscript given at index ", i,
           " in the equation string, subscripts must be in [a-zA-Z]");
    } else {
      equation.output.push_back(label_of(c));
    }
  }
  return equation;
}

/// Where each label stands in the common order: the output's first, then those summed over.
struct Order {
  std::array<int64_t, kLabels> place;
  int64_t output_dims = 0;
  int64_t dims = 0;
  int64_t ellipsis_dims = 0;
};

int64_t ellipsis_size(const Labels& labels, const Variable& operand) {
  return operand.dim() - static_cast<int64_t>(labels.size()) + 1;
}

Order make_order(Equation& equation, const Variables& operands) {
  Order order;
  order.place.fill(-1);
  std::array<int, kLabels> uses{};
  for (size_t i = 0; i < operands.size(); ++i) {
    const Labels& labels = equation.operands[i];
    const bool open = std::find(labels.begin(), labels.end(), kEllipsis) != labels.end();
    const auto named = static_cast<int64_t>(labels.size()) - (open ? 1 : 0);
    if (open ? named > operands[i].dim() : named != operands[i].dim()) {
      fail("einsum(): the number of subscripts in the equation (", named, ") ",
           open ? "is more than the number of dimensions ("
                : "does not match the number of "
                  "dimensions (",
           operands[i].dim(), ") for operand ", i, open ? "" : " and no ellipsis was given");
    }
    for (int label : labels) {
      if (label == kEllipsis) {
        order.ellipsis_dims = std::max(order.ellipsis_dims, ellipsis_size(labels, operands[i]));
      }
      ++uses[static_cast<size_t>(label)];
    }
  }
  const auto put = [&](int label) {
    order.place[static_cast<size_t>(label)] = order.dims;
    order.dims += label == kEllipsis ? order.ellipsis_dims : 1;
  };
  if (!equation.has_output) {
    // The ellipsis, then the labels that are there once, in alphabetical order.
    put(kEllipsis);
    for (int label = 0; label < kEllipsis; ++label) {
      if (uses[static_cast<size_t>(label)] == 1) put(label);
    }
  } else {
    bool seen_ellipsis = false;
    for (int label : equation.output) {
      if (label == kEllipsis) {
        seen_ellipsis = true;
      } else if (order.place[static_cast<size_t>(label)] >= 0) {
        fail("einsum(): output subscript ", letter_of(label),
             " appears more than once in the output");
      } else if (uses[static_cast<size_t>(label)] == 0) {
        fail("einsum(): output subscript ", letter_of(label),
             " does not appear in the equation for any input operand");
      }
      put(label);
    }
    order.output_dims = order.dims;
    if (!seen_ellipsis) put(kEllipsis);
  }
  if (!equation.has_output) order.output_dims = order.dims;
  for (int label = 0; label < kEllipsis; ++label) {
    if (uses[static_cast<size_t>(label)] > 0 && order.place[static_cast<size_t>(label)] < 0) {
      put(label);
    }
  }
  return order;
}

/// The operand with its dimensions in the common order, of size 1 where it has none.
Variable arranged(const Variable& given, const Labels& labels, const Order& order, size_t number) {
  Variable operand = given;
  Dims from(static_cast<size_t>(order.dims), -1);
  int64_t d = 0;
  for (int label : labels) {
    const int64_t place = order.place[static_cast<size_t>(label)];
    if (label == kEllipsis) {
      const int64_t own = ellipsis_size(labels, given);
      for (int64_t k = own; k < order.ellipsis_dims; ++k) operand = unsqueeze(operand, d);
      for (int64_t k = 0; k < order.ellipsis_dims; ++k) from[place + k] = d++;
    } else if (from[place] >= 0) {
      const int64_t first = from[place];
      if (operand.size(first) != operand.size(d)) {
        fail("einsum(): subscript ", letter_of(label), " is repeated for operand ", number,
             " but the sizes don't match, ", operand.size(d), " != ", operand.size(first));
      }
      operand = movedim(diagonal(operand, 0, first, d), {-1}, {first});
    } else {
      from[place] = d++;
    }
  }
  for (int64_t& place : from) {
    if (place >= 0) continue;
    operand = unsqueeze(operand, operand.dim());
    place = d++;
  }
  return permute(operand, from);
}

void check_sizes(const std::vector<Variable>& operands, const Equation& equation,
                 const Order& order) {
  for (int64_t d = 0; d < order.dims; ++d) {
    int64_t size = 1;
    for (size_t i = 0; i < operands.size(); ++i) {
      const int64_t own = operands[i].shape()[d];
      if (own == 1 || own == size) continue;
      if (size != 1) {
        int label = kEllipsis;
        for (int l : equation.operands[i]) {
          if (order.place[static_cast<size_t>(l)] == d) label = l;
        }
        const std::string name = label == kEllipsis ? "..." : std::string(1, letter_of(label));
        fail("einsum(): subscript ", name, " has size ", own, " for operand ", i,
             " which does not broadcast with previously seen size ", size);
      }
      size = own;
    }
  }
}

/// Contracts two operands over `summed` with one batched product of matrices. Dimensions stay, with
/// size 1 where they were summed.
Variable contract(const Variable& a, const Variable& b, const Dims& summed) {
  Dims both, left, right;
  int64_t both_size = 1, left_size = 1, right_size = 1, sum_size = 1;
  for (int64_t d = 0; d < a.dim(); ++d) {
    const int64_t sa = a.shape()[d], sb = b.shape()[d];
    if (std::find(summed.begin(), summed.end(), d) != summed.end()) {
      sum_size *= sa;
    } else if (sa > 1 && sb > 1) {
      both.push_back(d);
      both_size *= sa;
    } else if (sa > 1) {
      left.push_back(d);
      left_size *= sa;
    } else {
      right.push_back(d);
      right_size *= sb;
    }
  }
  const auto join = [](std::initializer_list<const Dims*> parts) {
    Dims all;
    for (const Dims* part : parts) {
      for (int64_t d : *part) all.push_back(d);
    }
    return all;
  };
  const Dims result_order = join({&both, &left, &summed, &right});
  Shape shape;
  for (int64_t d : both) shape.push_back(a.shape()[d]);
  for (int64_t d : left) shape.push_back(a.shape()[d]);
  for (size_t i = 0; i < summed.size(); ++i) shape.push_back(1);
  for (int64_t d : right) shape.push_back(b.shape()[d]);
  Dims back(result_order.size(), 0);
  for (int64_t i = 0; i < result_order.ssize(); ++i) back[result_order[i]] = i;
  const Variable x =
      reshape(permute(a, join({&both, &left, &summed, &right})), {both_size, left_size, sum_size});
  const Variable y =
      reshape(permute(b, join({&both, &summed, &right, &left})), {both_size, sum_size, right_size});
  return permute(view(bmm(x, y), shape), back);
}

}  // namespace

Variable einsum(const std::string& text, const Variables& given) {
  if (given.empty()) fail("einsum(): must provide at least one operand");
  Equation equation = parse(text, given.size());
  const Order order = make_order(equation, given);
  std::vector<Variable> operands;
  for (size_t i = 0; i < given.size(); ++i) {
    operands.push_back(arranged(given[i], equation.operands[i], order, i));
  }
  check_sizes(operands, equation, order);
  // How many operands have more than one element along a dimension.
  Dims users(static_cast<size_t>(order.dims), 0);
  for (const Variable& operand : operands) {
    for (int64_t d = 0; d < order.dims; ++d) users[d] += operand.shape()[d] != 1;
  }
  Variable result = operands[0];
  for (size_t i = 1; i < operands.size(); ++i) {
    Variable a = result, b = operands[i];
    // What no later operand has is summed now.
    Dims together, only_a, only_b;
    for (int64_t d = order.output_dims; d < order.dims; ++d) {
      const bool in_a = a.shape()[d] != 1, in_b = b.shape()[d] != 1;
      if (in_a && in_b) {
        if (--users[d] == 1) together.push_back(d);
      } else if ((in_a || in_b) && users[d] == 1) {
        (in_a ? only_a : only_b).push_back(d);
      }
    }
    if (!only_a.empty()) a = sum(a, only_a, true);
    if (!only_b.empty()) b = sum(b, only_b, true);
    result = together.empty() ? a * b : contract(a, b, together);
  }
  if (order.dims == order.output_dims) return result;
  if (operands.size() > 1) {
    Shape shape;
    for (int64_t d = 0; d < order.output_dims; ++d) shape.push_back(result.shape()[d]);
    return view(result, shape);
  }
  Dims summed;
  for (int64_t d = order.output_dims; d < order.dims; ++d) summed.push_back(d);
  return sum(result, summed);
}

GRADPAD_DEFINE_OP(
    einsum, "einsum(str equation, Tensor(a)... operands) -> Tensor(a)",
    "Sums of products in Einstein's notation: a letter for each dimension of each operand; "
    "products are summed over the letters that the output, behind ->, does not name. `...` stands "
    "for dimensions that broadcast.\n"
    "Derivative: for each operand the sum of products of g with the other operands, by the "
    "equation turned round.\n"
    "Shape: one size for each letter of the output.\n"
    "Dtypes: one for all operands.\n"
    "Errors: RuntimeError for an equation that does not fit the operands, or sizes of one letter "
    "that differ.",
    "'ij,jk->ik', [T[2,3], T[3,2]]; 'ij->ji', [T[2,3]]; 'ii', [T[3,3]]; 'ii->i', [T[3,3]]; "
    "'i,j->ij', [T[2], T[3]]; 'bij,bjk->bik', [T[2,2,3], T[2,3,2]]; 'ij->', [T[2,3]]; "
    "'...ij,...jk->...ik', [T[2,2,3], T[3,2]]; 'ij,jk,kl->il', [T[2,2], T[2,3], T[3,2]]; "
    "'ij,ij->i', [T[2,3], T[2,3]]; 'ijk,ik->j', [T[2,3,2], T[2,2]]",
    kTorch, boxed<&einsum>);

}  // namespace gradpad
