"""Formulas before ziamath is loaded: nobody waits, the text is there, and then the formula is."""

import pytest

from engine.explain.questions import Question
from playground.handlers.pointed import Subject
from playground.widgets import typeset
from tests.playground.window.driving import turn
from tests.playground.window.why_card import find, formulas


@pytest.fixture
def typesetter(window, qtbot):
    """Return one that has not begun to load, in a process where nothing was ever set."""
    from playground.panels.typesetter import Typesetter

    typeset._set.cache_clear()
    typeset._lay_out.cache_clear()
    made = Typesetter(window)
    made.ready.connect(window.set_formulas)
    yield made
    made.close()


def laid_out() -> int:
    return typeset._lay_out.cache_info().misses


def test_a_card_tells_its_text_until_formulas_can_be_set(window, session, typesetter, qtbot):
    session.open_example("tanh-neuron")
    session.why.ask(Question("gradient", find(session, "w1")))
    turn()
    card = window.why_card
    assert laid_out() == 0
    assert formulas(window) == ["∂o/∂w1 = x1 · ∂o/∂(x1*w1)", "= 2.0 × 0.5 = 1.0"]
    assert card.isVisible()
    assert card.formulas.sizeHint().height() > 20
    assert not card.formulas.spots
    with qtbot.waitSignal(typesetter.ready):
        typesetter.start()
    numbers = [spot.meaning.number for spot in card.formulas.spots]
    assert [one for one in numbers if one is not None] == pytest.approx([2.0, 0.5, 1.0])


def test_a_page_of_the_help_gets_its_formulas_when_they_can_be_set(window, typesetter, qtbot):
    window.help.show(Subject("op/tanh"))
    turn()
    assert laid_out() == 0
    with qtbot.waitSignal(typesetter.ready):
        typesetter.start()
    turn()
    assert laid_out() > 2


def test_nobody_is_left_without_formulas_by_a_program_that_ended(window, typesetter):
    typesetter.close()
    assert typeset.typeset("x^2", 20.0, "x²").parts
    assert laid_out() > 0
