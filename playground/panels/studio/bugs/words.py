"""What the page of the bug lab says: about a bug, about the game, and about a guess."""

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from engine.run.bugs import BUGS
from playground.panels.studio.bugs.lab import Hunt, Lab


@dataclass(frozen=True, slots=True)
class Told:
    """A title, a text, a muted answer; and the bug whose lines are shown, "" for none."""

    title: str
    text: str
    answer: str = ""
    bug: str = ""


def told(lab: Lab, about: str) -> Told:
    """Return what is said now; `about` is the bug that is pointed at."""
    if lab.hunt is not None:
        return _of_game(lab.hunt)
    bug, silent = BUGS[about], lab.silent(about)
    if silent is not None:
        return Told(bug.title, bug.does, str(silent), about)
    planted = _("It is planted: {found}") if about in lab.keys else _("How it shows: {found}")
    return Told(bug.title, bug.does, planted.format(found=bug.found), about)


def _of_game(hunt: Hunt) -> Told:
    bug, count = BUGS[hunt.secret], len(hunt.guesses)
    if hunt.told:
        title = _("It was: {title}").format(title=bug.title)
        return Told(title, bug.does, bug.found, hunt.secret)
    if hunt.found:
        words = ngettext(
            "Right, with {n} guess: {title}", "Right, with {n} guesses: {title}", count
        )
        return Told(
            words.format(n=count, title=bug.title), bug.does, _same(hunt) or bug.found, hunt.secret
        )
    text = _(
        "Look at the numbers on the canvas, check the gradients, go through the pass node by node;"
        " then say at the left which bug it is."
    )
    said = [_refuted(hunt.guesses[-1])] if count else []
    said += [_("Hint: {hint}").format(hint=bug.hint)] if hunt.hinted else []
    title = _("A bug is planted. Which one is it?")
    return Told(title, text, "\n".join(said))


def _refuted(key: str) -> str:
    """Say why a guess is wrong: what would be seen if it were right."""
    bug = BUGS[key]
    words = _("It is not “{title}”. With that, this would be seen: {found}")
    return words.format(title=bug.title, found=bug.found)


def _same(hunt: Hunt) -> str:
    """Say that another bug was meant than guessed, with the same numbers."""
    guessed = hunt.guesses[-1]
    if guessed == hunt.secret:
        return ""
    words = _("In this graph “{title}” gives the very same numbers, so it is right as well.")
    return words.format(title=BUGS[guessed].title)
