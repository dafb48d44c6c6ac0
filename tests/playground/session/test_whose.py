"""The mode that asks whose gradient it is, without a window: what is shown, asked and let go."""

import numpy as np
import pytest

from engine.graph.models import Model
from engine.graph.properties import set_data, set_frozen
from engine.graph.records import DataSettings
from engine.run.evaluate import evaluate
from engine.train import shares as module
from playground.session.clear import model_edit
from playground.session.whose import Subject, subject_of


@pytest.fixture
def asking(session, qtbot):
    """Ask on a small network with forty moons, until there is an answer."""
    model = Model((2, 1), data=DataSettings("moons", samples=40, test_share=0.25))
    assert session.do(model_edit(session.document, model))
    session.flush()
    session.set_scope("batch")
    session.whose.switch(on=True)
    qtbot.waitUntil(lambda: session.whose.shares is not None)
    return session


def parameters(session) -> list[int]:
    return [node.id for node in session.document.nodes() if node.trainable]


def gradients(session) -> list[float]:
    session.flush()
    return [session.result.slope(node) for node in parameters(session)]


def of_sample(session, sample: int) -> list[float]:
    alone = evaluate(session.document, data=session.samples, sample=sample)
    return [alone.slope(node) for node in parameters(session)]


def test_the_canvas_shows_the_backward_pass_of_the_sample_that_is_pointed_at(asking):
    before = asking.view
    asking.whose.point(7)
    assert gradients(asking) == of_sample(asking, 7)
    shares = asking.whose.shares.of_sample(7) * asking.whose.shares.samples
    assert np.allclose(gradients(asking), shares, atol=1e-14)
    asking.whose.point(None)
    assert gradients(asking) == of_sample(asking, asking.view.sample)
    assert asking.view == before
    assert not asking.is_dirty or asking.stack.count() == 1  # the network alone was an edit


def test_what_was_tried_out_is_let_go_when_samples_are_asked_about(asking):
    asking.whose.switch(on=False)
    asking.set_probe((0.5, -0.5))
    assert asking.probe is not None
    asking.whose.switch(on=True)
    assert asking.probe is None
    assert gradients(asking) == of_sample(asking, asking.view.sample)


def test_after_it_everything_is_as_it_was(asking):
    asking.whose.point(7)
    asking.whose.switch(on=False)
    batch = evaluate(asking.document, data=asking.samples, scope="batch")
    assert np.allclose(gradients(asking), [batch.slope(n) for n in parameters(asking)])
    assert asking.whose.sample is None
    assert asking.whose.shares is None
    assert asking.training._question is None


def test_a_chosen_sample_is_shown_as_long_as_none_is_pointed_at(asking):
    asking.set_sample(11)
    assert asking.whose.sample == 11
    assert gradients(asking) == of_sample(asking, 11)


def test_what_is_selected_is_asked_about_unless_something_is_pointed_at(asking):
    [first, second, *_others] = parameters(asking)
    asking.set_selection({first})
    assert asking.whose.subject == Subject((first,), first)
    asking.whose.hover(None, [second])
    assert asking.whose.subject == Subject((second,), second)
    assert asking.whose.selected == Subject((first,), first)
    asking.whose.hover(None)
    assert asking.whose.subject == asking.whose.selected
    column = asking.whose.shares.matrix[:, 0]
    assert np.array_equal(asking.whose.pushes_on(asking.whose.subject), column)


def test_a_group_means_all_its_trained_parameters(asking):
    [neuron, *_rest] = [g.id for g in asking.document.groups.values() if g.template == "neuron"]
    inside = sorted(n for n in asking.document.members(neuron) if n in parameters(asking))
    assert subject_of(asking.document, neuron, ()) == Subject(tuple(inside), neuron)
    asking.do(set_frozen(asking.document, inside[:1], True))
    assert subject_of(asking.document, neuron, ()).parameters == tuple(inside[1:])
    assert subject_of(asking.document, inside[0], ()) is None
    [loss] = asking.document.marked("loss")
    assert subject_of(asking.document, loss, ()) is None


def test_of_very_many_numbers_what_is_asked_for_is_told(asking, qtbot, monkeypatch):
    monkeypatch.setattr(module, "WHOLE", 0)
    [first, *_others] = parameters(asking)
    whole = asking.whose.shares.matrix
    asking.whose.switch(on=False)
    asking.whose.switch(on=True)
    asking.set_selection({first})
    asking.whose.point(5)
    qtbot.waitUntil(lambda: asking.whose.pushes_on(asking.whose.selected) is not None)
    qtbot.waitUntil(lambda: asking.whose.shares.of_sample(5) is not None)
    assert asking.whose.shares.matrix is None
    assert np.allclose(asking.whose.pushes_on(asking.whose.selected), whole[:, 0])
    assert np.allclose(asking.whose.shares.of_sample(5), whole[5])


def test_other_data_and_another_document_are_asked_about_anew(asking, qtbot):
    asking.whose.point(25)
    asking.do(set_data(asking.document, samples=10))
    asking.flush()
    qtbot.waitUntil(lambda: asking.whose.shares is not None and asking.whose.shares.samples == 8)
    assert asking.whose.sample == 0
    said = []
    asking.refused.connect(said.append)
    asking.new()
    assert asking.whose.on
    assert asking.whose.sample is None
    qtbot.waitUntil(lambda: asking.whose.refusal is not None)
    assert said == [str(asking.whose.refusal)]


def test_who_asks_again_is_told_again_why_nothing_can_be_told(asking, qtbot):
    asking.new()
    qtbot.waitUntil(lambda: asking.whose.refusal is not None)
    asking.whose.switch(on=False)
    said = []
    asking.refused.connect(said.append)
    asking.whose.switch(on=True)
    qtbot.waitUntil(lambda: asking.whose.refusal is not None)
    assert said == [str(asking.whose.refusal)]


def test_training_goes_on_and_the_shares_follow(asking, qtbot):
    before = asking.whose.shares
    asking.training.play()
    qtbot.waitUntil(lambda: asking.whose.shares is not before)
    asking.training.pause()
    last = asking.training.snapshot.parameters[1]
    qtbot.waitUntil(lambda: np.array_equal(asking.whose.shares.numbers, last))
