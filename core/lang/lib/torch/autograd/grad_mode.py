# Whether operations are recorded: contexts that are decorators too.
import functools

import torch

_set = torch._set_grad_enabled
_get = torch.is_grad_enabled
_generator = type((lambda: (yield))())


class _Mode:
    """A context that, called with a function, makes the function run inside it."""

    def __call__(self, function):
        @functools.wraps(function)
        def inside(*args, **kwargs):
            with self.clone():
                result = function(*args, **kwargs)
            if isinstance(result, _generator):
                return self._run_generator(result)
            return result

        return inside

    def _run_generator(self, generator):
        # The body of a generator runs when it is asked for its next value: only then does the
        # mode hold, not in what happens between.
        sent = None
        while True:
            try:
                with self.clone():
                    value = generator.send(sent)
            except StopIteration as end:
                return end.value
            sent = yield value

    def clone(self):
        return type(self)()


class no_grad(_Mode):
    """Switches the recording of the graph off: results have no grad_fn."""

    def __new__(cls, function=None):
        if function is None:
            return object.__new__(cls)
        return cls()(function)

    def __init__(self, function=None):
        self.prev = True

    def __enter__(self):
        self.prev = _get()
        _set(False)

    def __exit__(self, kind, value, traceback):
        _set(self.prev)


class enable_grad(_Mode):
    """Switches recording on again inside no_grad."""

    def __new__(cls, function=None):
        if function is None:
            return object.__new__(cls)
        return cls()(function)

    def __init__(self, function=None):
        self.prev = True

    def __enter__(self):
        self.prev = _get()
        _set(True)

    def __exit__(self, kind, value, traceback):
        _set(self.prev)


class set_grad_enabled(_Mode):
    """Switches recording on or off: at once, and back at the end where it is used as a context."""

    def __init__(self, mode):
        self.prev = _get()
        self.mode = bool(mode)
        _set(mode)

    def __call__(self, function):
        _set(self.prev)
        return super().__call__(function)

    def __enter__(self):
        pass

    def __exit__(self, kind, value, traceback):
        _set(self.prev)

    def clone(self):
        return type(self)(self.mode)


class inference_mode(_Mode):
    """As no_grad."""

    def __init__(self, mode=True):
        self.mode = mode
        self.prev = True

    def __enter__(self):
        self.prev = _get()
        _set(not self.mode and self.prev)

    def __exit__(self, kind, value, traceback):
        _set(self.prev)

    def clone(self):
        return type(self)(self.mode)
