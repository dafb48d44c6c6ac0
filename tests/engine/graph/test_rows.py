"""The verbs of a document's own data: what they change, refuse, merge and undo."""

import numpy as np
import pytest

from engine.errors import Refusal, accept
from engine.files import write
from engine.files.journal import edit_line, header_line, replay
from engine.graph.document import Document
from engine.graph.properties import set_data
from engine.graph.records import DataSettings, Seeds
from engine.graph.rows import (
    add_rows,
    move_row,
    remove_rows,
    set_labels,
    use_generator,
    use_table,
)
from engine.graph.tables import Table, make_table
from engine.train.samples import load_samples, table_of

NAMES = ("width", "height", "kind")
WORDS = ((), (), ("cat", "dog"))


def table(count: int = 6) -> Table:
    rng = np.random.default_rng(3)
    numbers = np.column_stack((rng.normal(7, 3, (count, 2)), np.arange(count) % 2))
    return accept(make_table(NAMES, numbers, WORDS))


def with_table(count: int = 6) -> Document:
    document = Document()
    document.apply(accept(use_table(document, table(count), (0, 1), 2)))
    return document


def test_using_a_table_lets_go_of_the_generator_and_undo_brings_it_back():
    document = Document()
    document.apply(accept(set_data(document, generator="moons")))
    edit = accept(use_table(document, table(), (0, 1), 2, standardise=True, test_share=0.25))
    document.apply(edit)
    data = document.data
    assert (data.generator, data.table, data.features) == (None, table(), (0, 1))
    assert (data.target, data.standardise, data.test_share) == (2, True, 0.25)
    document.apply(edit.inverse())
    assert document.data == DataSettings("moons")


def test_going_back_to_a_generator_leaves_nothing_of_the_table():
    document = with_table()
    document.apply(accept(use_generator(document, "circle", noise=0.0)))
    assert document.data == DataSettings("circle", noise=0.0)


@pytest.mark.parametrize(
    ("features", "target", "said"),
    [
        ((), 2, "needs a feature"),
        ((0, 0), 2, "one role only"),
        ((0, 2), 2, "one role only"),
        ((0, 3), 2, "no such column: it has 3"),
    ],
)
def test_roles_that_cannot_be_are_refused(features, target, said):
    refusal = use_table(Document(), table(), features, target)
    assert isinstance(refusal, Refusal)
    assert said in str(refusal)


def test_a_target_of_one_class_is_refused():
    only = accept(make_table(("x", "kind"), [[1.0, 0.0]], ((), ("cat",))))
    refusal = use_table(Document(), only, (0,), 1)
    assert "kind has one class only" in str(refusal)


def test_rows_are_added_moved_labelled_and_removed_as_numpy_would():
    document = with_table()
    expected = table().numbers.copy()
    document.apply(accept(add_rows(document, [[1.0, 2.0, 1.0], [3.0, 4.0, 0.0]])))
    expected = np.vstack((expected, [[1.0, 2.0, 1.0], [3.0, 4.0, 0.0]]))
    document.apply(accept(move_row(document, 1, {0: 9.0, 1: 8.0})))
    expected[1, :2] = 9.0, 8.0
    document.apply(accept(set_labels(document, [0, 2], 1.0)))
    expected[[0, 2], 2] = 1.0
    document.apply(accept(remove_rows(document, [3, 5])))
    expected = np.delete(expected, [3, 5], axis=0)
    assert np.array_equal(document.data.table.numbers, expected)
    assert document.data.table.words == WORDS


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (lambda d: add_rows(d, [[1.0, 2.0]]), "has 3 numbers"),
        (lambda d: add_rows(d, [[1.0, float("inf"), 0.0]]), "row 7 of height is not a finite"),
        (lambda d: move_row(d, 6, {0: 1.0}), "no such row"),
        (lambda d: move_row(d, 0, {3: 1.0}), "no such column"),
        (lambda d: set_labels(d, [0], 2.0), "kind has 2 classes"),
        (lambda d: remove_rows(d, range(6)), "one row at least"),
        (lambda _d: add_rows(Document(), [[1.0]]), "There is no table"),
    ],
)
def test_rows_that_cannot_be_are_refused(verb, said):
    refusal = verb(with_table())
    assert isinstance(refusal, Refusal)
    assert said in str(refusal)


