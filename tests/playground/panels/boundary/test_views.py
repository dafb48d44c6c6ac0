"""What is seen of the boundary: chosen in a menu, measured by the worker, drawn over it."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF

from engine.errors import accept
from engine.graph.hidden import hidden_layers
from engine.graph.models import Model
from engine.graph.properties import set_data, set_link
from engine.graph.records import DataSettings
from engine.graph.tables import make_table
from engine.train.fitting import fitted
from engine.train.maps import MapProbe
from playground.panels.boundary import BoundaryPanel
from playground.panels.boundary.choices import CHOICES
from playground.panels.boundary.legend import DOT, FOR_WORDS, GAP, SMALL
from playground.panels.boundary.overlays import arrows, borders
from playground.panels.boundary.words import class_names, verdict
from playground.session.clear import model_edit
from playground.settings import BENDS, BENDS_LAYER, HARD, LINE, MARGIN_LINES, SLOPES, TESTS, WRONG
from playground.theme import number_font
from playground.widgets.shading import shading_of


@pytest.fixture
def panel(network, themes, settings, qtbot) -> BoundaryPanel:
    """Show the panel of the network, once its boundary is there."""
    return shown(network, themes, settings, qtbot)


def shown(session, themes, settings, qtbot) -> BoundaryPanel:
    made = BoundaryPanel(session, themes, settings)
    qtbot.addWidget(made)
    made.resize(288, 340)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: session.training.boundary is not None)
    return made


@pytest.fixture
def flowers(session):
    """Open a session with three named kinds of points in a plane and a network for them."""
    stream = np.random.RandomState(5)
    kinds = np.repeat(np.arange(3), (20, 10, 30))
    middles = np.array([[-2.0, 0.0], [2.0, 0.0], [0.0, 3.0]])
    rows = np.column_stack((middles[kinds] + 0.3 * stream.standard_normal((60, 2)), kinds))
    words = ((), (), ("aster", "bluebell", "clover"))
    table = accept(make_table(("across", "up", "kind"), rows, words))
    data = DataSettings(table=table, features=(0, 1), target=2)
    model = accept(fitted(Model((6, 3), activation="tanh", data=data)))
    assert session.do(model_edit(session.document, model))
    session.flush()
    return session


def until_seen(qtbot, session, part: str):
    """Wait until a view has come; return it."""
    qtbot.waitUntil(lambda: session.training.seen is not None)
    qtbot.waitUntil(lambda: getattr(session.training.seen, part) is not None)
    return getattr(session.training.seen, part)


def drawn(curve) -> int:
    """Return how many points a line has."""
    x, _y = curve.getData()
    return 0 if x is None else len(x)


# Choosing ----------------------------------------------------------------------------------------


def test_every_view_is_in_the_menu_and_the_settings_follow(panel, settings):
    entries = [action for action in panel.views.menu().actions() if action.isCheckable()]
    assert [action.text() for action in entries] == [choice.text for choice in CHOICES]
    for action, choice in zip(entries, CHOICES, strict=True):
        before = settings.read(choice.setting)
        assert action.isChecked() == before
        action.trigger()
        assert settings.read(choice.setting) != before
        settings.write(choice.setting, before)
        assert action.isChecked() == before


def test_the_mnemonics_of_the_menu_differ(panel):
    texts = [action.text() for action in panel.views.menu().actions() if action.text()]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(set(keys)) == len(keys)


def test_nothing_is_measured_that_nobody_sees(panel, network, settings, qtbot):
    settings.write(SLOPES, True)
    until_seen(qtbot, network, "slopes")
    panel.hide()
    assert not network.training._views["panel"].any
    panel.show()
    assert network.training._views["panel"].slopes


def test_a_hidden_picture_draws_nothing_and_catches_up_when_it_is_shown(panel, network):
    panel.hide()
    before = panel.picture._dots.getData()
    network.do(set_data(network.document, noise=0.3))
    network.flush()
    assert np.array_equal(panel.picture._dots.getData(), before)
    panel.show()
    assert np.array_equal(panel.picture._dots.getData(), network.samples.inputs.T)


# Two classes -------------------------------------------------------------------------------------


def test_the_boundary_line_lies_where_the_score_is_the_threshold(panel, network, settings):
    panel.refresh()
    boundary = network.training.boundary
    whole = np.concatenate(borders(boundary))
    assert drawn(panel.picture.overlays._line) == len(whole) + len(borders(boundary))
    side = boundary.side - 1
    bounds = boundary.bounds
    column = (whole[:, 0] - bounds.left) / (bounds.right - bounds.left) * side
    row = (whole[:, 1] - bounds.bottom) / (bounds.top - bounds.bottom) * side
    near = boundary.scores[np.rint(row).astype(int), np.rint(column).astype(int)]
    assert np.abs(near).max() < np.abs(boundary.scores).max() / 5
    settings.write(LINE, False)
    assert drawn(panel.picture.overlays._line) == 0


def test_margin_lines_are_drawn_on_request(panel, network, settings):
    assert drawn(panel.picture.overlays._margins) == 0
    settings.write(MARGIN_LINES, True)
    low, high = network.training.boundary.margins
    scores = network.training.boundary.scores
    assert (drawn(panel.picture.overlays._margins) > 0) == bool(
        ((scores.min() < low) & (scores.max() > low))
        | ((scores.min() < high) & (scores.max() > high))
    )


def test_test_points_can_be_left_out_and_then_are_not_there_for_the_mouse(
    panel, network, settings
):
    network.do(set_data(network.document, test_share=0.25))
    network.flush()
    assert len(panel.picture._dots.getData()[0]) == 40
    settings.write(TESTS, False)
    assert len(panel.picture._dots.getData()[0]) == 30
    assert panel.picture.near(*network.samples.inputs[5]) is not None
    lonely = network.samples.inputs[35] + 100.0
    assert panel.picture.near(*lonely) is None


def test_wrong_points_are_ringed_and_counted(panel, network, settings, qtbot):
    settings.write(WRONG, True)
    right = until_seen(qtbot, network, "right")
    probe = accept(MapProbe.build(network.document, network.document.marked("prediction")))
    [scores] = probe.values(network.samples.inputs)
    wrong = (scores > 0) != (network.samples.labels > 0)
    assert (~right).tolist() == wrong.tolist()
    ringed = np.stack(panel.picture.overlays._wrong.getData(), axis=1)
    assert np.array_equal(ringed, network.samples.inputs[wrong])
    assert panel.legend.words == f"{wrong.sum()} wrong"
    settings.write(WRONG, False)
    assert panel.legend.words == ""


def test_the_colours_can_be_hard(panel, network, settings):
    settings.write(HARD, True)
    picture = panel.picture._image.image
    assert len(np.unique(picture.reshape(-1, 4), axis=0)) == 2


def test_arrows_begin_and_end_where_slopes_say(panel, network, settings, qtbot):
    settings.write(SLOPES, True)
    slopes = until_seen(qtbot, network, "slopes")
    strokes = arrows(slopes).reshape(-1, 3, 2, 2)
    shafts = strokes[:, 0]
    middles = shafts.mean(axis=1)
    for middle, (tail, tip) in zip(middles, shafts, strict=True):
        row = int(np.argmin(np.hypot(*(slopes.places - middle).T)))
        assert middle == pytest.approx(slopes.places[row])
        way, slope = tip - tail, slopes.slopes[row]
        assert way[0] * slope[1] == pytest.approx(way[1] * slope[0], abs=1e-9)
        assert way @ slope > 0
    assert drawn(panel.picture.overlays._arrows) == 6 * len(shafts)
    settings.write(SLOPES, False)
    assert drawn(panel.picture.overlays._arrows) == 0


# Neurons -----------------------------------------------------------------------------------------


def port(panel):
    return panel.picture._plot.viewport()


def test_a_bend_names_its_neuron_and_a_click_selects_it(panel, network, settings, qtbot):
    settings.write(BENDS, True)
    until_seen(qtbot, network, "lines")
    [layer] = hidden_layers(network.document)
    pieces = panel.picture.overlays._pieces
    number = next(k for k, piece in enumerate(pieces) if len(piece))
    places = pieces[number].mean(axis=1)
    place = next(p for p in places if panel.picture.near(*p) is None and inside(panel, p))
    spot = panel.picture.position_of(*place).toPoint()
    qtbot.mouseMove(port(panel), spot)
    assert panel.picture.toolTip() == network.document.groups[layer.neurons[number]].label
    assert drawn(panel.picture.overlays._lit_bend) > 0
    qtbot.mouseClick(port(panel), Qt.MouseButton.LeftButton, pos=spot)
    assert network.selection == {layer.neurons[number]}
    panel.picture.left.emit()
    assert panel.picture.toolTip() == ""
    assert drawn(panel.picture.overlays._lit_bend) == 0


def inside(panel, place) -> bool:
    return (
        panel.picture.rect()
        .adjusted(9, 9, -9, -9)
        .contains(panel.picture.position_of(*place).toPoint())
    )


def test_the_layer_of_the_bends_is_chosen_in_the_menu(session, themes, settings, qtbot):
    assert session.do(model_edit(session.document, Model((3, 2, 1))))
    session.flush()
    panel = shown(session, themes, settings, qtbot)
    menu = panel.views.layers
    menu.refresh()
    assert [action.text() for action in menu.actions()] == ["layer 1, 3 units", "layer 2, 2 units"]
    menu.actions()[1].trigger()
    assert settings.read(BENDS_LAYER) == 1
    assert settings.read(BENDS)
    qtbot.waitUntil(lambda: len(panel.picture.overlays.bends) == 2)
    assert panel.picture.overlays.bends == hidden_layers(session.document)[1].sums


# More classes, and numbers -----------------------------------------------------------------------


def test_three_classes_have_three_colours_and_their_own_words(flowers, themes, settings, qtbot):
    panel = shown(flowers, themes, settings, qtbot)
    theme = themes.current()
    labels = flowers.samples.labels.astype(int)
    for spot, label in zip(panel.picture._dots.points(), labels, strict=True):
        assert spot.brush().color() == theme.of_class(label)
    entries = [(entry.name, entry.count) for entry in panel.legend._entries]
    assert entries == [("aster", 20), ("bluebell", 10), ("clover", 30)]
    assert flowers.training.boundary.scores.shape[0] == 3
    assert drawn(panel.picture.overlays._line) > 0


def test_a_place_says_its_class_and_how_sure_it_is(flowers, themes, settings, qtbot):
    panel = shown(flowers, themes, settings, qtbot)
    flowers.set_probe((0.5, 1.5))
    flowers.flush()
    probe = accept(MapProbe.build(flowers.document, flowers.document.marked("prediction")))
    scores = probe.values(np.array([[0.5, 1.5]]))[:, 0]
    shares = np.exp(scores) / np.exp(scores).sum()
    name = ("aster", "bluebell", "clover")[scores.argmax()]
    assert panel.legend.words == f"{name} · {100 * shares.max():.0f} %"
    flowers.set_probe(None)
    assert panel.legend.words == ""


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("score", "{name} · {score:.3g}"),
        ("logit", "{name} · {sure:.0f} %"),
        ("number", "{score:.3g}"),
    ],
)
def test_each_link_is_said_in_its_way(network, link, said):
    network.do(accept(set_link(network.document, link)))
    network.set_probe((0.5, 0.25))
    network.flush()
    [node] = network.document.marked("prediction")
    score = network.result.number(node)
    share = 1 / (1 + np.exp(-score))
    words = said.format(
        name="+1" if score > 0 else "−1", score=score, sure=100 * max(share, 1 - share)
    )
    names = class_names(network.document, 2)
    told = verdict(network.document, network.result, link, names)
    assert told == words.replace("-", "−")


def test_numbers_have_a_bar_of_colours_with_the_range_of_the_targets(
    session, themes, settings, qtbot
):
    stream = np.random.RandomState(1)
    places = stream.uniform(-1, 1, (30, 2))
    table = accept(make_table(("a", "b", "y"), np.column_stack((places, 50 + places[:, 0]))))
    data = DataSettings(table=table, features=(0, 1), target=2)
    assert session.do(model_edit(session.document, Model((2, 1), loss="squared_error", data=data)))
    session.flush()
    panel = shown(session, themes, settings, qtbot)
    targets = session.samples.labels
    reach = panel.legend._reach
    assert (reach.low, reach.high) == (targets.min(), targets.max())
    assert session.training.boundary.link == "number"
    assert drawn(panel.picture.overlays._line) == 0
    colours = shading_of(session.samples, themes.current()).points(targets)
    spots = panel.picture._dots.points()
    assert [spot.brush().color() for spot in spots] == colours


def test_a_legend_writes_no_more_than_there_is_room_for(panel, flowers, themes, qtbot):
    panel.refresh()
    legend = panel.legend
    metrics = QFontMetricsF(number_font(SMALL))
    heights = []
    for width in (700, 320, 190):
        legend.resize(width, legend.height())
        spots = legend._spots(metrics)
        written = [(spot.name, spot.number) for spot in spots]
        assert written == [("aster", "20"), ("bluebell", "10"), ("clover", "30")]
        widths = [sum(map(metrics.horizontalAdvance, words)) + GAP for words in written]
        ends = [spot.x + DOT + GAP + wide for spot, wide in zip(spots, widths, strict=True)]
        assert max(ends) <= width
        assert ends[-1] <= width - FOR_WORDS
        heights.append(legend.height())
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]


# Large -------------------------------------------------------------------------------------------


def test_a_double_click_on_the_head_asks_for_more(panel, qtbot):
    with qtbot.waitSignal(panel.enlarged):
        qtbot.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(60, 8))


def test_a_large_picture_keeps_its_shape_and_asks_for_finer_ones(network, themes, settings, qtbot):
    panel = BoundaryPanel(network, themes, settings, large=True)
    qtbot.addWidget(panel)
    panel.resize(1300, 900)
    panel.show()
    qtbot.waitExposed(panel)
    origin, right, up = (panel.picture.position_of(*p) for p in ((0, 0), (1, 0), (0, 1)))
    assert right.x() - origin.x() == pytest.approx(origin.y() - up.y(), abs=2)
    assert network.training._views["page"].finest == 200
