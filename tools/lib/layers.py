#!/usr/bin/env python3
"""Checks that nothing includes upward: which part of the tree may use which is stated here, once.

    tools/lib/layers.py [ROOT]

Reads the #include lines of core/ and wasm/ and the imports of wasm/js and web/src. A public header
(core/include/gradpad/LAYER) is of its layer, and includes nothing but public headers.
"""
import pathlib
import re
import sys

# Each line: a room, and those it may use. It may name only rooms above it, so there are no circles.
ROOMS = """
tensor
kernels:        tensor
autograd:       tensor kernels
ops:            tensor kernels autograd
gradpad.h:      tensor autograd ops

lang/syntax:    tensor
lang/objects:   tensor lang/syntax
lang/runtime:   tensor lang/syntax lang/objects
lang/compiler:  tensor lang/syntax lang/objects lang/runtime
lang/builtins:  tensor lang/syntax lang/objects lang/runtime
lang/vm:        tensor lang/syntax lang/objects lang/runtime lang/compiler
lang/torch:     tensor autograd ops lang/syntax lang/objects lang/runtime
lang/lib
lang/session:   tensor autograd lang/syntax lang/objects lang/runtime lang/builtins lang/vm lang/torch lang/lib

host:           tensor lang/objects
cli:            tensor kernels autograd ops lang/session
wasm:           tensor kernels autograd ops lang/session

wasm/js
web/base:       wasm/js
web/i18n:       wasm/js
web/styles
web/engine:     wasm/js web/base
web/editor:     wasm/js web/base web/i18n web/styles
web/panels:     wasm/js web/base web/i18n web/styles web/engine
web/graph:      wasm/js web/base web/i18n web/styles web/engine web/panels
web/element:    wasm/js web/base web/i18n web/styles web/engine web/editor web/panels web/graph
web/page:       wasm/js web/base web/i18n web/styles web/element
"""

# Where a room's files are, beside core/ROOM and core/include/gradpad/ROOM.
PLACES = {
    "core/include/gradpad/gradpad.h": "gradpad.h",
    "wasm/js": "wasm/js",
    "wasm": "wasm",
    "web/src": "web/base",
    "web/src/grad-pad.ts": "web/element",
}

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.M)
IMPORT = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.[^'"]+)['"]""")


def read_rooms():
    rooms = {}
    for line in ROOMS.strip().splitlines():
        if not line.strip():
            continue
        room, _, uses = line.partition(":")
        for other in uses.split():
            if other not in rooms:
                sys.exit(f"layers.py: {room} may use {other}, which does not stand above it")
        rooms[room] = set(uses.split())
    return rooms


def room_of(path, rooms):
    """The room of a file, by the longest folder that is one's."""
    place = path
    while place:
        if place in PLACES:
            return PLACES[place]
        for prefix in ("core/include/gradpad/", "core/", "web/src/"):
            name = place.removeprefix(prefix)
            if prefix == "web/src/":
                name = "web/" + name
            if place.startswith(prefix) and name in rooms:
                return name
        place = place.rpartition("/")[0]
    return None


def is_public(path):
    return path.startswith("core/include/")


def sources(root):
    for folder, endings in (("core", (".h", ".cpp", ".inc")), ("wasm", (".h", ".cpp")),
                            ("wasm/js", (".ts",)), ("web/src", (".ts",))):
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root).as_posix()
            if path.suffix in endings and not inside.endswith(".d.ts"):
                yield inside


def resolve(root, path, used):
    """The file that `used` in `path` means, or None where it is not of the tree."""
    for folder in (pathlib.Path(path).parent, "core", "core/include", "wasm"):
        found = (root / folder / used).resolve()
        for candidate in (found, found.with_suffix(".ts")):
            if candidate.is_file() and candidate.is_relative_to(root):
                return candidate.relative_to(root).as_posix()
    return None


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else
                        pathlib.Path(__file__).parents[2]).resolve()
    rooms = read_rooms()
    bad = []
    seen = 0
    for path in sources(root):
        room = room_of(path, rooms)
        if room is None:
            bad.append(f"{path}: of no room; name its folder in tools/lib/layers.py")
            continue
        text = (root / path).read_text()
        pattern = IMPORT if path.endswith(".ts") else INCLUDE
        for used in pattern.finditer(text):
            target = resolve(root, path, used[1])
            if target is None or not target.endswith((".h", ".inc", ".ts")):
                continue
            seen += 1
            line = text.count("\n", 0, used.start(1)) + 1
            other = room_of(target, rooms)
            if other != room and other not in rooms[room]:
                bad.append(f"{path}:{line}: {room} may not use {other} ({used[1]})")
            if is_public(path) and not is_public(target):
                bad.append(f"{path}:{line}: a public header includes an internal one ({used[1]})")
    if seen < 500:
        bad.append(f"only {seen} includes found: is {root} the root of the tree?")
    print("\n".join(bad) if bad else f"{seen} includes, none upward")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
