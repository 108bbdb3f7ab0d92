// The modules written in C++. Those with a leading underscore serve the modules of core/lang/lib/
// that are written in the language itself.
#pragma once

#include "lang/objects/native.h"

namespace gradpad::lang {

extern const ModuleSpec kMathModule;
extern const ModuleSpec kTimeModule;
extern const ModuleSpec kRandomModule;
extern const ModuleSpec kSysModule;
extern const ModuleSpec kItertoolsModule;
extern const ModuleSpec kFunctoolsModule;    // _functools
extern const ModuleSpec kCollectionsModule;  // _collections
extern const ModuleSpec kWarningsModule;     // _warnings
extern const ModuleSpec kGcModule;
extern const ModuleSpec kWeakrefModule;  // _weakref

}  // namespace gradpad::lang
