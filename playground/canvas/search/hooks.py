"""What the search wires: the selected wire, or the results of what is selected."""

from gettext import gettext as _

from engine.errors import Refusal
from engine.graph.verbs import resolve
from playground.canvas.gestures.base import Stage
from playground.session.additions import Hooks


def hooks_of(stage: Stage) -> Hooks:
    """Return what is wired to what is added next, as things are selected now."""
    if stage.session.wire is not None:
        return Hooks(wire=stage.session.wire)
    return Hooks(results_of(stage))


def results_of(stage: Stage) -> tuple[int, ...]:
    """Return the selected nodes, in the order of selection; a folded group means its output.

    Of what was selected at once, as a formula is when it has been added, those that feed another
    one of the selection stand back: what is added next goes on with the result.
    """
    session, contents = stage.session, stage.scene.picture.frame.contents
    document = session.document
    _groups, inside = resolve(document, session.selection)
    found: list[int] = []
    for item in session.order:
        if item in document:
            nodes, own = [item], {item}
        elif item in contents and len(contents[item].outputs) == 1:
            nodes, own = contents[item].outputs, set(document.members(item))
        else:
            continue
        fed = {target for node in nodes for target, _port in document.consumers(node)}
        if item not in session.together or not fed & (inside - own):
            found += nodes
    return tuple(found)


def nothing_to_connect(stage: Stage) -> Refusal:
    """Say why nothing that is selected has an output of its own."""
    session, contents = stage.session, stage.scene.picture.frame.contents
    folded = [item for item in session.order if item in contents]
    if folded:
        return Refusal(
            _("{name} has {count} outputs").format(
                name=session.document.groups[folded[0]].label or f"#{folded[0]}",
                count=len(contents[folded[0]].outputs),
            ),
            "",
            _("Unfold it and select the node that is meant"),
            tuple(folded),
        )
    return Refusal(_("Nothing here has an output to connect"), "", _("Select a node first"))
