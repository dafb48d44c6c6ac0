"""Steering: rewind, new weights, epochs, ends, the best weights, speeds, and undo of them all."""

from engine.graph.initialise import initial_parameters
from engine.graph.properties import set_training
from engine.graph.verbs import add_value


def test_rewind_is_an_edit_and_a_new_run_that_goes_as_the_one_before(own, qtbot, moons):
    owner = own(moons)
    fresh = owner.numbers
    owner.training.step(5)
    qtbot.waitUntil(lambda: not owner.training.running)
    first, curves = owner.numbers, owner.training.curves
    owner.training.rewind()
    assert owner.numbers == fresh
    assert owner.titles == ["Train 5 steps", "Rewind to the same weights"]
    qtbot.waitUntil(lambda: owner.step == 0)
    assert len(owner.training.curves.train) == 1
    assert owner.training.curves.run == curves.run + 1
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    assert owner.numbers == first
    assert owner.training.curves.train.tolist() == curves.train.tolist()


def test_undo_of_a_rewind_brings_back_weights_step_and_curve_and_redo_the_new_run(
    own, qtbot, moons
):
    owner = own(moons)
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    reached, before, best = owner.numbers, owner.training.curves, owner.training.best
    owner.training.rewind()
    qtbot.waitUntil(lambda: owner.step == 0)
    rewound = owner.edits[-1]
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 5)
    assert owner.numbers == reached
    after = owner.training.curves
    assert (after.run, after.train.tolist()) == (before.run, before.train.tolist())
    assert owner.training.best.step == best.step
    owner.push(rewound)
    qtbot.waitUntil(lambda: owner.step == 0)
    assert owner.training.curves.run == before.run + 1


def test_rewind_before_any_training_says_that_there_is_nothing_to_rewind(own, qtbot, moons):
    owner = own(moons)
    with qtbot.waitSignal(owner.training.refused) as refused:
        owner.training.rewind()
    assert "where training begins" in refused.args[0]
    assert owner.edits == []


def test_new_weights_are_those_of_the_next_seed_and_undo_leads_back_to_the_run(own, qtbot, moons):
    owner = own(moons)
    owner.training.step(5)
    qtbot.waitUntil(lambda: owner.step == 5)
    reached, run = owner.numbers, owner.training.curves.run
    owner.training.draw_weights()
    qtbot.waitUntil(lambda: owner.step == 0)
    twin = moons.copy()
    twin.apply(initial_parameters(twin, 1338))
    assert moons.seeds.init == 1338
    assert owner.numbers == [node.value for node in twin.nodes() if node.trainable]
    assert owner.training.curves.run == run + 1
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 5)
    assert (owner.numbers, moons.seeds.init) == (reached, 1337)
    assert owner.training.curves.run == run


def test_a_step_of_an_epoch_ends_where_the_epoch_does(own, qtbot, moons):
    owner = own(moons)
    owner.do(set_training(moons, batch=4))  # 15 points: four steps
    for steps, ends in ((3, 3), (None, 4), (None, 8)):
        with qtbot.waitSignal(owner.training.stopped):
            if steps is None:
                owner.training.step_epoch()
            else:
                owner.training.step(steps)
        assert owner.step == ends


def test_a_run_ends_by_itself_at_the_epoch_of_the_document_and_can_be_gone_on_with(
    own, qtbot, descent
):
    owner = own(descent)
    owner.do(set_training(descent, until_step=7))
    with qtbot.waitSignal(owner.training.stopped):
        owner.training.play()
    assert owner.step == 7
    assert owner.training.word == "Stopped at step 7: as asked"
    owner.training.play()
    qtbot.waitUntil(lambda: owner.step > 7)
    assert owner.training.word == ""


def test_the_best_weights_are_an_edit_away_and_undo_brings_the_later_ones_back(
    own, qtbot, descent
):
    owner = own(descent)
    owner.training.step(8)
    qtbot.waitUntil(lambda: owner.step == 8)
    good = owner.numbers
    owner.do(set_training(descent, learning_rate=1.01))  # it climbs from here
    owner.training.step(6)
    qtbot.waitUntil(lambda: owner.step == 14)
    climbed, curve = owner.numbers, owner.training.curves.train.tolist()
    assert owner.training.best.step == 8
    owner.training.go_to_best()
    qtbot.waitUntil(lambda: owner.step == 8)
    assert owner.numbers == good
    assert owner.titles[-1] == "Back to the best weights"
    owner.undo()
    qtbot.waitUntil(lambda: owner.step == 14)
    assert owner.numbers == climbed
    assert owner.training.curves.train.tolist() == curve


def test_another_structure_after_training_says_that_a_new_run_begins(own, qtbot, moons):
    owner = own(moons)
    owner.training.step(3)
    qtbot.waitUntil(lambda: owner.step == 3)
    run = owner.training.curves.run
    owner.do(add_value(moons, (0.0, 0.0)))
    qtbot.waitUntil(lambda: owner.step == 0)
    assert "new run" in owner.training.word
    owner.do(set_training(moons, l2=0.1))
    assert owner.training.word == ""
    assert owner.training.curves.run == run + 1


def test_speeds_go_up_and_down_the_table_and_stop_at_its_ends(own, moons):
    training = own(moons).training
    training.set_speed(30)
    met = []
    for by in (1, 1, 1, 1, 1, *(-1,) * 12):
        training.change_speed(by)
        met.append(training.speed)
    assert met[:5] == [60, 300, 1000, None, None]
    assert met[5:] == [1000, 300, 60, 30, 10, 5, 2, 1, 1, 1, 1, 1]
