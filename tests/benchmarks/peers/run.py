"""Time one peer on one task, in a process of its own: `python run.py PEER TASK_JSON THREADS`.

Prints JSON: the loss before each of ten steps, and the median seconds of a step.  It runs in the
peers' environment, where nothing of the project is installed, and imports `task` as a neighbour.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from task import Task

REPEATS = 9
CHECKED = 10
Steps = Callable[[int], list[float]]


def numpy_by_hand(task: Task) -> Steps:
    """Return plain NumPy: matrices forward, the chain rule by hand."""
    x, y = task.data()
    layers = [(w.copy(), b.copy()) for w, b in task.weights()]
    bend = np.tanh if task.activation == "tanh" else lambda z: np.maximum(z, 0.0)

    def slope(h: np.ndarray) -> np.ndarray:
        return 1.0 - h * h if task.activation == "tanh" else (h > 0.0).astype(np.float64)

    def take(steps: int) -> list[float]:
        losses = []
        for _step in range(steps):
            signals = [x.T]
            for k, (w, b) in enumerate(layers):
                z = w @ signals[-1] + b[:, None]
                signals.append(z if k == len(layers) - 1 else bend(z))
            gap = 1.0 - signals[-1][0] * y
            square = sum(float((w * w).sum() + (b * b).sum()) for w, b in layers)
            losses.append(float(np.maximum(gap, 0.0).mean()) + task.alpha * square)
            up = ((gap > 0.0) * -y / len(y))[None, :]
            for k in range(len(layers) - 1, -1, -1):
                w, b = layers[k]
                dw = up @ signals[k].T + 2 * task.alpha * w
                db = up.sum(axis=1) + 2 * task.alpha * b
                if k:
                    up = (w.T @ up) * slope(signals[k])
                w -= task.rate * dw
                b -= task.rate * db
        return losses

    return take


def torch_eager(task: Task) -> Steps:
    """Return PyTorch, eager, float32, its own SGD and functions."""
    import torch

    if os.environ.get("OMP_NUM_THREADS") == "1":
        torch.set_num_threads(1)
    x, y = (torch.tensor(a, dtype=torch.float32) for a in task.data())
    layers = []
    for k, (w, b) in enumerate(task.weights()):
        linear = torch.nn.Linear(w.shape[1], w.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(w))
            linear.bias.copy_(torch.tensor(b))
        layers.append(linear)
        if k < len(task.layers) - 2:
            layers.append(torch.nn.Tanh() if task.activation == "tanh" else torch.nn.ReLU())
    network = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=task.rate)

    def take(steps: int) -> list[float]:
        losses = []
        for _step in range(steps):
            loss = torch.relu(1.0 - network(x)[:, 0] * y).mean()
            loss = loss + task.alpha * sum((p * p).sum() for p in network.parameters())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        return [float(loss) for loss in losses[:CHECKED]]

    return take


def jax_fused(task: Task) -> Steps:
    """Return JAX, float32, all steps fused into one compiled loop."""
    import jax
    import jax.numpy as jnp

    x, y = (jnp.asarray(a, jnp.float32) for a in task.data())
    start = [(jnp.asarray(w, jnp.float32), jnp.asarray(b, jnp.float32)) for w, b in task.weights()]
    bend = jnp.tanh if task.activation == "tanh" else jax.nn.relu

    def objective(layers: list) -> jax.Array:
        signal = x.T
        for k, (w, b) in enumerate(layers):
            z = w @ signal + b[:, None]
            signal = z if k == len(layers) - 1 else bend(z)
        square = sum((w * w).sum() + (b * b).sum() for w, b in layers)
        return jax.nn.relu(1.0 - signal[0] * y).mean() + task.alpha * square

    def step(layers: list, _none: None) -> tuple[list, jax.Array]:
        loss, slopes = jax.value_and_grad(objective)(layers)
        moved = jax.tree.map(lambda p, g: p - task.rate * g, layers, slopes)
        return moved, loss

    many = {
        count: jax.jit(lambda layers, count=count: jax.lax.scan(step, layers, None, count))
        for count in (CHECKED, task.steps)
    }

    def take(steps: int) -> list[float]:
        _layers, losses = many[steps](start)
        return np.asarray(losses)[:CHECKED].tolist()

    return take


def micrograd(task: Task) -> Steps:
    """Return micrograd's own algorithm on its own kind of values."""
    from micrograd_values import network_steps

    return network_steps(task)


PEERS = {
    "NumPy by hand": numpy_by_hand,
    "PyTorch eager": torch_eager,
    "JAX fused loop": jax_fused,
    "micrograd": micrograd,
}


def main(peer: str, text: str) -> None:
    """Check and time one peer."""
    record = json.loads(text)
    task = Task(**{**record, "layers": tuple(record["layers"])})
    losses = PEERS[peer](task)(2 if peer == "micrograd" else CHECKED)
    take, seconds = PEERS[peer](task), []
    steps = 1 if peer == "micrograd" else task.steps
    take(steps)
    for _repeat in range(REPEATS):
        start = time.perf_counter()
        take(steps)
        seconds.append((time.perf_counter() - start) / steps)
    print(json.dumps({"losses": losses, "seconds": statistics.median(seconds)}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
