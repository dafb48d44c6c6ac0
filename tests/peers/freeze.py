"""Run exported programs with PyTorch and the published micrograd, and freeze what PyTorch says.

`make peers` runs it; it needs `build/peers`. The gate compares what was frozen with the engine,
and the programs of today, by their digest, with those that were run. The same goes for the curves
of PyTorch's own optimisers, and for those of TensorFlow Playground's links, which a second program
in plain Python finds.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.peers.curves import cases as runs
from tests.peers.curves import ours, theirs
from tests.peers.links import CASES as LINKS
from tests.peers.original import curve
from tests.peers.programs import (
    ROOT,
    Program,
    differences,
    documents,
    for_torch,
    losses_of,
    near,
    networks,
    programs,
    run,
)

PYTHON = ROOT / "build" / "peers" / "bin" / "python"
FROZEN = Path(__file__).parent / "frozen_torch.json"
CURVES = Path(__file__).parent / "frozen_curves.json"
ORIGINAL = Path(__file__).parent / "frozen_original.json"


def digest(program: Program) -> str:
    """Return what tells a program from all others."""
    return hashlib.sha256(program.text.encode()).hexdigest()[:16]


def write(path: Path, found: dict[str, Any]) -> None:
    """Write JSON with a line for each name."""
    lines = (f"{json.dumps(name)}: {json.dumps(one)}" for name, one in found.items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def main() -> int:
    """Run, compare, freeze; return 1 if anything differs."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = []
        for kind, cases, steps in (
            ("micrograd", documents, 0),
            ("micrograd", networks, 3),
            ("torch", for_torch, 50),
        ):
            made = programs(kind, cases(), steps)
            found = run(kind, made, Path(folder), PYTHON)
            wrong += differences(made, found)
            wrong += [
                f"{kind}, {p.name}: the losses differ"
                for p in made
                if p.steps and not all(map(near, found[p.name]["losses"], losses_of(p)))
            ]
            print(f"{kind}: {len(made)} programs run")
        curves = theirs(Path(folder), PYTHON)
        wrong += [
            f"{name}: the objectives differ"
            for name, document, _model in runs()
            if not all(map(near, ours(document, "numpy"), curves[name]))
        ]
        print(f"torch: {len(curves)} runs of its optimisers")
        print("\n".join(wrong) or "All numbers are the same.")
        if wrong:
            return 1
        for program in made:
            found[program.name]["digest"] = digest(program)
        write(FROZEN, found)
        write(CURVES, curves)
        write(ORIGINAL, {name: curve(said) for name, said in LINKS.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
