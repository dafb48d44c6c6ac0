"""Runs the peers in their own environment, checks that they compute the same, and compares."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.benchmarks.measure import Row
from tests.benchmarks.task import Task

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / "build" / "peers" / "bin" / "python"
SCRIPT = Path(__file__).parent / "peers" / "run.py"
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
}
SINGLE = {"JAX fused loop": 2e-3, "PyTorch eager": 2e-3}  # float32: what losses may differ by


def compare(
    task: Task, losses: list[float], measure: Callable[[], float], goals: dict[str, float]
) -> list[Row]:
    """Return a row for each peer and number of threads; just ours where no peers are installed.

    Ours is measured anew beside each, so that other programs disturb both or none.
    """
    if not PYTHON.exists():
        return [Row(task.name, measure(), remark="no peers: `make peers-venv` installs them")]
    rows = []
    for peer in ("JAX fused loop", "NumPy by hand", "PyTorch eager"):
        for threads, limits in (("1", ONE_THREAD), ("default", {})):
            seconds, found = measure(), _run(peer, task, limits)
            if not np.allclose(found["losses"], losses, rtol=SINGLE.get(peer, 1e-9)):
                raise ValueError(f"{peer} does something else: {found['losses']}, not {losses}")
            ratio, goal = seconds / found["seconds"], goals.get(peer)
            rows.append(
                Row(
                    task.name,
                    seconds,
                    peer,
                    found["seconds"],
                    threads,
                    "" if goal is None else f"<= {goal:.3g}x",
                    None if goal is None else ratio <= goal,
                )
            )
    return rows


def _run(peer: str, task: Task, limits: dict[str, str]) -> dict:
    answer = subprocess.run(
        [PYTHON, SCRIPT, peer, json.dumps(task.record())],
        env={**os.environ, **limits},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise RuntimeError(f"{peer} failed: {answer.stderr[-2000:]}")
    return json.loads(answer.stdout.splitlines()[-1])
