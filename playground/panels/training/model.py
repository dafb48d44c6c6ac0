"""What the training panel says of the model: its shape and loss, to be made, changed or replaced.

Where the document holds one network, the form of its group stands here and reshapes it, so that
weights are kept. Else what stands in the rows is a wish until the button is pressed. The button
makes network, loss and data anew, as one edit.
"""

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from engine.errors import Refusal
from engine.exchange.widths import parse_widths, widths_text
from engine.graph.arguments import activations
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.graph.models import DEMO_TRAINING, Model, loss_names, suiting
from engine.graph.records import DataSettings, TrainingSettings
from engine.graph.schemes import scheme_names
from engine.graph.templates import TEMPLATES
from engine.graph.verbs import delete, joined
from engine.train.checks import misfit
from engine.train.fitting import fitted, remark
from playground.bridge import ChangeSet
from playground.panels.shape import ShapeForm
from playground.panels.training.form import Row, Section
from playground.session import Session
from playground.session.clear import model_edit
from playground.session.items import outermost
from playground.widgets.fields import Choice, ChoiceField, TextField
from playground.widgets.labels import label

NETWORK = "mlp"
SAMPLED = ("feature", "target")


class Misfit(QWidget):
    """Says why the model of the document does not fit its data, with the way out beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label(tone="problem")
        self.words.setWordWrap(True)
        self.button = QPushButton(_("Replace model"))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setToolTip(_("Make a network and a loss that fit the data, with new weights"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def tell(self, refusal: Refusal | None) -> None:
        """Say what does not fit; with None, be gone."""
        if refusal is not None:
            self.words.setText(f"{refusal.what}: {refusal.why}." if refusal.why else str(refusal))
        self.setVisible(refusal is not None)


class ModelForm(QObject):
    """Adds its rows to a section of the settings.

    Attributes:
        misfit: what the panel shows where it is seen while a model does not fit its data.
    """

    def __init__(self, session: Session, part: Section) -> None:
        super().__init__(part)
        self._session = session
        self.layers = TextField(_("Layers"))
        self.layers.setObjectName("layers")
        self.activation = choice(_("Activation"), activations())
        self.init = choice(_("Initial weights"), scheme_names())
        self.shape = ShapeForm(session, ("layers", "activation", "init"))
        self.loss = choice(_("Loss"), loss_names())
        self.misfit = Misfit(part)
        self.misfit.button.clicked.connect(self.put)
        self.remark = label(tone="muted")
        self.remark.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self.put)
        self.button.setToolTip(
            _("Make network and loss anew as these fields say, with new weights")
        )
        self._wish = Model()
        self._new_rows: list[Row] = []  # of a network that is not there yet
        self._add_rows(part)
        self.layers.entered.connect(self._enter_layers)
        self.loss.entered.connect(self._fit_layers)
        session.changed.connect(self._follow)
        session.document_replaced.connect(self.refresh)
        self.refresh()

    def _add_rows(self, part: Section) -> None:
        rows: tuple[tuple[str, TextField | ChoiceField, str], ...] = (
            (
                _("Layers"),
                self.layers,
                _("The units of each layer; the last one is as wide as data and loss need it"),
            ),
            (_("Activation"), self.activation, _("What the hidden neurons squash their sum with")),
            (_("Initial weights"), self.init, _("What the first weights are drawn from")),
        )
        self._new_rows = [Row(title, field, tip) for title, field, tip in rows]
        loss = Row(_("Loss"), self.loss, _("What is made smaller, for each point"))
        for widget in (self.shape, *self._new_rows, loss, self.remark, self.button):
            part.add(widget)

    def refresh(self) -> None:
        """Show the network of the document, or what is offered if it has none."""
        document = self._session.document
        self._wish = self._fitted(described(document))
        self.layers.show_text(widths_text(self._wish.layers))
        self.activation.show_text(str(self._wish.activation))
        self.init.show_text(self._wish.init)
        self.loss.offer(titled(suiting(self._wish.classes)))
        self.loss.show_text(self._wish.loss)
        self._show_fit()
        self.button.setText(_("Replace model") if parts(document) else _("Insert model"))
        network = only_network(document)
        for row in self._new_rows:
            row.setVisible(network is None)
        self.shape.setVisible(network is not None)
        if network is not None:
            self.shape.show_group(network)

    def put(self) -> None:
        """Insert the network, in place of the one there is."""
        document = self._session.document
        wish = self._fitted(replace(self._wish, loss=self.loss.currentData()))
        if only_network(document) is None:
            layers = parse_widths(self.layers.text())
            if isinstance(layers, Refusal):
                self._session.do(layers)
                return
            activation, init = self.activation.currentData(), self.init.currentData()
            wish = replace(wish, layers=layers, activation=activation, init=init)
            wish = self._fitted(wish)
        edit = replacement(document, wish)
        if self._session.do(edit) and isinstance(edit, Edit):
            self._session.flush()
            self._session.reveal.emit(outermost(edit))

    def _enter_layers(self, text: str) -> None:
        layers = parse_widths(text)
        if isinstance(layers, Refusal):
            self._session.do(layers)
        else:
            self.layers.show_text(widths_text(layers))
            self._fit_layers()

    def _fit_layers(self, _loss: str = "") -> None:
        """Make the last layer that is typed as wide as the chosen loss needs it."""
        layers = parse_widths(self.layers.text())
        if not isinstance(layers, Refusal):
            wish = self._fitted(replace(self._wish, loss=self.loss.currentData(), layers=layers))
            self.layers.show_text(widths_text(wish.layers))

    def _fitted(self, wish: Model) -> Model:
        """Return a model that fits the data of the session; as it is if they cannot be had."""
        fit = fitted(wish, self._session.samples)
        return wish if isinstance(fit, Refusal) else fit

    def _show_fit(self) -> None:
        """Say whether the model of the document fits its data."""
        document, samples = self._session.document, self._session.samples
        leaves = []
        if has_network(document):  # what has none is its maker's own affair
            leaves = [node for node in document.nodes() if node.is_leaf and node.role in SAMPLED]
        refusal = misfit(leaves, document, samples)
        words = remark(leaves, document, samples) if refusal is None else ""
        self.misfit.tell(refusal)
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def _follow(self, changes: ChangeSet) -> None:
        if changes.groups or changes.fields or changes.structural:
            self.refresh()


def choice(title: str, keys: tuple[str, ...]) -> ChoiceField:
    """Make a field of keys, shown by the titles of their templates where they have one."""
    return ChoiceField(title, titled(keys))


def titled(keys: Iterable[str]) -> list[Choice]:
    """Return keys with the titles of their templates, where they have one."""
    return [(key, TEMPLATES[key].title if key in TEMPLATES else key) for key in keys]


def described(document: Document) -> Model:
    """Return the model that the document holds, completed by the demo's where it holds none."""
    groups = document.groups.values()
    network = next((g.arguments for g in groups if g.template == NETWORK), {})
    demo = Model()
    losses = [g.template for g in groups if g.template in loss_names()]
    untouched = document.training == TrainingSettings()
    return Model(
        tuple(network.get("layers", demo.layers)),
        network.get("activation", demo.activation),
        losses[0] if losses and losses[0] else demo.loss,
        document.data if has_data(document) else DataSettings(demo.data.generator),
        document.seeds,
        DEMO_TRAINING if untouched else document.training,
        network.get("init", demo.init),
    )


