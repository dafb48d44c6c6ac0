"""The words for leaves: a title and a sentence for each role. `describe` asks for them."""

from gettext import gettext as _

from engine.graph.records import Node


def leaf_title(leaf: Node) -> str:
    """Return what kind of leaf it is."""
    titles = {
        "constant": _("Constant"),
        "parameter": _("Frozen parameter") if leaf.frozen else _("Parameter"),
        "feature": _("Feature {k}"),
        "target": _("Target {k}"),
    }
    return titles[leaf.role].format(k=leaf.index)


def leaf_intuition(leaf: Node) -> str:
    """Return one sentence on where a leaf's number comes from."""
    if leaf.role == "parameter" and leaf.frozen:
        return _("A parameter that training leaves alone for now.")
    sentences = {
        "constant": _("Training leaves it alone: it changes when you change it."),
        "parameter": _("Training moves it a little against its gradient at every step."),
        "feature": _("It takes its number from the current sample."),
        "target": _("The answer that the current sample asks for."),
    }
    return sentences[leaf.role]
