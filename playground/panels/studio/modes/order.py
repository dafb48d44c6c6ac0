"""Which nodes the page speaks of: the rows of its tables, seeds and outputs; no widget, no Qt."""

from dataclasses import dataclass

import numpy as np

from engine.graph.document import Document
from engine.run.schedule import Plan

MOST_SEEDS = 200  # in the list; any value can be selected on the canvas


@dataclass(frozen=True, slots=True)
class Listing:
    """What a plan has: `order`, all that has a value, each after its inputs, by depth and id; and
    its `leaves` by id, those that the output depends on before the others.
    """

    plan: Plan
    order: list[int]
    leaves: list[int]

    @classmethod
    def of(cls, document: Document, plan: Plan) -> "Listing":
        """List the nodes of a plan of the document."""
        depth = np.zeros(len(plan.ids), np.int64)
        for step in plan.steps:
            here = depth[step.start : step.stop]
            for rows in step.sources:
                np.maximum(here, depth[rows] + 1, out=here)
        order = np.lexsort((plan.ids, depth))
        ids: list[int] = plan.ids[order[plan.computed[order]]].tolist()
        return cls(plan, ids, leaves(document, plan))

    def back(self) -> list[int]:
        """Return what the output depends on, each after all it feeds."""
        reached, row = self.plan.reached, self.plan.row
        return [node for node in reversed(self.order) if reached[row[node]]]


def leaves(document: Document, plan: Plan) -> list[int]:
    """Return all leaves by id, those that the output depends on before the others."""
    found = [node.id for node in document.nodes() if node.is_leaf and node.id in plan.row]
    return sorted(found, key=lambda node: (not plan.reached[plan.row[node]], node))


def usual_seed(document: Document, plan: Plan) -> int | None:
    """Return the leaf that forward mode begins at until one is chosen: a parameter, if any."""
    found = leaves(document, plan)
    parameters = (node for node in found if document.node(node).trainable)
    return next(parameters, found[0] if found else None)


def inputs(kind: str, document: Document, plan: Plan, seed: int | None) -> list[int]:
    """Return what derivatives are wanted by: "parameters", "leaves", or the "seed" alone."""
    if kind == "seed":
        return [] if seed is None else [seed]
    return plan.parameters.tolist() if kind == "parameters" else leaves(document, plan)


def outputs(kind: str, document: Document, plan: Plan) -> list[int]:
    """Return what derivatives are wanted of: the "output", all "ends", or "every" operation."""
    if kind == "output":
        return [] if plan.output is None else [plan.output]
    followed = document.graph.succ
    ids: list[int] = plan.ids[plan.computed].tolist()
    ops = [node for node in sorted(ids) if not document.node(node).is_leaf]
    return ops if kind == "every" else [node for node in ops if not followed[node]]
