# Module: a function with parameters.
from collections import OrderedDict, namedtuple

import torch
from torch.nn.parameter import Parameter
from torch.utils.hooks import RemovableHandle

_Keys = namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])


class _IncompatibleKeys(_Keys):
    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return super().__repr__()

    __str__ = __repr__


def _addindent(text, spaces):
    lines = text.split("\n")
    return "\n".join([lines[0]] + [" " * spaces + line for line in lines[1:]])


def _distinct(pairs, seen):
    """Pairs whose value was not there before: shared parameters count once."""
    for name, value in pairs:
        if value is not None and id(value) not in seen:
            seen[id(value)] = value
            yield name, value


class Module:
    """Base class of networks: derive, make parameters and submodules in __init__, write forward."""

    training = True
    # Until __init__ has run there is no place for parameters; the class's None says so.
    _parameters = None
    _buffers = None
    _modules = None
    _non_persistent = ()
    # Few modules have hooks: a dict is made for the first of a kind.
    _forward_hooks = None
    _forward_pre_hooks = None
    _backward_hooks = None
    dump_patches = False

    def __init__(self):
        put = object.__setattr__
        put(self, "training", True)
        put(self, "_parameters", OrderedDict())
        put(self, "_buffers", OrderedDict())
        put(self, "_modules", OrderedDict())

    def forward(self, *input):
        raise NotImplementedError(
            f'Module [{type(self).__name__}] is missing the required "forward" function'
        )

    def __call__(self, *args, **kwargs):
        if self._forward_pre_hooks is None and self._forward_hooks is None:
            if self._backward_hooks is None:
                return self.forward(*args, **kwargs)
        return self._call_with_hooks(args, kwargs)

    def _call_with_hooks(self, args, kwargs):
        for hook in list((self._forward_pre_hooks or {}).values()):
            result = hook(self, args)
            if result is not None:
                args = result if isinstance(result, tuple) else (result,)
        result = self.forward(*args, **kwargs)
        for hook in list((self._forward_hooks or {}).values()):
            replaced = hook(self, args, result)
            if replaced is not None:
                result = replaced
        if self._backward_hooks:
            self._watch_backward(args, result)
        return result

    def _watch_backward(self, args, result):
        outputs = result if isinstance(result, tuple) else (result,)
        outputs = [out for out in outputs if isinstance(out, torch.Tensor) and out.grad_fn]
        inputs = [x for x in args if isinstance(x, torch.Tensor) and x.requires_grad]
        found = {}

        def finish():
            grad_in = tuple(found.get(("in", i)) for i in range(len(inputs))) or (None,)
            grad_out = tuple(found.get(("out", i)) for i in range(len(outputs)))
            for hook in list((self._backward_hooks or {}).values()):
                hook(self, grad_in, grad_out)

        def remember(side, i):
            def hook(grad):
                found[(side, i)] = grad
                if inputs and side == "in" and i == 0:
                    finish()
                elif not inputs and i == 0:
                    finish()

            return hook

        for i, out in enumerate(outputs):
            out.register_hook(remember("out", i))
        for i, x in enumerate(inputs):
            x.register_hook(remember("in", i))

    # --- Attributes --------------------------------------------------------------------------------

    def __setattr__(self, name, value):
        parameters = self._parameters
        if isinstance(value, Parameter):
            if parameters is None:
                raise AttributeError("cannot assign parameters before Module.__init__() call")
            self._forget(name)
            self.register_parameter(name, value)
        elif isinstance(value, Module):
            if self._modules is None:
                raise AttributeError("cannot assign module before Module.__init__() call")
            self._forget(name)
            self._modules[name] = value
        elif parameters is not None and name in parameters:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as parameter '{name}' "
                    "(torch.nn.Parameter or None expected)"
                )
            parameters[name] = None
        elif parameters is not None and name in self._modules:
            if value is not None:
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as child module '{name}' "
                    "(torch.nn.Module or None expected)"
                )
            self._modules[name] = None
        elif parameters is not None and name in self._buffers:
            if value is not None and not isinstance(value, torch.Tensor):
                raise TypeError(
                    f"cannot assign '{torch.typename(value)}' as buffer '{name}' "
                    "(torch.Tensor or None expected)"
                )
            self._buffers[name] = value
        else:
            object.__setattr__(self, name, value)

    def _forget(self, name):
        for table in (self._parameters, self._buffers, self._modules):
            table.pop(name, None)
        try:
            object.__delattr__(self, name)
        except AttributeError:
            pass

    def __getattr__(self, name):
        parameters = self._parameters
        if parameters is not None:
            if name in parameters:
                return parameters[name]
            if name in self._modules:
                return self._modules[name]
            if name in self._buffers:
                return self._buffers[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __delattr__(self, name):
        for table in (self._parameters, self._buffers, self._modules):
            if table is not None and name in table:
                del table[name]
                return
        object.__delattr__(self, name)

    def __dir__(self):
        names = list(object.__dir__(self))
        for table in (self._parameters, self._modules, self._buffers):
            names += list(table or ())
        return sorted(name for name in set(names) if not name[0].isdigit())

    def register_parameter(self, name, param):
        if self._parameters is None:
            raise AttributeError("cannot assign parameter before Module.__init__() call")
        self._check_name("parameter", name, self._parameters)
        if param is not None and not isinstance(param, Parameter):
            raise TypeError(
                f"cannot assign '{torch.typename(param)}' object to parameter '{name}' "
                "(torch.nn.Parameter or None required)"
            )
        if param is not None and param.grad_fn:
            raise ValueError(
                f"Cannot assign non-leaf Tensor to parameter '{name}'. Model parameters must be "
                f"created explicitly. To express '{name}' as a function of another Tensor, compute "
                "the value in the forward() method."
            )
        self._parameters[name] = param

    def register_buffer(self, name, tensor, persistent=True):
        if self._buffers is None:
            raise AttributeError("cannot assign buffer before Module.__init__() call")
        self._check_name("buffer", name, self._buffers)
        if tensor is not None and not isinstance(tensor, torch.Tensor):
            raise TypeError(
                f"cannot assign '{torch.typename(tensor)}' object to buffer '{name}' "
                "(torch Tensor or None required)"
            )
        self._buffers[name] = tensor
        if not persistent:
            object.__setattr__(self, "_non_persistent", self._non_persistent + (name,))

    def register_module(self, name, module):
        self.add_module(name, module)

    def add_module(self, name, module):
        if module is not None and not isinstance(module, Module):
            raise TypeError(f"{torch.typename(module)} is not a Module subclass")
        self._check_name("module", name, self._modules)
        self._modules[name] = module

    def _check_name(self, what, name, table):
        if not isinstance(name, str):
            raise TypeError(f"{what} name should be a string. Got {torch.typename(name)}")
        if "." in name:
            raise KeyError(f'{what} name can\'t contain "."' + (f", got: {name}" if what == "module" else ""))
        if name == "":
            raise KeyError(f'{what} name can\'t be empty string ""')
        if name not in table and hasattr(self, name):
            raise KeyError(f"attribute '{name}' already exists")

    # --- Walking -----------------------------------------------------------------------------------

    def named_children(self):
        yield from _distinct(self._modules.items(), {})

    def children(self):
        for _, module in self.named_children():
            yield module

    def named_modules(self, memo=None, prefix="", remove_duplicate=True):
        memo = set() if memo is None else memo
        if self in memo:
            return
        if remove_duplicate:
            memo.add(self)
        yield prefix, self
        for name, module in self._modules.items():
            if module is not None:
                inner = prefix + ("." if prefix else "") + name
                yield from module.named_modules(memo, inner, remove_duplicate)

    def modules(self):
        for _, module in self.named_modules():
            yield module

    def _named_members(self, table, prefix, recurse):
        modules = self.named_modules(prefix=prefix) if recurse else [(prefix, self)]
        for path, module in modules:
            for name, value in getattr(module, table).items():
                yield path + ("." if path else "") + name, value

    def named_parameters(self, prefix="", recurse=True):
        yield from _distinct(self._named_members("_parameters", prefix, recurse), {})

    def parameters(self, recurse=True):
        for _, parameter in self.named_parameters(recurse=recurse):
            yield parameter

    def named_buffers(self, prefix="", recurse=True):
        yield from _distinct(self._named_members("_buffers", prefix, recurse), {})

    def buffers(self, recurse=True):
        for _, buffer in self.named_buffers(recurse=recurse):
            yield buffer

    def get_submodule(self, target):
        module = self
        for part in target.split(".") if target else []:
            if not hasattr(module, part):
                raise AttributeError(f"{type(module).__name__} has no attribute `{part}`")
            module = getattr(module, part)
            if not isinstance(module, Module):
                raise AttributeError(f"`{part}` is not an nn.Module")
        return module

    def get_parameter(self, target):
        path, _, name = target.rpartition(".")
        module = self.get_submodule(path)
        parameter = getattr(module, name)
        if not isinstance(parameter, Parameter):
            raise AttributeError(f"`{name}` is not an nn.Parameter")
        return parameter

    # --- State -------------------------------------------------------------------------------------

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        if args:
            destination = args[0]
            prefix = args[1] if len(args) > 1 else prefix
            keep_vars = args[2] if len(args) > 2 else keep_vars
        if destination is None:
            destination = OrderedDict()
        for name, value in self._own_state():
            destination[prefix + name] = value if keep_vars else value.detach()
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(
                    destination=destination, prefix=prefix + name + ".", keep_vars=keep_vars
                )
        return destination

    def _own_state(self):
        for name, value in self._parameters.items():
            if value is not None:
                yield name, value
        for name, value in self._buffers.items():
            if value is not None and name not in self._non_persistent:
                yield name, value

    def load_state_dict(self, state_dict, strict=True):
        own = OrderedDict()
        for path, module in self.named_modules(remove_duplicate=False):
            for name, value in module._own_state():
                own[path + ("." if path else "") + name] = value
        missing = [key for key in own if key not in state_dict]
        unexpected = [key for key in state_dict if key not in own]
        problems = []
        with torch.no_grad():
            for key, value in state_dict.items():
                if key not in own:
                    continue
                target = own[key]
                if target.shape != value.shape:
                    problems.append(
                        f"size mismatch for {key}: copying a param with shape {value.shape} from "
                        f"checkpoint, the shape in current model is {target.shape}."
                    )
                else:
                    target.copy_(value)
        if strict:
            if missing:
                names = ", ".join(f'"{key}"' for key in missing)
                problems.insert(0, f"Missing key(s) in state_dict: {names}. ")
            if unexpected:
                names = ", ".join(f'"{key}"' for key in unexpected)
                problems.insert(0, f"Unexpected key(s) in state_dict: {names}. ")
        if problems:
            raise RuntimeError(
                f"Error(s) in loading state_dict for {type(self).__name__}:\n\t"
                + "\n\t".join(problems)
            )
        return _IncompatibleKeys(missing, unexpected)

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=False):
        for parameter in self.parameters():
            if parameter.grad is not None:
                if set_to_none:
                    parameter.grad = None
                else:
                    if parameter.grad.grad_fn is not None:
                        parameter.grad.detach_()
                    else:
                        parameter.grad.requires_grad_(False)
                    parameter.grad.zero_()

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def _apply(self, fn):
        for module in self.children():
            module._apply(fn)
        for parameter in self._parameters.values():
            if parameter is not None:
                parameter.data = fn(parameter.data)
                if parameter.grad is not None:
                    parameter.grad.data = fn(parameter.grad.data)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def to(self, *args, **kwargs):
        def convert(tensor):
            if not tensor.is_floating_point():
                return tensor
            return tensor.to(*args, **kwargs)

        return self._apply(convert)

    def type(self, dst_type):
        return self._apply(lambda t: t.type(dst_type))

    def float(self):
        return self._apply(lambda t: t.float() if t.is_floating_point() else t)

    def double(self):
        return self._apply(lambda t: t.double() if t.is_floating_point() else t)

    def cpu(self):
        return self

    def cuda(self, device=None):
        return self._apply(lambda t: t.cuda(device))

    def share_memory(self):
        return self

    # --- Hooks -------------------------------------------------------------------------------------

    def _add_hook(self, table, hook):
        if getattr(self, table) is None:
            object.__setattr__(self, table, OrderedDict())
        hooks = getattr(self, table)
        handle = RemovableHandle(hooks)
        hooks[handle.id] = hook
        return handle

    def register_forward_pre_hook(self, hook):
        return self._add_hook("_forward_pre_hooks", hook)

    def register_forward_hook(self, hook):
        return self._add_hook("_forward_hooks", hook)

    def register_full_backward_hook(self, hook):
        return self._add_hook("_backward_hooks", hook)

    register_backward_hook = register_full_backward_hook

    # --- Printing ----------------------------------------------------------------------------------

    def extra_repr(self):
        return ""

    def _get_name(self):
        return type(self).__name__

    def __repr__(self):
        extra = self.extra_repr()
        lines = extra.split("\n") if extra else []
        children = []
        for name, module in self._modules.items():
            children.append("(" + name + "): " + _addindent(repr(module), 2))
        head = self._get_name() + "("
        if len(lines) == 1 and not children:
            return head + lines[0] + ")"
        lines += children
        if lines:
            return head + "\n  " + "\n  ".join(lines) + "\n)"
        return head + ")"
