# torch.autograd.Function: operations with a derivative of one's own.
import functools

import torch


class FunctionCtx:
    """What forward hands on to backward."""

    materialize_grads = True
    needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self.to_save = tensors

    def mark_dirty(self, *args):
        self.dirty_tensors = args

    def mark_non_differentiable(self, *args):
        self.non_differentiable = args

    def set_materialize_grads(self, value):
        self.materialize_grads = value

    @property
    def saved_tensors(self):
        return torch._saved_tensors(self)


class Function(FunctionCtx):
    """Derive, write static methods forward(ctx, ...) and backward(ctx, *grads), call apply."""

    def __call__(self, *args, **kwargs):
        raise RuntimeError(
            "Legacy autograd function with non-static forward method is deprecated. "
            "Please use new-style autograd function with static forward method. "
            "(Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)"
        )

    @staticmethod
    def forward(ctx, *args, **kwargs):
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError(
            "You must implement either the backward or vjp method for "
            "your custom autograd.Function to use it with backward mode AD."
        )

    @classmethod
    def apply(cls, *args):
        return torch._apply_function(cls, args)


def once_differentiable(function):
    @functools.wraps(function)
    def backward(ctx, *args):
        with torch.no_grad():
            return function(ctx, *args)

    return backward
