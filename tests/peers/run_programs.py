"""Run exported programs: reads JSON of them from a file, prints JSON of what they compute.

`python run_programs.py FILE KIND`, in a process of its own, perhaps in the peers' environment,
where nothing of the project is installed. KIND says how a number and its gradient are read:
"micrograd" as `.data` and `.grad`, "torch" as `.item()` and `.grad`, "python" as a float and the
name with `_grad`. Every program gets an empty namespace of its own.
"""

import json
import sys
from pathlib import Path
from typing import Any


def micrograd(names: dict[str, Any], path: str) -> tuple[float, float]:
    """Read a `Value`."""
    value = eval(path, names)
    return float(value.data), float(value.grad)


def python(names: dict[str, Any], path: str) -> tuple[float, float | None]:
    """Read a float; its gradient is None where none was computed."""
    gradient = names.get(f"{path}_grad")
    return float(names[path]), None if gradient is None else float(gradient)


def torch(names: dict[str, Any], path: str) -> tuple[float, float | None]:
    """Read a tensor, or one number of a layer's tensor."""
    tensor = eval(path, names)
    if "[" in path:
        held, _bracket, index = path.rpartition("[")
        gradient = eval(f"{held}.grad", names)
        gradient = None if gradient is None else eval(f"g[{index}", {"g": gradient})
    else:
        gradient = tensor.grad if tensor.is_leaf or tensor.retains_grad else None
    return float(tensor.item()), None if gradient is None else float(gradient.item())


READERS = {"micrograd": micrograd, "python": python, "torch": torch}


def run(program: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return values and gradients by node, and the losses of as many steps as are asked for."""
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(program["text"], program["name"], "exec"), names)
    read = READERS[kind]
    numbers = {node: read(names, path) for node, path in program["paths"].items()}
    found: dict[str, Any] = {"numbers": numbers}
    if program.get("steps"):
        found["losses"] = names["train"](program["steps"])
    return found


def main(path: str, kind: str) -> None:
    """Run all programs of a file."""
    programs = json.loads(Path(path).read_text("utf-8"))
    print(json.dumps({program["name"]: run(program, kind) for program in programs}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
