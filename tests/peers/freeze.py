"""Run exported programs with PyTorch and the published micrograd, and freeze what PyTorch says.

`make peers` runs it; it needs `build/peers`. The gate compares what was frozen with the engine,
and the programs of today, by their digest, with those that were run.
"""

import hashlib
import json
import sys
import tempfile
from pathlib import Path

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


def digest(program: Program) -> str:
    """Return what tells a program from all others."""
    return hashlib.sha256(program.text.encode()).hexdigest()[:16]


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
        print("\n".join(wrong) or "All numbers are the same.")
        if wrong:
            return 1
        for program in made:
            found[program.name]["digest"] = digest(program)
        lines = (f"{json.dumps(name)}: {json.dumps(one)}" for name, one in found.items())
        FROZEN.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
