"""Dots on wires as arrays: they run from source to target, and there are never too many."""

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import accept
from engine.graph.models import Model, model_document
from playground.canvas.painting.lens import Lens
from playground.canvas.painting.streams import MINUS, MOST, PLUS, dots
from tests.playground.canvas.golden.gallery import neuron

LENS = Lens(1.0, 1.0, 40.0, 40.0, 900.0, 700.0)


def test_a_dot_runs_from_its_source_to_its_target(studio):
    picture = studio(neuron()).picture
    frames = []
    for phase in np.linspace(0.0, 0.99, 12):
        picture.phase = float(phase)
        frames.append(dots(picture, picture.corners(), LENS)[0])
    assert {len(frame) for frame in frames} == {len(frames[0])}
    across = np.diff(np.stack(frames)[:, :, 0], axis=0)
    begins_anew = (across <= 0).sum(axis=0)
    assert (begins_anew <= 1).all()


def test_the_dots_of_parallel_wires_do_not_run_abreast(studio):
    document = accept(model_document(Model(layers=(8, 8, 1))))
    folded = frozenset(g.id for g in document.groups.values() if g.template == "neuron")
    document.view = replace(document.view, folded=folded)
    picture = studio(document).picture
    picture.phase = 0.4
    picture.readings = replace(picture.readings, value=np.ones(len(picture.frame)))
    low = picture.frame.rects[:, :2].min(axis=0)
    lens = Lens(1.0, 1.0, -low[0], -low[1], 4000.0, 4000.0)
    places, _colours = dots(picture, picture.corners(), lens)
    _columns, abreast = np.unique(np.rint(places[:, 0]), return_counts=True)
    assert abreast.max() < len(places) / 10


def test_dots_have_the_colour_of_the_number_they_carry(studio):
    room = studio(neuron())
    picture = room.picture
    picture.phase = 0.5
    _places, colours = dots(picture, picture.corners(), LENS)
    assert {PLUS, MINUS} <= set(colours.tolist())
    plain = room.shot(size=(900, 700))
    picture.phase = None
    still = room.shot(size=(900, 700))
    assert (plain != still).any()


@pytest.mark.parametrize("silent", [0.0, np.nan])
def test_nothing_flows_from_a_value_of_zero_or_from_none(studio, silent):
    picture = studio(neuron()).picture
    picture.phase = 0.5
    loud = len(dots(picture, picture.corners(), LENS)[0])
    item = int(picture.frame.wires.start[0])
    value = picture.readings.value.copy()
    value[item] = silent
    picture.readings = replace(picture.readings, value=value)
    assert 0 < len(dots(picture, picture.corners(), LENS)[0]) < loud
    picture.readings = replace(picture.readings, value=np.full_like(value, silent))
    assert not len(dots(picture, picture.corners(), LENS)[0])


@pytest.mark.parametrize("zoom", [0.25, 0.5, 1.0])
def test_dots_are_bounded_however_many_wires_are_in_sight(studio, zoom):
    picture = studio(accept(model_document(Model(layers=(16, 16, 1))))).picture
    picture.phase = 0.1
    picture.readings = replace(picture.readings, value=np.ones(len(picture.frame)))
    low = picture.frame.rects[:, :2].min(axis=0) * zoom
    lens = Lens(zoom, 1.0, -low[0], -low[1], 30_000.0, 30_000.0)
    places, colours = dots(picture, picture.corners(), lens)
    assert 0 < len(places) <= MOST
    assert len(places) == len(colours)


def test_nothing_flows_where_wires_are_too_short_to_see_it(studio):
    room = studio(neuron())
    still = room.shot(zoom=0.2)
    room.picture.phase = 0.3
    assert np.array_equal(room.shot(zoom=0.2), still)


def test_moving_dots_leave_the_kept_picture_of_the_wires_alone(studio, monkeypatch):
    from playground.canvas.painting.wirework import WirePainter

    room = studio(neuron())
    drawn = []
    paint = WirePainter.paint
    monkeypatch.setattr(WirePainter, "paint", lambda *given: (drawn.append(1), paint(*given))[1])
    for phase in np.linspace(0, 0.9, 6):
        room.picture.phase = float(phase)
        room.shot()
    assert len(drawn) == 2
