"""Tooltips: why a number is missing or strange, and what stands behind a folded group."""

from gettext import gettext as _

from engine.graph.document import Document
from engine.graph.rules import upstream
from engine.run.result import Result
from playground.canvas.frame.build import Frame
from playground.canvas.frame.labels import describe


def tip(document: Document, frame: Frame, result: Result, item: int) -> str:
    """Return what there is to say about an item; "" if everything is on its card."""
    if item in document.groups:
        return _group_tip(document, frame, result, item)
    record = document.node(item)
    parts = [node_tip(document, result, item), record.comment]
    return "\n".join(part for part in parts if part)


def node_tip(document: Document, result: Result, node: int) -> str:
    """Say why a node has no number, or one that is not finite."""
    name, row = document.name(node), result.row.get(node)
    if row is None:
        return ""
    if not result.computed[row]:
        return _("{name} is not computed: an input is missing").format(name=name)
    if node in result.reasons:
        return result.reasons[node].text
    causes = [p for p in result.problems if p.node in upstream(document, node)]
    value = float(result.value[row])
    if causes and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124
        return _("{name} is {value} since {cause}").format(
            name=name, value=f"{value:g}", cause=causes[0].text
        )
    if result.output is not None and not result.reached[row]:
        output = document.name(result.output)
        return _("No gradient: {output} does not depend on {name}").format(
            output=output, name=name
        )
    return ""


def _group_tip(document: Document, frame: Frame, result: Result, item: int) -> str:
    group, contents = document.groups[item], frame.contents.get(item)
    if contents is None:
        return group.comment
    lines = [describe(group, contents), group.comment]
    lines += [node_tip(document, result, node) for node in contents.outputs[:1]]
    return "\n".join(line for line in lines if line)
