// PyTorch's printing: one format for all elements, chosen from the elements that will be shown,
// then nested brackets. The rules are those of torch/_tensor_str.py in PyTorch 1.13.
#include "gradpad/tensor/print.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "gradpad/tensor/default_dtype.h"
#include "tensor/number_text.h"

namespace gradpad {

namespace {

/// Calls `visit(offset)` for each element that will be shown, in order. `offset` counts elements of
/// the storage.
template <class Visit>
void for_each_shown(const Tensor& tensor, int64_t dim, int64_t offset, int64_t edge,
                    const Visit& visit) {
  if (dim == tensor.dim()) {
    visit(offset);
    return;
  }
  const int64_t size = tensor.shape()[dim], stride = tensor.strides()[dim];
  for (int64_t i = 0; i < size; ++i) {
    if (size > 2 * edge && i == edge) i = size - edge;
    if (i < size) for_each_shown(tensor, dim + 1, offset + i * stride, edge, visit);
  }
}

/// The format that all elements of one tensor share.
class Formatter {
 public:
  Formatter(const Tensor& tensor, const PrintOptions& options, int64_t edge)
      : options_(options), dtype_(tensor.dtype()) {
    dispatch(dtype_, [&]<class T>() {
      data_ = tensor.storage()->data();
      if constexpr (std::is_floating_point_v<T>) {
        choose_mode<T>(tensor, edge);
      } else {
        for_each_shown(tensor, 0, tensor.offset(), edge,
                       [&](int64_t offset) { widen(integer_text<T>(offset)); });
      }
    });
  }

  int64_t width() const { return width_; }

  std::string text(int64_t offset) const {
    std::string plain = dispatch(dtype_, [&]<class T>() {
      if constexpr (std::is_floating_point_v<T>) {
        return float_text(static_cast<double>(element<T>(offset)));
      } else {
        return integer_text<T>(offset);
      }
    });
    const int64_t missing = width_ - static_cast<int64_t>(plain.size());
    return missing > 0 ? std::string(static_cast<size_t>(missing), ' ') + plain : plain;
  }

 private:
  template <class T>
  T element(int64_t offset) const {
    return reinterpret_cast<const T*>(data_)[offset];
  }

  template <class T>
  std::string integer_text(int64_t offset) const {
    if constexpr (std::is_same_v<T, bool>) {
      return element<T>(offset) ? "True" : "False";
    } else {
      return std::to_string(element<T>(offset));
    }
  }

  std::string float_text(double value) const {
    if (scientific_) return format_scientific(value, options_.precision);
    if (!whole_) return format_fixed(value, options_.precision);
    return format_fixed(value, 0) + (std::isfinite(value) ? "." : "");
  }

  void widen(const std::string& text) {
    width_ = std::max(width_, static_cast<int64_t>(text.size()));
  }

  /// Only finite values other than zero choose the mode and the width.
  template <class T>
  void choose_mode(const Tensor& tensor, int64_t edge) {
    double least = std::numeric_limits<double>::infinity(), most = 0;
    const auto consider = [&](const auto& body) {
      for_each_shown(tensor, 0, tensor.offset(), edge, [&](int64_t offset) {
        const double value = static_cast<double>(element<T>(offset));
        if (std::isfinite(value) && value != 0) body(value);
      });
    };
    consider([&](double value) {
      least = std::min(least, std::fabs(value));
      most = std::max(most, std::fabs(value));
      whole_ = whole_ && value == std::ceil(value);
    });
    if (most == 0) return;
    scientific_ = most / least > 1000.0 || most > 1.0e8 || (!whole_ && least < 1.0e-4);
    consider([&](double value) { widen(float_text(value)); });
    // The width stays that of the mode the values ask for, as in PyTorch.
    if (options_.sci_mode) scientific_ = *options_.sci_mode;
  }

  const PrintOptions& options_;
  DType dtype_;
  const std::byte* data_ = nullptr;
  /// Every value is an integer: "1." rather than "1.0000".
  bool whole_ = true;
  bool scientific_ = false;
  int64_t width_ = 1;
};

class Writer {
 public:
  Writer(const Tensor& tensor, const PrintOptions& options)
      : tensor_(tensor),
        options_(options),
        edge_(static_cast<double>(tensor.numel()) > options.threshold
                  ? std::max<int64_t>(options.edgeitems, 0)
                  : std::numeric_limits<int64_t>::max() / 2),
        formatter_(tensor, options, edge_) {}

  std::string write(int64_t indent) {
    if (tensor_.dim() == 0) return formatter_.text(tensor_.offset());
    bracket(0, tensor_.offset(), indent);
    return std::move(out_);
  }

