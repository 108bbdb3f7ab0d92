// The C++ interface of Gradpad, in one header.
//
//   #include <gradpad/gradpad.h>
//   using namespace gradpad;
//
//   Variable x({2.0f}, true);   // requires_grad
//   Variable y = pow(x, 2);
//   y.backward();
//   std::cout << x.grad();      // tensor([4.])
#pragma once

#include "autograd/engine.h"
#include "autograd/grad_mode.h"
#include "autograd/gradcheck.h"
#include "autograd/variable.h"
#include "ops/conv.h"
#include "ops/convert.h"
#include "ops/dropout.h"
#include "ops/factory.h"
#include "ops/functions.h"
#include "ops/image.h"
#include "ops/indexing.h"
#include "ops/inplace.h"
#include "ops/join.h"
#include "ops/loss.h"
#include "ops/matmul.h"
#include "ops/norm.h"
#include "ops/pool.h"
#include "ops/reduce.h"
#include "ops/rnn.h"
#include "ops/views.h"
