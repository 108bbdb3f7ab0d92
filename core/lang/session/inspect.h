// What is said of a program's variables and its graph when it has ended.
#pragma once

#include "lang/runtime/runtime.h"
#include "lang/session/graph_record.h"
#include "lang/session/session.h"

namespace gradpad::lang {

/// Fills variables, graph and steps. Never throws: what cannot be described is left out.
void inspect(Runtime& rt, Module& main, const GraphRecorder& recorder, RunResult& result);

}  // namespace gradpad::lang
