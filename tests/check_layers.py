"""Runs tools/lib/layers.py on the tree, and on a small one that does what it forbids."""
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[1]
FORBIDDEN = {
    "core/lang/objects/value.h": ('#include "lang/vm/frame.h"', "lang/objects may not use lang/vm"),
    "core/lang/vm/frame.h": ('#include "lang/objects/value.h"', None),
    "core/include/gradpad/ops/join.h": ('#include "ops/entry.h"', "a public header includes an internal"),
    "core/ops/entry.h": ('#include "autograd/algebra.h"', None),
    "core/autograd/algebra.h": ('#include "lang/vm/frame.h"', "autograd may not use lang/vm"),
    "core/elsewhere/new.h": ("", "core/elsewhere/new.h: of no room"),
    "web/src/graph/draw.ts": ("import {\n  Pad,\n} from '../element/pad.js';", "draw.ts:3: web/graph may not use"),
    "web/src/element/pad.ts": ("await import('../graph/draw.js');", None),
}


def run(root):
    return subprocess.run([sys.executable, ROOT / "tools/lib/layers.py", root], text=True,
                          capture_output=True, check=False)


real = run(ROOT)
assert real.returncode == 0, real.stdout + real.stderr
with tempfile.TemporaryDirectory() as folder:
    for name, (text, _) in FORBIDDEN.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
    made = run(folder)
assert made.returncode == 1
for name, (_, complaint) in FORBIDDEN.items():
    found = [line for line in made.stdout.splitlines() if line.startswith(name)]
    assert len(found) == (complaint is not None), (name, made.stdout)
    assert not complaint or complaint in found[0], (complaint, made.stdout)
