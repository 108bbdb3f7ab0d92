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

#include "gradpad/autograd/engine.h"
#include "gradpad/autograd/grad_mode.h"
#include "gradpad/autograd/gradcheck.h"
#include "gradpad/autograd/variable.h"
#include "gradpad/ops/conv.h"
#include "gradpad/ops/convert.h"
#include "gradpad/ops/dropout.h"
#include "gradpad/ops/factory.h"
#include "gradpad/ops/functions.h"
#include "gradpad/ops/image.h"
#include "gradpad/ops/indexing.h"
#include "gradpad/ops/inplace.h"
#include "gradpad/ops/join.h"
#include "gradpad/ops/loss.h"
#include "gradpad/ops/matmul.h"
#include "gradpad/ops/norm.h"
#include "gradpad/ops/pool.h"
#include "gradpad/ops/reduce.h"
#include "gradpad/ops/rnn.h"
#include "gradpad/ops/views.h"
