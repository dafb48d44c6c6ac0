"""The state of the bug lab: what it waits for, what it plants anew, and what it never does."""

import pytest

from engine.errors import accept
from engine.graph.properties import set_value
from engine.graph.verbs import delete
from playground.panels.studio.bugs.lab import Lab


@pytest.fixture
def lab(session, qtbot):
    session.open_example("tanh-neuron")
    session.flush()
    made = Lab(session)
    yield made
    made.close()


def known(lab, qtbot) -> None:
    qtbot.waitUntil(lambda: lab.survey is not None)


def test_nothing_is_found_out_while_nobody_looks(lab, session, qtbot):
    b = session.document.find("b")
    session.do(accept(set_value(session.document, b, 1.0)))
    session.flush()
    qtbot.wait(50)
    assert lab.survey is None
    lab.wake(up=True)
    known(lab, qtbot)
    assert lab.silent("overwrite") is not None
    assert lab.silent("sign") is None


def test_a_bug_that_is_wanted_too_soon_is_planted_when_it_is_known_where(lab, session, qtbot):
    lab.switch("sign", on=True)
    assert not session.tracing.is_planted
    qtbot.waitUntil(lambda: session.tracing.is_planted)
    assert lab.keys == {"sign"}
    lab.switch("sign", on=False)
    assert not session.tracing.is_planted


def test_a_game_that_is_begun_too_soon_begins_when_something_can_be_hidden(lab, session, qtbot):
    lab.begin_hunt()
    qtbot.waitUntil(lambda: lab.hunt is not None)
    assert session.tracing.is_planted
    assert lab.silent(lab.hunt.secret) is None


def test_several_bugs_are_planted_beside_each_other_and_removed_one_by_one(lab, session, qtbot):
    lab.wake(up=True)
    known(lab, qtbot)
    lab.switch("sign", on=True)
    lab.switch("float32", on=True)
    assert lab.keys == {"sign", "float32"}
    lab.switch("sign", on=False)
    assert lab.keys == {"float32"}
    assert session.tracing.is_planted


def test_in_a_graph_that_lost_the_op_with_the_wrong_sign_another_one_gets_it(lab, session, qtbot):
    lab.wake(up=True)
    known(lab, qtbot)
    lab.switch("sign", on=True)
    before, survey = session.tracing.rules, lab.survey
    assert survey.ground.turned == "tanh"
    session.do(delete(session.document, {session.document.find("o")}))
    session.flush()
    qtbot.waitUntil(lambda: lab.survey is not survey)
    assert lab.survey.ground.turned == "add"
    assert session.tracing.rules != before
    assert session.tracing.is_planted


def test_a_number_that_changes_leaves_the_planted_rules_alone(lab, session, qtbot):
    lab.wake(up=True)
    known(lab, qtbot)
    lab.switch("sign", on=True)
    before, survey = session.tracing.rules, lab.survey
    session.do(accept(set_value(session.document, session.document.find("b"), 1.0)))
    session.flush()
    qtbot.waitUntil(lambda: lab.survey is not survey)
    assert session.tracing.rules is before


def test_a_guess_counts_once_and_not_after_the_end(lab, qtbot):
    lab.begin_hunt()
    qtbot.waitUntil(lambda: lab.hunt is not None)
    wrong = next(key for key in ("backward", "zero_grad") if key != lab.hunt.secret)
    for _time in range(2):
        lab.guess(wrong)
    assert (lab.guessed, lab.found) == (1, 0)
    lab.guess(lab.hunt.secret)
    lab.guess("float32")
    assert (lab.guessed, lab.found) == (2, 1)


def test_a_shown_page_counts_another_survey_for_other_numbers_only(lab, session, qtbot):
    lab.wake(up=True)
    known(lab, qtbot)
    survey = lab.survey
    lab.switch("zero_grad", on=True)
    qtbot.wait(350)
    assert lab.survey is survey
