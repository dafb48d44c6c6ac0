"""Words and formulas about a node: what it computes, with names and with numbers.

The inspector and the command line call `describe`. Everything comes from the op's record and a
result; nothing here knows an op by its key, and nothing computes a derivative of its own.
"""

from engine.explain.node import Explanation, InputExplanation, describe

__all__ = ["Explanation", "InputExplanation", "describe"]
