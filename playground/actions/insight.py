"""The actions that ask why a number is what it is: the Insight menu."""

from playground.actions.record import Action

INSIGHT: tuple[Action, ...] = ()
