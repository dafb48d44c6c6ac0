"""The marks of a run: what changed at which step, in words, however often and however oddly."""

from dataclasses import replace

from engine.graph.records import DataSettings, Seeds, TrainingSettings
from engine.graph.tables import make_table
from engine.train.log import MOST, Conditions, Log

START = Conditions(TrainingSettings(), DataSettings("moons"), Seeds())


def trained(**changed) -> Conditions:
    return replace(START, training=replace(START.training, **changed))


def fed(**changed) -> Conditions:
    return replace(START, data=replace(START.data, **changed))


def logged(*entries: tuple[int, Conditions]) -> Log:
    log = Log()
    for step, conditions in ((0, START), *entries):
        log.note(step, conditions)
    return log


def told(conditions: Conditions) -> str:
    return logged((5, conditions)).marks()[0][1]


def test_the_start_is_no_mark():
    assert logged().marks() == ()
    assert logged((0, trained(learning_rate=0.5))).marks() == ()


def test_a_mark_says_what_a_setting_was_and_what_it_is():
    assert told(trained(learning_rate=0.01)) == "Learning rate 0.1 → 0.01"
    assert told(trained(batch=10)) == "Batch all → 10"
    assert told(trained(optimizer="adam")) == "Optimiser SGD → Adam"
    assert told(trained(l1=0.1, learning_rate=1.0)) == "Learning rate 0.1 → 1, L1 0 → 0.1"


def test_a_setting_that_means_nothing_beside_the_others_is_not_told():
    assert logged((5, trained(momentum=0.5))).marks() == ()
    assert told(trained(optimizer="momentum", momentum=0.5)).count("→") == 2


def test_a_mark_says_what_the_data_were_and_what_they_are():
    table = make_table(("x", "y"), [[0.0, 1.0], [1.0, 2.0]])
    more = make_table(("x", "y"), [[0.0, 1.0], [1.0, 3.0]])
    assert told(fed(generator="circle")) == "Data moons → circle"
    assert told(fed(noise=0.3)) == "Noise 0.1 → 0.3"
    assert told(fed(generator="blobs", classes=4)).startswith("Data moons → ")
    assert told(fed(generator=None, table=table)) == "Data moons → a table"
    assert told(replace(START, seeds=Seeds(data=5))) == "Data seed 1337 → 5"
    log = logged((3, fed(table=table)), (5, fed(table=more)))
    assert log.marks()[1] == (5, "other points")


def test_what_was_tried_at_one_step_counts_as_its_end_and_taken_back_as_nothing():
    log = logged((5, trained(l2=0.5)), (5, trained(l2=1.0)))
    assert log.marks() == ((5, "L2 0 → 1"),)
    log.note(5, START)
    assert log.marks() == ()


def test_going_back_forgets_the_marks_that_were_later():
    log = logged((5, trained(l2=0.5)), (9, trained(l2=1.0)))
    log.note(7, trained(l2=1.0))
    assert log.marks() == ((5, "L2 0 → 0.5"), (7, "L2 0.5 → 1"))


def test_ever_so_many_changes_leave_a_bounded_log_that_ends_as_it_should():
    log = logged(*((k, trained(learning_rate=float(k))) for k in range(1, 5 * MOST)))
    assert len(log) == MOST
    assert log.now == trained(learning_rate=5.0 * MOST - 1)
    texts = [text for _step, text in log.marks()]
    ends = [text.removeprefix("Learning rate ").split(" → ") for text in texts]
    assert [end[1] for end in ends[:-1]] == [end[0] for end in ends[1:]]


def test_the_marks_are_the_same_object_until_something_changes():
    log = logged((5, trained(l2=0.5)))
    assert log.marks() is log.marks()
