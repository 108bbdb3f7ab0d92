# warnings: showing, hiding and recording warnings. Those that the library itself gives come here too
# once this module is imported.
import sys
from _warnings import install as _install
from _warnings import place as _place

filters = []
_shown = set()
_recorders = []


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, "
            f"filename : {self.filename!r}, lineno : {self.lineno}, line : {self.line!r}}}"
        )


def formatwarning(message, category, filename, lineno, line=None):
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    return text + f"  {line.strip()}\n" if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    (file or sys.stderr).write(formatwarning(message, category, filename, lineno, line))


def _matches(pattern, text):
    """Whether the text begins with the pattern, a regular expression of which only .* is known."""
    at = 0
    text = text.lower()
    for i, part in enumerate(pattern.lower().split(".*")):
        found = text.find(part, at)
        if found < 0 or (i == 0 and found != 0):
            return False
        at = found + len(part)
    return True


def _action(category, text):
    for action, message, filtered in filters:
        if issubclass(category, filtered) and _matches(message, text):
            return action
    return "default"


def _handle(category, text, message=None, level=1):
    """Does with a warning what the filters say. Always true: nobody else need show it."""
    action = _action(category, text)
    if action == "ignore":
        return True
    if message is None:
        message = category(text)
    if action == "error":
        raise message
    filename, lineno, line = _place(level)
    if action != "always":
        key = (category, text)
        if action != "once":
            key += (filename,)
        if action == "default":
            key += (lineno,)
        if key in _shown:
            return True
        _shown.add(key)
    if _recorders and _recorders[-1] is not None:
        _recorders[-1].append(WarningMessage(message, category, filename, lineno))
        return True
    showwarning(message, category, filename, lineno, None, line)
    return True


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        _handle(type(message), str(message), message, stacklevel)
        return
    if category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    _handle(category, str(message), None, stacklevel)


def warn_explicit(message, category, filename, lineno, *args, **kwargs):
    showwarning(message, category, filename, lineno)


_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


def _add(item, append):
    if item[0] not in _ACTIONS:
        raise AssertionError(f"invalid action: {item[0]!r}")
    if item in filters:
        if append:
            return
        filters.remove(item)
    filters.insert(len(filters) if append else 0, item)
    _shown.clear()


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    _add((action, message, category), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    _add((action, "", category), append)


def resetwarnings():
    filters.clear()
    _shown.clear()


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning):
        self._record = record
        self._first = (action, category)
        self._entered = False

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._saved = filters[:]
        self._log = [] if self._record else None
        _recorders.append(self._log if self._record or not _recorders else _recorders[-1])
        _shown.clear()
        if self._first[0] is not None:
            simplefilter(*self._first)
        return self._log

    def __exit__(self, *exc_info):
        filters[:] = self._saved
        _recorders.pop()
        _shown.clear()


_install(_handle)
