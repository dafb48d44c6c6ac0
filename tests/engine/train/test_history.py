"""The history keeps one entry for each due step and stays bounded."""

from engine.train.history import History


def filled(steps: int, **arguments: int) -> History:
    """Record `steps` steps whose losses tell the step."""
    history = History(**arguments)
    for step in range(steps):
        if history.wants(step):
            history.add(step, step + 0.25, None, step + 0.5)
    return history


def test_every_step_gets_an_entry_the_first_before_any_update() -> None:
    history = filled(3)
    assert history.steps == [0, 1, 2]
    assert history.train_loss == [0.25, 1.25, 2.25]
    assert history.test_loss == [None, None, None]
    assert history.objective == [0.5, 1.5, 2.5]


def test_entries_can_be_rarer_than_steps() -> None:
    assert filled(10, every=4).steps == [0, 4, 8]


def test_a_step_is_recorded_once() -> None:
    history = filled(3)
    assert not history.wants(2)
    assert history.wants(3)


def test_a_long_history_stays_bounded_and_tells_the_truth() -> None:
    history = filled(100_000, capacity=1_000)
    assert len(history) <= 1_000
    assert history.steps[0] == 0
    assert history.steps[-500:] == list(range(99_500, 100_000))
    assert history.train_loss == [step + 0.25 for step in history.steps]
    assert history.objective == [step + 0.5 for step in history.steps]
    assert history.test_loss == [None] * len(history)


def test_accuracies_are_recorded_once_a_step_and_forgotten_with_the_losses() -> None:
    history = filled(10)
    for step in (0, 4, 4, 9):
        history.add_accuracies(step, step // 2, 0.1 * step, None)
    assert history.accuracies.rows()[:3].tolist() == [
        [0, 4, 9],
        [0, 2, 4],
        [0.0, 0.4, 0.1 * 9],
    ]
    history.forget_after(4)
    assert history.accuracies.rows()[0].tolist() == [0, 4]


def test_what_came_after_a_step_can_be_forgotten_and_recorded_again() -> None:
    history = filled(10)
    history.forget_after(3)
    assert history.steps == [0, 1, 2, 3]
    assert history.objective == [0.5, 1.5, 2.5, 3.5]
    assert history.wants(4)
    assert not history.wants(3)
