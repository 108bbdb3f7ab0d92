// The wire between JavaScript and C++ and the table of what JavaScript holds: slots of any content,
// read as any kind of argument, end in a value or an Error; what was read can be written; and a number
// that was released, or never given out, is refused, whatever has been given out since.
#include <map>
#include <vector>

#include "gradpad/tensor/error.h"
#include "handles.h"
#include "input.h"
#include "wire.h"

using namespace gradpad;

namespace {

/// Reads one argument as the kind that `kind` says, and writes it again.
void read(web::Reader& reader, uint8_t kind, web::Writer& writer) {
  switch (kind % 9) {
    case 0:
      return writer.scalar(reader.scalar());
    case 1:
      return writer.integer(reader.integer());
    case 2:
      return writer.number(reader.number());
    case 3:
      return writer.numbers(reader.dims());
    case 4:
      return writer.text(reader.text());
    case 5:
      if (const auto found = reader.optional_integer()) writer.integer(*found);
      return;
    case 6:
      if (const auto found = reader.optional_dtype()) writer.dtype(*found);
      return;
    case 7:
      writer.list(reader.variables().size());
      return;
    default:
      writer.arg(reader.arg());
  }
}

/// Does what an input says with a few Variables, and checks the table against a plain map.
class Handles {
 public:
  Handles() {
    for (int i = 0; i < 3; ++i) variables_.emplace_back(Tensor::zeros({i}, DType::Float32));
  }
  ~Handles() {
    for (const auto& [handle, place] : held_) web::release(handle);
  }
  Handles(const Handles&) = delete;
  Handles& operator=(const Handles&) = delete;

  void step(fuzz::Input& in) {
    const uint8_t what = in.take<uint8_t>();
    if (what % 4 == 0 || held_.empty()) {
      const size_t place = what / 4 % variables_.size();
      const web::HandleId handle = web::give(variables_[place]);
      fuzz::expect(handle != 0, "a Variable has a number");
      fuzz::expect(held_.emplace(handle, place).second, "a number is given out once at a time");
    } else if (what % 4 == 1) {
      const auto one = std::next(held_.begin(), what / 4 % static_cast<int>(held_.size()));
      web::release(one->first);
      held_.erase(one);
    } else {
      check(what % 4 == 2 ? in.take<uint32_t>() : in.take<uint16_t>());
    }
  }
  void check(web::HandleId handle) const {
    const auto known = held_.find(handle);
    Variable found;
    try {
      found = web::held(handle);
    } catch (const Error&) {
      fuzz::expect(known == held_.end() && handle != 0, "a number that was given out is known");
      return;
    }
    if (handle == 0) return fuzz::expect(!found.defined(), "0 is the undefined Variable");
    fuzz::expect(known != held_.end(), "a number that nobody has is refused");
    fuzz::expect(found.is_same(variables_[known->second]), "a number stands for its Variable");
  }

 private:
  std::vector<Variable> variables_;
  std::map<web::HandleId, size_t> held_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::Input in(data, size);
  Handles handles;
  for (int left = in.take<uint8_t>(); left > 0; --left) handles.step(in);
  const auto kinds = in.take<uint64_t>();
  std::vector<uint64_t> slots;
  while (!in.empty()) slots.push_back(in.take<uint64_t>());
  web::Reader reader(slots);
  web::Writer writer;
  try {
    for (int i = 0; i < 8; ++i) read(reader, static_cast<uint8_t>(kinds >> (8 * i)), writer);
  } catch (const Error& error) {
    fuzz::expect(!error.message().empty(), "an error says what");
  }
  return 0;
}
