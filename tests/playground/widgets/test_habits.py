"""What is usually added next is learned, bounded, and survives rubbish in the settings."""

import json

import pytest
from PySide6.QtCore import QSettings

import resources
from playground.settings import FOLLOWS, RECENT_PICKS, Settings
from playground.widgets.habits import LESSON, Habits, starting_counts


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat))


def test_it_starts_with_what_the_examples_do():
    examples = [name for name in resources.names("examples") if name.endswith(".mgp")]
    with_pair = 0
    for name in examples:
        graph = json.loads(resources.read_bytes(name))["graph"]
        op = {node["id"]: node.get("op") for node in graph["nodes"]}
        pairs = {(op[edge["source"]], op[edge["target"]]) for edge in graph["edges"]}
        with_pair += ("mul", "add") in pairs
    assert starting_counts()["op:mul", "op:add"] == with_pair > 0


def test_what_is_picked_is_recent_and_becomes_likely(settings):
    habits = Habits(settings)
    before = habits.score("op:sin", "op:cos")
    habits.picked("op:sin")
    habits.picked("op:cos", sources=["op:sin"], targets=["op:add"])
    habits.picked("op:sin")
    assert habits.recent == ("op:sin", "op:cos")
    assert habits.score("op:sin", "op:cos") == before + LESSON
    again = Habits(settings)
    assert again.recent == habits.recent
    assert again.score("op:sin", "op:cos") == before + LESSON
    assert again.score("op:cos", "op:add") > starting_counts()["op:cos", "op:add"]


def test_both_lists_are_bounded_and_keep_what_is_used_most(settings):
    habits = Habits(settings)
    for _time in range(3):
        habits.picked("op:mul", sources=["op:often"])
    for k in range(300):
        habits.picked(f"op:{k}", sources=["op:once"])
    assert len(settings.read(RECENT_PICKS)) == RECENT_PICKS.high
    assert len(settings.read(FOLLOWS)) == FOLLOWS.high
    assert Habits(settings).score("op:often", "op:mul") == 3 * LESSON


def test_rubbish_in_the_settings_counts_for_nothing(settings):
    settings.write(FOLLOWS, ("", "x", "a b", "a b c", "a b -3", "a b 2", "p q 99999999999999"))
    habits = Habits(settings)
    assert habits.score("a", "b") == 2 * LESSON
    assert habits.score("p", "q") == 999 * LESSON
