"""The settings: what was written comes back, and rubbish becomes the default."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray, QSettings

from playground.settings import (
    DOCKS,
    RECENT_FILES,
    SETTINGS,
    SHOW_WELCOME,
    THEME,
    Setting,
    Settings,
    sound,
)

ZOOM = Setting(key="test/zoom", title="Zoom", default=1.0, low=0.25, high=4.0)
COUNT = Setting(key="test/count", title="Count", default=3, low=1, high=9)


@pytest.fixture
def store(tmp_path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def settings(store: QSettings) -> Settings:
    return Settings(store)


def test_an_empty_file_gives_every_default(settings: Settings):
    assert [settings.read(one) for one in SETTINGS] == [one.default for one in SETTINGS]


def test_keys_are_unique_and_titles_are_words():
    assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
    assert all(setting.title for setting in SETTINGS)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (THEME, "light"),
        (SHOW_WELCOME, False),
        (RECENT_FILES, ("/a.mgp",)),
        (RECENT_FILES, ("/a.mgp", "/b, c.mgp")),
        (RECENT_FILES, ()),
        (DOCKS, b"\x00\xff\n"),
        (ZOOM, 2.5),
        (COUNT, 7),
    ],
)
def test_what_was_written_comes_back_from_the_file(tmp_path, setting, value):
    path = str(tmp_path / "settings.ini")
    first = Settings(QSettings(path, QSettings.Format.IniFormat))
    first.write(setting, value)
    first.sync()
    again = Settings(QSettings(path, QSettings.Format.IniFormat))
    assert again.read(setting) == value
    assert type(again.read(setting)) is type(value)


def test_writing_is_announced_by_key(settings: Settings, qtbot):
    with qtbot.waitSignal(settings.changed) as heard:
        settings.write(THEME, "dark")
    assert heard.args == [THEME.key]


@pytest.mark.parametrize(
    ("setting", "rubbish"),
    [
        (THEME, "mauve"),
        (THEME, ["dark"]),
        (SHOW_WELCOME, "perhaps"),
        (ZOOM, "banana"),
        (ZOOM, "nan"),
        (ZOOM, "inf"),
        (COUNT, ""),
        (DOCKS, "no bytes"),
        (RECENT_FILES, [1, 2]),
        (RECENT_FILES, 7),
    ],
)
def test_rubbish_becomes_the_default(store, settings, setting, rubbish):
    store.setValue(setting.key, rubbish)
    assert settings.read(setting) == setting.default


def test_numbers_are_clamped_to_their_range(store, settings):
    store.setValue(ZOOM.key, "1e9")
    store.setValue(COUNT.key, -4)
    assert settings.read(ZOOM) == ZOOM.high
    assert settings.read(COUNT) == COUNT.low


@given(st.one_of(st.text(), st.integers(), st.floats(), st.lists(st.text()), st.binary()))
def test_every_stored_value_reads_as_a_sound_one(stored):
    value = QByteArray(stored) if isinstance(stored, bytes) else stored
    for setting in (*SETTINGS, ZOOM, COUNT):
        found = sound(setting, value)
        assert found is None or type(found) is type(setting.default)
        if setting in (ZOOM, COUNT) and found is not None:
            assert setting.low <= found <= setting.high
            assert math.isfinite(found)


def test_a_file_of_random_bytes_gives_defaults(tmp_path):
    path = tmp_path / "settings.ini"
    path.write_bytes(bytes(range(256)) * 20)
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    assert [settings.read(one) for one in SETTINGS] == [one.default for one in SETTINGS]


def test_recent_files_stand_newest_first_without_repeats(settings: Settings):
    for path in ("/a", "/b", "/a"):
        settings.remember_file(path)
    assert settings.read(RECENT_FILES) == ("/a", "/b")


def test_only_ten_recent_files_are_kept(settings: Settings):
    for number in range(14):
        settings.remember_file(f"/{number}")
    assert settings.read(RECENT_FILES) == tuple(f"/{number}" for number in range(13, 3, -1))
