"""Train networks with PyTorch's own optimisers: reads JSON of cases, prints JSON of objectives.

`python run_curves.py FILE`, in the peers' environment, where nothing of the project is installed.
Entry k of a curve is the objective over all samples after k steps.
"""

import json
import sys
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.optim import lr_scheduler

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
BENDS = {"relu": torch.relu, "tanh": torch.tanh}
LOSSES = {
    "hinge": lambda scores, labels: torch.relu(1 - labels * scores[:, 0]),
    "cross_entropy": lambda scores, labels: functional.binary_cross_entropy_with_logits(
        scores[:, 0], (labels + 1) / 2, reduction="none"
    ),
    "squared_error": lambda scores, labels: functional.mse_loss(
        scores[:, 0], labels, reduction="none"
    ),
    "softmax_cross_entropy": lambda scores, labels: functional.cross_entropy(
        scores, labels.long(), reduction="none"
    ),
}


def optimizer(parameters: list[nn.Parameter], s: dict[str, Any]) -> torch.optim.Optimizer:
    """Return PyTorch's optimiser for some settings."""
    rate, betas = s["learning_rate"], (s["beta1"], s["beta2"])
    optim, momentum, eps = torch.optim, s["momentum"], s["epsilon"]
    return {
        "sgd": lambda: optim.SGD(parameters, rate),
        "momentum": lambda: optim.SGD(parameters, rate, momentum=momentum),
        "nesterov": lambda: optim.SGD(parameters, rate, momentum=momentum, nesterov=True),
        "rmsprop": lambda: optim.RMSprop(
            parameters, rate, alpha=s["decay"], eps=eps, momentum=momentum
        ),
        "adam": lambda: optim.Adam(parameters, rate, betas=betas, eps=eps),
        "adamw": lambda: optim.AdamW(
            parameters, rate, betas=betas, eps=eps, weight_decay=s["weight_decay"]
        ),
        "adagrad": lambda: optim.Adagrad(parameters, rate, eps=eps),
    }[s["optimizer"]]()


def schedule(rule: torch.optim.Optimizer, s: dict[str, Any]) -> lr_scheduler.LRScheduler:
    """Return PyTorch's schedule for some settings."""
    over, end, warm = s["schedule_steps"], s["end_rate"], s["warmup_steps"]
    made = {
        "constant": lambda: lr_scheduler.ConstantLR(rule, 1.0),
        "linear": lambda: lr_scheduler.LinearLR(rule, 1.0, end / s["learning_rate"], over),
        "step": lambda: lr_scheduler.StepLR(rule, over, s["step_factor"]),
        "cosine": lambda: lr_scheduler.CosineAnnealingLR(rule, over, end),
    }[s["schedule"]]
    if not warm:
        return made()
    rising = lr_scheduler.LinearLR(rule, 1 / (warm + 1), 1.0, warm)
    return lr_scheduler.SequentialLR(rule, [rising, made()], [warm])


def curve(case: dict[str, Any]) -> list[float]:
    """Return the objectives of one case."""
    s, bend = case["settings"], BENDS[case["activation"]]
    weights = [nn.Parameter(torch.tensor(rows)) for rows in case["weights"]]
    biases = [nn.Parameter(torch.tensor(row)) for row in case["biases"]]
    inputs, labels = torch.tensor(case["inputs"]), torch.tensor(case["labels"])
    parameters = [*weights, *biases]
    penalised = weights if s["l2_scope"] == "weights" else parameters

    def objective(rows: list[int]) -> torch.Tensor:
        x = inputs[rows]
        for k, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            x = functional.linear(x if k == 0 else bend(x), weight, bias)
        losses = LOSSES[case["loss"]](x, labels[rows])
        loss = losses.sum() if s["reduction"] == "sum" else losses.mean()
        squares = sum((p * p).sum() for p in penalised)
        return loss + s["l2"] * squares + s["l1"] * sum(p.abs().sum() for p in penalised)

    rule = optimizer(parameters, s)
    rates = schedule(rule, s)
    everything = list(range(len(labels)))
    found = []
    for rows in case["batches"]:
        found.append(objective(everything).item())
        rule.zero_grad()
        objective(rows).backward()
        if s["clip"] == "norm":
            nn.utils.clip_grad_norm_(parameters, s["clip_limit"])
        elif s["clip"] == "value":
            nn.utils.clip_grad_value_(parameters, s["clip_limit"])
        rule.step()
        rates.step()
    return [*found, objective(everything).item()]


if __name__ == "__main__":
    cases = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    print(json.dumps({name: curve(case) for name, case in cases.items()}))
