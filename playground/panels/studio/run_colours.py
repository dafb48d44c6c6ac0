"""The colour of a run: blue for the one under way, a tint of their own for those before."""

from playground.session.runs import Run

TINTS = ("rose", "teal", "sand", "slate", "moss")  # all pigments, neighbours far apart


def colour_of(run: Run, current: Run | None) -> str:
    """Return a role of the theme or the name of a tint."""
    return "positive" if run is current else TINTS[run.number % len(TINTS)]
