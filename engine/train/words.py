"""Words that several refusals of training share."""

from collections.abc import Iterable
from difflib import get_close_matches
from gettext import gettext as _

from engine.errors import Refusal


def unknown(sentence: str, name: str, known: Iterable[str]) -> Refusal:
    """Refuse a name that a table does not hold, and suggest one that it does."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    remedy = (
        _("Did you mean {name!r}").format(name=near[0])
        if near
        else _("Choose one of {names}").format(names=", ".join(names))
    )
    return Refusal(sentence.format(name=name), "", remedy)
