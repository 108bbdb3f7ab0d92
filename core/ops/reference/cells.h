// The cells of recurrent layers on the reference device.
#pragma once

#include "ops/rnn/cells.h"

namespace gradpad::ops::reference {

extern const CellTable cell_table;

}  // namespace gradpad::ops::reference
