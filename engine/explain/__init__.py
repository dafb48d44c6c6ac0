"""Words and formulas: what a node computes, why a number is what it is, what happened in a step.

The inspector and the command line call `describe`; card, ledger, stepper and check have modules of
their own here (`why`, `paths`, `steps`, `checked`). Everything comes from the op's record and a
result; nothing here knows an op by its key, and nothing computes a derivative of its own.
"""

from engine.explain.node import Explanation, InputExplanation, describe

__all__ = ["Explanation", "InputExplanation", "describe"]