 private:
  /// Recursion is over dimensions, of which there are at most 64.
  void bracket(int64_t dim, int64_t offset, int64_t indent) {
    const int64_t size = tensor_.shape()[dim], stride = tensor_.strides()[dim];
    if (dim == tensor_.dim() - 1) return row(size, stride, offset, indent);
    const int64_t left = tensor_.dim() - dim;
    std::string separator = ",";
    separator.append(static_cast<size_t>(left - 1), '\n');
    separator.append(static_cast<size_t>(indent + 1), ' ');
    out_ += '[';
    for (int64_t i = 0; i < size; ++i) {
      if (i > 0) out_ += separator;
      if (size > 2 * edge_ && i == edge_) {
        out_ += "...";
        i = size - edge_ - 1;
        continue;
      }
      bracket(dim + 1, offset + i * stride, indent + 1);
    }
    out_ += ']';
  }

  void row(int64_t size, int64_t stride, int64_t offset, int64_t indent) {
    const int64_t per_line =
        std::max<int64_t>(1, (options_.linewidth - indent) / (formatter_.width() + 2));
    int64_t written = 0;
    const auto item = [&](std::string_view text) {
      if (written > 0) {
        out_ += written % per_line ? ", " : ",\n";
        if (written % per_line == 0) out_.append(static_cast<size_t>(indent + 1), ' ');
      }
      out_ += text;
      ++written;
    };
    out_ += '[';
    for (int64_t i = 0; i < size; ++i) {
      if (size > 2 * edge_ && i == edge_) {
        item(" ...");
        i = size - edge_ - 1;
        continue;
      }
      item(formatter_.text(offset + i * stride));
    }
    out_ += ']';
  }

  const Tensor tensor_;
  const PrintOptions& options_;
  /// Items shown at each end of a dimension; so many that all are, when nothing is left out.
  int64_t edge_;
  Formatter formatter_;
  std::string out_;
};

/// What libtorch prints.
constexpr char kUndefined[] = "[ Tensor (undefined) ]";

/// "(0, 3)", "(0,)": a shape as a Python tuple.
std::string tuple_text(const Shape& shape) {
  std::string text = "(";
  for (size_t i = 0; i < shape.size(); ++i) {
    if (i) text += ", ";
    text += std::to_string(shape[i]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

/// The device is shown where it is not the CPU, the size where it cannot be seen from the brackets,
/// the dtype where it cannot be guessed from the elements.
std::vector<std::string> own_suffixes(const Tensor& tensor) {
  std::vector<std::string> suffixes;
  const DType dtype = tensor.dtype();
  const bool empty = tensor.numel() == 0;
  if (!tensor.device().is_cpu()) suffixes.push_back("device='" + to_string(tensor.device()) + "'");
  if (empty && tensor.dim() != 1) suffixes.push_back("size=" + tuple_text(tensor.shape()));
  const bool plain = !empty && (dtype == DType::Int64 || dtype == DType::Bool);
  if (dtype != default_dtype() && !plain) {
    suffixes.push_back("dtype=torch." + std::string(dtype_name(dtype)));
  }
  return suffixes;
}

}  // namespace

PrintOptions& print_options() {
  thread_local PrintOptions options;
  return options;
}

std::string to_string(const Tensor& tensor, const PrintOptions& options, int64_t indent) {
  if (!tensor.defined()) return kUndefined;
  if (tensor.numel() == 0) return "[]";
  return Writer(tensor.cpu(), options).write(indent);
}

std::string tensor_repr(const Tensor& tensor, std::span<const std::string> suffixes,
                        const PrintOptions& options) {
  if (!tensor.defined()) return kUndefined;
  constexpr std::string_view prefix = "tensor(";
  const auto indent = static_cast<int64_t>(prefix.size());
  std::string text(prefix);
  text += to_string(tensor, options, indent);
  // PyTorch's own count, one more than the true length of the last line.
  const size_t newline = text.rfind('\n');
  int64_t line = static_cast<int64_t>(newline == std::string::npos ? text.size() + 2
                                                                   : text.size() - newline + 1);
  const auto append = [&](const std::string& suffix) {
    const auto length = static_cast<int64_t>(suffix.size());
    if (line + length + 2 > options.linewidth) {
      text.append(",\n").append(static_cast<size_t>(indent), ' ');
      line = indent + length;
    } else {
      text += ", ";
      line += length + 2;
    }
    text += suffix;
  };
  for (const std::string& suffix : own_suffixes(tensor)) append(suffix);
  for (const std::string& suffix : suffixes) append(suffix);
  return text + ')';
}

}  // namespace gradpad
