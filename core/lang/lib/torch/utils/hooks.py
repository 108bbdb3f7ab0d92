# Handles that take hooks away again.

_last = [0]


class RemovableHandle:
    def __init__(self, hooks):
        self._hooks = hooks
        _last[0] += 1
        self.id = _last[0]

    def remove(self):
        self._hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.remove()