def has_data(document: Document) -> bool:
    """Tell whether a document says where its samples come from."""
    return document.data.generator is not None or document.data.table is not None


def has_network(document: Document) -> bool:
    """Tell whether a document holds a network, or more than one."""
    return any(group.template == NETWORK for group in document.groups.values())


def only_network(document: Document) -> int | None:
    """Return the one network of a document; None if there is none, or more than one."""
    found = [group.id for group in document.groups.values() if group.template == NETWORK]
    return found[0] if len(found) == 1 else None


def parts(document: Document) -> list[int]:
    """Return what a new model takes the place of: networks, losses, features and targets."""
    templates = (NETWORK, "features", *loss_names())
    if not has_network(document):
        return []
    groups = [g.id for g in document.groups.values() if g.template in templates]
    leaves = (n.id for n in document.nodes() if n.is_leaf and n.role in SAMPLED)
    return [*groups, *leaves]


def replacement(document: Document, wish: Model) -> Edit | Refusal:
    """Return the edit that inserts a model in place of the one there is."""
    old = parts(document)
    if not old:
        return model_edit(document, wish)
    gone = delete(document, old)
    if isinstance(gone, Refusal):
        return gone
    twin = document.copy()
    twin.apply(gone)
    return joined(_("Replace the model"), gone, model_edit(twin, wish))
