# Jacobians and Hessians of functions, and their products with vectors.
import torch
from torch.autograd import grad


def _as_tuple(value, what, function):
    if isinstance(value, torch.Tensor):
        return (value,), False
    values = tuple(value) if isinstance(value, (tuple, list)) else (value,)
    for i, v in enumerate(values):
        if not isinstance(v, torch.Tensor):
            raise TypeError(
                f"The {what} given to {function} must be either a Tensor or a tuple of Tensors "
                f"but the value at index {i} has type {type(v)}."
            )
    return values, True


def _fresh(inputs, create_graph):
    """The inputs, so that a graph from them begins: views where a graph goes on above."""
    if create_graph:
        return tuple(x.view_as(x) if x.requires_grad else x.clone().requires_grad_() for x in inputs)
    return tuple(x.detach().requires_grad_() for x in inputs)


def _run(function, inputs, name):
    outputs, is_tuple = _as_tuple(function(*inputs), "outputs", "the user-provided function")
    return outputs, is_tuple


def _check(outputs, strict, name):
    if strict:
        for i, out in enumerate(outputs):
            if not out.requires_grad:
                raise RuntimeError(
                    f"Output {i} of the user-provided function does not require gradients. The "
                    "outputs must be computed in a differentiable manner from the input when "
                    "running in strict mode."
                )


def _grads(outputs, inputs, vectors, create_graph):
    """Gradients, with zeros for what does not depend on an input."""
    pairs = [(o, v) for o, v in zip(outputs, vectors) if o.requires_grad]
    if not pairs:
        return tuple(torch.zeros_like(x) for x in inputs)
    found = grad(
        tuple(o for o, _ in pairs),
        inputs,
        tuple(v for _, v in pairs),
        retain_graph=True,
        create_graph=create_graph,
        allow_unused=True,
    )
    return tuple(torch.zeros_like(x) if g is None else g for g, x in zip(found, inputs))


def _shed(results, create_graph):
    return results if create_graph else tuple(r.detach() for r in results)


def _unpack(values, is_tuple):
    return values if is_tuple else values[0]


def jacobian(func, inputs, create_graph=False, strict=False, vectorize=False,
             strategy="reverse-mode"):
    """The derivative of every element of the result with respect to every element of the input."""
    with torch.enable_grad():
        inputs, many_inputs = _as_tuple(inputs, "inputs", "jacobian")
        inputs = _fresh(inputs, create_graph)
        outputs, many_outputs = _run(func, inputs, "jacobian")
        _check(outputs, strict, "jacobian")
        result = []
        for out in outputs:
            rows = []
            flat = out.reshape(-1)
            for i in range(out.numel()):
                one = torch.zeros_like(flat)
                one[i] = 1
                rows.append(_grads((flat,), inputs, (one,), create_graph))
            parts = []
            for k, x in enumerate(inputs):
                if rows:
                    part = torch.stack([row[k] for row in rows]).view(out.shape + x.shape)
                else:
                    part = torch.zeros(out.shape + x.shape, dtype=out.dtype)
                parts.append(part)
            result.append(_unpack(_shed(tuple(parts), create_graph), many_inputs))
        return _unpack(tuple(result), many_outputs)


def _scalar(function, name):
    def checked(*args):
        out = function(*args)
        values, is_tuple = _as_tuple(out, "outputs", "the user-provided function")
        if is_tuple or values[0].numel() != 1:
            raise RuntimeError(
                f"The Tensor returned by the function given to {name} should contain a single "
                "element"
            )
        return values[0].squeeze()

    return checked


def hessian(func, inputs, create_graph=False, strict=False, vectorize=False,
            outer_jacobian_strategy="reverse-mode"):
    """The second derivatives of a function whose result is a single number."""
    inputs, many = _as_tuple(inputs, "inputs", "hessian")
    function = _scalar(func, "hessian")

    def gradient(*args):
        result = jacobian(function, args, create_graph=True)
        return result if many else result[0]

    result = jacobian(gradient, inputs, create_graph=create_graph)
    return result if many else result[0]


def _vectors(v, like, what):
    if v is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(
                f"The vector v can only be None if {what} contains a single real value"
            )
        return (torch.ones_like(like[0]),)
    return _as_tuple(v, "v", "this function")[0]


def vjp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), v times the Jacobian)."""
    with torch.enable_grad():
        inputs, many_inputs = _as_tuple(inputs, "inputs", "vjp")
        inputs = _fresh(inputs, create_graph)
        outputs, many_outputs = _run(func, inputs, "vjp")
        _check(outputs, strict, "vjp")
        found = _grads(outputs, inputs, _vectors(v, outputs, "the user-provided function"),
                       create_graph)
    return (
        _unpack(_shed(outputs, create_graph), many_outputs),
        _unpack(_shed(found, create_graph), many_inputs),
    )


def jvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), the Jacobian times v): the derivative of a derivative that is linear in u."""
    with torch.enable_grad():
        inputs, many_inputs = _as_tuple(inputs, "inputs", "jvp")
        inputs = _fresh(inputs, create_graph)
        v = _vectors(v, inputs, "the input")
        outputs, many_outputs = _run(func, inputs, "jvp")
        _check(outputs, strict, "jvp")
        u = tuple(torch.zeros_like(out, requires_grad=True) for out in outputs)
        linear = _grads(outputs, inputs, u, True)
        found = _grads(linear, u, v, create_graph)
    return (
        _unpack(_shed(outputs, create_graph), many_outputs),
        _unpack(_shed(found, create_graph), many_outputs),
    )


def vhp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), v times the Hessian)."""
    with torch.enable_grad():
        inputs, many = _as_tuple(inputs, "inputs", "vhp")
        inputs = _fresh(inputs, create_graph)
        v = _vectors(v, inputs, "the input")
        out = _scalar(func, "vhp")(*inputs)
        first = _grads((out,), inputs, (torch.ones_like(out),), True)
        found = _grads(first, inputs, v, create_graph)
    return _shed((out,), create_graph)[0], _unpack(_shed(found, create_graph), many)


def hvp(func, inputs, v=None, create_graph=False, strict=False):
    """(func(inputs), the Hessian times v). The Hessian is symmetric."""
    return vhp(func, inputs, v, create_graph, strict)
