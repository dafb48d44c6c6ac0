"""A template of a person's own as the bytes of a file, and back: an excerpt with a name.

The window's library calls it.  `read_own` is total, as the readers of documents and of the
clipboard are: a file may hold anything.
"""

from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Any

from engine.errors import Refusal, Refused
from engine.files.clipboard import excerpt_object, excerpt_of
from engine.files.fields import TEXT, Field, choice, integer
from engine.files.format import canonical
from engine.files.parse import parse_json
from engine.files.reader import objects
from engine.files.records import read_fields
from engine.graph.own import INPUT_KINDS, Input, OwnTemplate, check_name
from engine.graph.records import ENCODINGS

FORMAT = "micrograd-playground-template"
VERSION = 1
MAX_BYTES = 8 * 2**20  # read while the window waits
MAX_INPUTS = 10_000

HEAD: Mapping[str, Field] = {"format": TEXT, "version": integer(1), "name": TEXT}
INPUT: Mapping[str, Field] = {
    "kind": choice(INPUT_KINDS),
    "index": integer(),
    "label": TEXT,
    "encoding": choice(ENCODINGS),
}


def write_own(template: OwnTemplate) -> bytes:
    """Return the bytes of a template's file."""
    inputs = [{key: getattr(one, key) for key in INPUT} for one in template.inputs]
    tree = {
        "format": FORMAT,
        "version": VERSION,
        "name": template.name,
        "inputs": inputs,
        "piece": excerpt_object(template.piece),
    }
    return (canonical(tree) + "\n").encode("utf-8", "replace")


def read_own(data: bytes, key: str) -> OwnTemplate | Refusal:
    """Return the template in a file, known by `key`, or why there is none."""
    try:
        return _built(parse_json(data), key)
    except Refused as refused:
        return refused.refusal


def _built(tree: Any, key: str) -> OwnTemplate:
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise Refused(_("It is not a template"))
    head = {name: tree[name] for name in HEAD if name in tree}
    known, _others = read_fields(HEAD, head, _("the template"))
    if known.get("version", VERSION) > VERSION:
        raise Refused(_("A newer Micrograd Playground wrote it"))
    refusal = check_name(known.get("name", ""))
    if refusal is not None:
        raise Refused(refusal.what, refusal.why, refusal.remedy)
    piece = excerpt_of(tree.get("piece"), _("the template"))
    listed = objects(tree.get("inputs"), "inputs", MAX_INPUTS)
    described = [Input(**read_fields(INPUT, one, _("an input"))[0]) for one in listed]
    if any(number > len(described) for number in piece.sources):
        raise Refused(_("Its inputs do not fit what it holds"))
    # Reading numbers everything anew, and so the inputs.
    inputs = tuple(described[number - 1] for number in piece.sources)
    piece = replace(piece, sources=tuple(range(1, len(inputs) + 1)))
    roots = [record for record in piece.fragment.groups if record.group is None]
    loose = [node for node in piece.fragment.nodes if node.group is None]
    if len(roots) != 1 or loose:
        raise Refused(_("It is not one group"))
    return OwnTemplate(key, known["name"], piece, inputs)
