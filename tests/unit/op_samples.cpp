// Reading the samples of the op table.
#include "op_samples.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>
#include <random>

#include "gradpad/tensor/random.h"
#include "ops/arg_source.h"
#include "ops/op_set.h"

namespace gradpad::testing {

namespace {

/// Python's literals, and letters for tensors.
class Reader {
 public:
  Reader(std::string_view text, uint32_t seed) : text_(text), random_(seed) {}

  bool at_end() {
    skip_blanks();
    return at_ == text_.size();
  }
  bool take(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool at(char c) {
    skip_blanks();
    return at_ < text_.size() && text_[at_] == c;
  }
  void expect(char c) {
    if (!take(c)) error(std::string(1, c));
  }
  /// `name=`, or nothing.
  std::string keyword() {
    skip_blanks();
    size_t end = at_;
    while (end < text_.size() && (std::isalnum(byte(end)) || text_[end] == '_')) ++end;
    if (end == at_ || end == text_.size() || text_[end] != '=') return {};
    const std::string name(text_.substr(at_, end - at_));
    at_ = end + 1;
    return name;
  }
  Arg value() {
    skip_blanks();
    if (take('\'')) return quoted();
    if (take('[')) return list();
    if (at_ + 1 < text_.size() && std::isupper(byte(at_)) && text_[at_ + 1] == '[') {
      return tensor();
    }
    if (at_ < text_.size() && std::isalpha(byte(at_))) return word();
    return number();
  }
  [[noreturn]] void error(const std::string& wanted) const {
    fail(ErrorKind::Value, "sample \"", text_, "\": expected ", wanted, " at ", at_);
  }

 private:
  unsigned char byte(size_t i) const { return static_cast<unsigned char>(text_[i]); }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  Arg quoted() {
    const size_t end = text_.find('\'', at_);
    if (end == std::string_view::npos) error("'");
    std::string content(text_.substr(at_, end - at_));
    at_ = end + 1;
    return content;
  }

  /// Of ints a Dims, of anything else an Args.
  Arg list() {
    Args items;
    while (!take(']')) {
      items.push_back(value());
      if (!take(',')) {
        expect(']');
        break;
      }
    }
    Dims ints;
    for (const Arg& item : items) {
      const Scalar* number = item.get<Scalar>();
      if (!number || !number->is_int()) return items;
      ints.push_back(number->to_int());
    }
    return ints;
  }

  Arg word() {
    size_t end = at_;
    while (end < text_.size() && std::isalnum(byte(end))) ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    at_ = end;
    if (name == "None") return {};
    if (name == "True") return Scalar(true);
    if (name == "False") return Scalar(false);
    if (name == "inf") return Scalar(std::numeric_limits<double>::infinity());
    if (const auto dtype = dtype_named(name)) return *dtype;
    error("None, True, False, inf or a dtype");
  }

  Arg number() {
    size_t end = at_;
    bool is_float = false;
    while (end < text_.size() && (std::isdigit(byte(end)) || text_[end] == '-' ||
                                  text_[end] == '.' || text_[end] == 'e')) {
      is_float |= text_[end] == '.' || text_[end] == 'e';
      ++end;
    }
    if (end == at_) error("a value");
    const std::string digits(text_.substr(at_, end - at_));
    at_ = end;
    if (is_float) return Scalar(std::strtod(digits.c_str(), nullptr));
    return Scalar(static_cast<int64_t>(std::strtoll(digits.c_str(), nullptr, 10)));
  }

  double uniform(double low, double high) {
    return low + (high - low) * static_cast<double>(random_()) / 4294967296.0;
  }

  Arg tensor() {
    const Variable made = *plain_tensor().get<Variable>();
    if (!take(':')) return made;
    return Variable(made.data().to(*word().get<DType>()));
  }

  Arg plain_tensor() {
    const char kind = text_[at_++];
    expect('[');
    const Arg sizes = list();
    const Shape shape = sizes.get<Dims>() ? *sizes.get<Dims>() : Shape();
    const int64_t n = numel_of(shape);
    if (kind == 'I' || kind == 'B') {
      const int64_t below = kind == 'B' ? 2 : (expect('<'), number().get<Scalar>()->to_int());
      Tensor data = Tensor::empty(shape, DType::Int64);
      for (int64_t i = 0; i < n; ++i) {
        data.data<int64_t>()[i] = static_cast<int64_t>(random_()) % below;
      }
      return Variable(kind == 'B' ? data.to(DType::Bool) : data);
    }
    Tensor data = Tensor::empty(shape, DType::Float64);
    auto* values = data.data<double>();
    for (int64_t i = 0; i < n; ++i) {
      switch (kind) {
        case 'T':
          values[i] = uniform(-1.5, 1.5);
          break;
        case 'P':
          values[i] = uniform(0.5, 2);
          break;
        case 'U':
          values[i] = uniform(-0.9, 0.9);
          break;
        case 'S':
          values[i] = uniform(0.1, 0.9);
          break;
        case 'D':
          // At least 0.2 apart, and none is 0.
          values[i] = 0.3 * static_cast<double>(i - n / 2) + uniform(0.1, 0.2);
          break;
        default:
          error("T, P, U, S, I, B or D");
      }
    }
    if (kind == 'D') {
      for (int64_t i = n - 1; i > 0; --i) std::swap(values[i], values[random_() % (i + 1)]);
    }
    return Variable(data, true);
  }

  std::string_view text_;
  size_t at_ = 0;
  std::mt19937 random_;
};

/// Arguments as they stand in the text: those given by position, then those given by name.
struct Given {
  Args args;
  std::vector<std::string> names;
  /// `~1e-7`.
  double tolerance = 0;
};

Given read_arguments(Reader& reader) {
  Given given;
  while (!reader.at_end()) {
    if (reader.take('~')) {
      given.tolerance = reader.value().get<Scalar>()->to_double();
      break;
    }
    std::string keyword = reader.keyword();
    if (!keyword.empty()) given.names.push_back(std::move(keyword));
    given.args.push_back(reader.value());
    if (!reader.at_end() && !reader.at('~')) reader.expect(',');
  }
  return given;
}

/// As the language calls operations.
OpCall bound(std::vector<const Op*> ops, const Given& given) {
  return OpSet(std::move(ops), false, false).bind(ArgSource(given.args, given.names));
}

uint8_t space_named(std::string_view name) {
  if (name == "torch") return kTorch;
  if (name == "F") return kFunctional;
  if (name == "linalg") return kLinalg;
  return kMethod;
}

}  // namespace

std::vector<Sample> samples_of(const Op& op) {
  std::vector<Sample> result;
  std::string_view rest = op.entry->samples;
  if (rest.starts_with("none: ")) return result;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find(';'), rest.size());
    std::string text(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    text.erase(0, text.find_first_not_of(' '));
    Reader reader(text, static_cast<uint32_t>(result.size()) + 1);
    const Given given = read_arguments(reader);
    const OpCall call = bound({&op}, given);
    text.resize(std::min(text.find(" ~"), text.size()));
    result.push_back({concat(op.name, "(", text, ")"), Args(call.args.begin(), call.args.end()),
                      given.tolerance});
  }
  return result;
}

Case read_case(const std::string& line) {
  const size_t dot = line.find('.'), open = line.find('(');
  const std::string name = line.substr(dot + 1, open - dot - 1);
  const std::string text = line.substr(open + 1, line.size() - open - 2);
  Reader reader(text, 1);
  std::vector<const Op*> ops;
  for (const Op& op : find_ops(name)) {
    if ((op.entry->spaces & space_named(line.substr(0, dot))) != 0) ops.push_back(&op);
  }
  if (ops.empty()) fail(ErrorKind::Value, "case \"", line, "\": no such operation");
  const OpCall call = bound(std::move(ops), read_arguments(reader));
  return {call.op, {line, Args(call.args.begin(), call.args.end()), 0}};
}

Args map_tensors(const Args& args, const std::function<Variable(const Variable&)>& change) {
  Args result;
  for (const Arg& arg : args) {
    if (auto* variable = arg.get<Variable>()) {
      result.emplace_back(change(*variable));
    } else if (auto* list = arg.get<Args>()) {
      result.emplace_back(map_tensors(*list, change));
    } else {
      result.push_back(arg);
    }
  }
  return result;
}

Variables differentiable_args(const Args& args) {
  Variables found;
  map_tensors(args, [&](const Variable& v) {
    if (v.requires_grad()) found.push_back(v);
    return v;
  });
  return found;
}

Args with_tensors(const Args& args, const Variables& tensors) {
  size_t next = 0;
  return map_tensors(args,
                     [&](const Variable& v) { return v.requires_grad() ? tensors[next++] : v; });
}

Variables results_of(const Arg& result) {
  if (auto* variable = result.get<Variable>()) return {*variable};
  Variables found;
  if (auto* list = result.get<Args>()) {
    for (const Arg& item : *list) {
      if (auto* variable = item.get<Variable>()) found.push_back(*variable);
    }
  }
  return found;
}

Variables call(const Op& op, const Args& args) {
  default_generator().manual_seed(0);
  return results_of(op.entry->call(args));
}

}  // namespace gradpad::testing