def test_a_spray_is_one_step_to_undo():
    document = with_table()
    before = document.data
    spray = None
    for place in range(20):
        edit = accept(add_rows(document, [[place, -place, 0.0]], gesture="spray"))
        document.apply(edit)
        spray = edit if spray is None else spray.merged(edit)
    assert len(document.data.table) == 26
    document.apply(spray.inverse())
    assert document.data == before


def test_the_journal_grows_by_what_was_sprayed_and_not_by_the_table():
    document = with_table(1_000)
    lines = [header_line(write(document))]
    edits = []
    for k in range(200):
        verb = [
            lambda d, k=k: add_rows(d, [[k, k + 0.5, k % 2]]),
            lambda d, k=k: move_row(d, 3 * k, {0: -0.0, 1: k}),
            lambda d, k=k: remove_rows(d, [k]),
            lambda d, k=k: set_labels(d, [2 * k], k % 2),
        ][k % 4]
        edits.append(accept(verb(document)))
        document.apply(edits[-1])
    for edit in edits[:100:-1]:
        document.apply(edit.inverse())
    edits += [edit.inverse() for edit in edits[:100:-1]]
    lines += map(edit_line, edits)
    again = accept(replay(lines))
    assert again.data == document.data
    assert sum(map(len, lines[1:])) / len(edits) < 700  # bytes a point; the table has 32,000


def test_going_to_another_table_and_back_is_replayed():
    document = Document()
    lines = [header_line(write(document))]
    other = accept(make_table(("a", "b"), [[1.0, 2.0]]))
    for make in (
        lambda d: use_table(d, table(), (0, 1), 2),
        lambda d: use_table(d, table(), (1, 0), 2, standardise=True),
        lambda d: use_table(d, other, (0,), 1),
        lambda d: use_generator(d, "moons"),
    ):
        edit = accept(make(document))
        document.apply(edit)
        lines += map(edit_line, (edit, edit.inverse(), edit))
        assert accept(replay(lines)).data == document.data


def test_standardised_features_have_mean_0_and_deviation_1_over_the_training_rows():
    numbers = np.random.default_rng(1).normal((50.0, -3.0, 8.0), (9.0, 0.1, 0.0), (80, 3))
    made = accept(make_table(("a", "b", "same"), numbers))
    settings = DataSettings(
        table=made, features=(2, 0), target=1, standardise=True, test_share=0.25
    )
    samples = accept(load_samples(settings, Seeds()))
    train = samples.inputs[samples.train]
    assert np.allclose(train.mean(axis=0), 0.0, atol=1e-12)
    assert np.allclose(train.std(axis=0), [0.0, 1.0], atol=1e-12)
    assert samples.scale[0] == 1.0
    assert samples.names == ("same", "a", "b")
    assert np.allclose(samples.raw(samples.inputs), numbers[samples.rows][:, [2, 0]], rtol=1e-13)
    assert np.allclose(samples.scaled(samples.raw(samples.inputs)), samples.inputs)
    assert np.array_equal(samples.targets[:, 0], numbers[samples.rows, 1])


def test_generated_points_become_a_table_that_gives_the_same_points():
    for generator in ("moons", "circle"):
        before = accept(load_samples(DataSettings(generator, samples=40), Seeds()))
        made, features, target = table_of(before)
        after = accept(
            load_samples(DataSettings(table=made, features=features, target=target), Seeds())
        )
        assert np.array_equal(after.inputs, before.inputs)
        assert np.array_equal(after.targets, before.targets)
        assert after.words == ("-1", "1")
