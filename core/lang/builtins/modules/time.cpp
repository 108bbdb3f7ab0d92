// time: clocks, sleep and the calendar.
#include <chrono>
#include <cmath>
#include <ctime>
#include <thread>

#include "lang/builtins/modules/modules.h"
#include "lang/builtins/modules/struct_sequence.h"
#include "lang/builtins/sequence_ops.h"

namespace gradpad::lang {

namespace {

using std::chrono::duration;
using std::chrono::duration_cast;
using std::chrono::nanoseconds;

template <class Clock>
int64_t now_ns() {
  return duration_cast<nanoseconds>(Clock::now().time_since_epoch()).count();
}

template <class Clock>
Value seconds(Runtime&, Value*) {
  return Value(duration<double>(Clock::now().time_since_epoch()).count());
}
template <class Clock>
Value nanosecond_count(Runtime&, Value*) {
  return Value(now_ns<Clock>());
}

Value time_process(Runtime&, Value*) {
  return Value(static_cast<double>(std::clock()) / CLOCKS_PER_SEC);
}

/// Sleeps in short naps, so that Stop and the time limit act.
Value time_sleep(Runtime& rt, Value* a) {
  using Clock = std::chrono::steady_clock;
  const double length = rt.to_float(a[0]);
  if (std::isnan(length)) fail_value({"Invalid value NaN (not a number)"});
  if (length < 0) fail_value({"sleep length must be non-negative"});
  const auto start = Clock::now();
  for (;;) {
    rt.check_budget();
    const double left = length - duration<double>(Clock::now() - start).count();
    if (left <= 0) return Value::none();
    std::this_thread::sleep_for(duration<double>(std::min(left, 0.02)));
  }
}

// --- Calendar
// --------------------------------------------------------------------------------------

/// localtime and gmtime: native functions whose data is the type struct_time.
Value calendar(Runtime& rt, const NativeFunction& self, const Arguments& arguments) {
  check_positional(self.name, arguments, 0, 1);
  const bool given = arguments.positional > 0 && !arguments.values[0].is_none();
  const auto seconds = given
                           ? static_cast<std::time_t>(std::floor(rt.to_float(arguments.values[0])))
                           : std::time(nullptr);
  std::tm t{};
  if (self.name == "gmtime") {
    gmtime_r(&seconds, &t);
  } else {
    localtime_r(&seconds, &t);
  }
  const auto number = [](int v) { return Value(v); };
  return make_struct(rt, static_cast<Type*>(const_cast<void*>(self.data)),
                     {number(t.tm_year + 1900), number(t.tm_mon + 1), number(t.tm_mday),
                      number(t.tm_hour), number(t.tm_min), number(t.tm_sec),
                      number((t.tm_wday + 6) % 7), number(t.tm_yday + 1), number(t.tm_isdst)});
}

std::tm local_now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm out{};
  localtime_r(&seconds, &out);
  return out;
}

std::tm read_struct(Runtime& rt, const Value& v) {
  if (v.is_unbound() || v.is_none()) return local_now();
  const Tuple* items = v.to<Tuple>();
  if (!items) fail_type({"Tuple or struct_time argument required"});
  if (items->size() != 9) fail_type({"time.strftime() argument: illegal time tuple argument"});
  int fields[9];
  for (int i = 0; i < 9; ++i) fields[i] = static_cast<int>(rt.to_index((*items)[i]));
  std::tm out{};
  out.tm_year = fields[0] - 1900;
  out.tm_mon = fields[1] - 1;
  out.tm_mday = fields[2];
  out.tm_hour = fields[3];
  out.tm_min = fields[4];
  out.tm_sec = fields[5];
  out.tm_wday = (fields[6] + 1) % 7;
  out.tm_yday = fields[7] - 1;
  out.tm_isdst = fields[8];
  if (out.tm_mon < 0 || out.tm_mon > 11) fail_value({"month out of range"});
  if (out.tm_wday < 0) fail_value({"day of week out of range"});
  return out;
}

Value time_strftime(Runtime& rt, Value* a) {
  const std::tm when = read_struct(rt, a[1]);
  // A mark at the end tells an empty result from one that did not fit.
  const std::string format = want_str(rt, a[0], "strftime() argument 1 ")->text() + "x";
  std::string text(std::max<size_t>(256, format.size() * 4), '\0');
  for (;;) {
    const size_t length = std::strftime(text.data(), text.size(), format.c_str(), &when);
    if (length > 0) return rt.make_str(text.substr(0, length - 1));
    check_room(static_cast<int64_t>(text.size()), 2);
    text.resize(text.size() * 2);
  }
}

Value time_mktime(Runtime& rt, Value* a) {
  std::tm when = read_struct(rt, a[0]);
  return Value(static_cast<double>(std::mktime(&when)));
}

Value ascii_time(Runtime& rt, const std::tm& when) {
  char text[64];
  const size_t length = std::strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y", &when);
  return rt.make_str(std::string(text, length));
}
Value time_ctime(Runtime& rt, Value* a) {
  if (a[0].is_none()) return ascii_time(rt, local_now());
  const auto seconds = static_cast<std::time_t>(std::floor(rt.to_float(a[0])));
  std::tm when{};
  localtime_r(&seconds, &when);
  return ascii_time(rt, when);
}
Value time_asctime(Runtime& rt, Value* a) { return ascii_time(rt, read_struct(rt, a[0])); }

constexpr Method kFunctions[] = {
    {"time", "", seconds<std::chrono::system_clock>,
     "Return the current time in seconds since the Epoch."},
    {"time_ns", "", nanosecond_count<std::chrono::system_clock>},
    {"perf_counter", "", seconds<std::chrono::steady_clock>,
     "Performance counter for benchmarking."},
    {"perf_counter_ns", "", nanosecond_count<std::chrono::steady_clock>},
    {"monotonic", "", seconds<std::chrono::steady_clock>},
    {"monotonic_ns", "", nanosecond_count<std::chrono::steady_clock>},
    {"process_time", "", time_process, "Process time for profiling."},
    {"thread_time", "", time_process},
    {"sleep", "seconds, /", time_sleep, "Delay execution for a given number of seconds."},
    {"mktime", "tuple, /", time_mktime},
    {"strftime", "format, tuple=?, /", time_strftime,
     "Convert a time tuple to a string according to a format specification."},
    {"ctime", "seconds=None, /", time_ctime},
    {"asctime", "tuple=?, /", time_asctime},
};

void init_time(Runtime& rt, Module& module) {
  Type* type = make_struct_sequence(rt, "time", "struct_time",
                                    {"tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec",
                                     "tm_wday", "tm_yday", "tm_isdst"});
  module.set(rt.intern("struct_time").get(), Value(type));
  for (const char* name : {"localtime", "gmtime"}) {
    Ref<NativeFunction> function = rt.make<NativeFunction>();
    function->name = name;
    function->text = "seconds=None, /";
    function->raw = calendar;
    function->data = type;
    function->module = module.name;
    module.set(rt.intern(name).get(), function);
  }
}

}  // namespace

const ModuleSpec kTimeModule = {"time", kFunctions, init_time};

}  // namespace gradpad::lang
