"""The state of the bug lab: what it waits for, what it plants anew, and what it never does."""

import pytest

from engine.errors import accept
from engine.exchange.program import insert_text
from engine.graph.properties import set_value
from engine.graph.verbs import delete
from engine.run import bugs
from engine.run.bugs import Ground
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


def test_a_look_at_a_graph_whose_new_numbers_have_not_come_yet_waits_for_them(lab, session, qtbot):
    lab.wake(up=True)
    known(lab, qtbot)
    survey = lab.survey
    session.do(delete(session.document, {session.document.find("o")}))
    lab._look()  # as its timer may, in the same turn
    qtbot.waitUntil(lambda: lab.survey is not survey)
    assert lab.ground.base is session.live.result
    assert lab.ground.turned == "add"


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


def test_an_example_that_was_not_opened_after_all_leaves_no_bug_behind(lab, session, qtbot):
    lab.plant_next("sign")
    lab.plant_next("")
    lab.wake(up=True)
    known(lab, qtbot)
    assert not session.tracing.is_planted
    session.open_example("chain")
    qtbot.waitUntil(lambda: lab.survey is not None)
    assert not session.tracing.is_planted


def test_what_waits_to_be_planted_is_not_planted_in_another_document(lab, session, qtbot):
    lab.switch("sign", on=True)
    session.open_example("chain")
    lab.wake(up=True)
    known(lab, qtbot)
    assert not session.tracing.is_planted
    assert lab.ground is not None
    assert len(lab.ground.document) == len(session.document)


def test_in_a_graph_that_grew_too_large_a_bug_is_removed_and_no_pass_is_done(
    lab, session, qtbot, monkeypatch
):
    lab.wake(up=True)
    known(lab, qtbot)
    lab.switch("sign", on=True)
    lab.wake(up=False)
    monkeypatch.setattr(bugs, "MOST", len(session.document))
    said: list[str] = []
    session.refused.connect(said.append)
    monkeypatch.setattr(Ground, "traced", None)
    session.do(accept(insert_text(session.document, "y = 3 * 4", (0.0, 0.0))))
    session.flush()
    qtbot.waitUntil(lambda: not session.tracing.is_planted)
    assert lab.keys == frozenset()
    assert said[0].startswith("This graph is too large to plant a bug in")
    lab.wake(up=True)
    lab.begin_hunt()
    assert lab.hunt is None
    assert len(said) == 2
