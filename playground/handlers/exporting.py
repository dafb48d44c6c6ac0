"""File/Export: the document as code, the canvas as a picture, into files and on the clipboard.

What takes long is computed beside the window. Files are written by the storage's writer, whole or
not at all; the system's dialog asks before one is overwritten.
"""

from collections.abc import Callable
from functools import partial
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from textwrap import dedent

from PySide6.QtCore import QMimeData, QObject, QRectF, QSize, QSizeF
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from engine.errors import Refusal
from engine.exchange.delimited import write_delimited
from engine.exchange.exporters import EXPORTERS, Exporter
from engine.exchange.exporters.tracing import Code
from engine.train.samples import table_of
from playground.canvas import CanvasView
from playground.canvas.export import Motif, image_of, motif_of, shot
from playground.dialogs.picture import PictureChoice, PictureDialog, Preview
from playground.handlers.files import Files
from playground.panels.code.panel import within
from playground.panels.code.writer import code_of
from playground.session import Session
from playground.session.aside import Aside
from playground.settings import (
    CODE_FORMAT,
    PICTURE_FORMAT,
    PICTURE_SCALE,
    PICTURE_THEME,
    TRANSPARENT,
    Settings,
)
from playground.storage.files import export
from playground.theme import Theme, ThemeManager, load_theme

COPIED_SCALE = 2


class Exporting(QObject):
    """Exports one session's document; `files` proposes where to."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        canvas: CanvasView,
        themes: ThemeManager,
        settings: Settings,
        files: Files,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._canvas = window, session, canvas
        self._themes, self._settings, self._files = themes, settings, files
        self._aside = Aside(self)
        self._aside.done.connect(self._finish)
        session.document_replaced.connect(self._aside.forget)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written."""
        return self._aside.is_busy

    def close(self) -> None:
        """Write nothing more."""
        self._aside.close()

    # Code ----------------------------------------------------------------------------------------

    def code(self) -> None:
        """Ask where to save the document as code, and in which format."""
        self.save_code(self._settings.read(CODE_FORMAT))

    def save_code(self, key: str) -> None:
        """Ask where to save the document as code; this format is proposed."""
        filters = {f"{one.title} (*{one.suffix})": one for one in EXPORTERS.values()}
        proposed = EXPORTERS[key]
        asked = self._ask(
            _("Save as code"),
            {n: one.suffix for n, one in filters.items()},
            f"{proposed.title} (*{proposed.suffix})",
        )
        if asked is not None:
            path, chosen = asked
            self._write_code(filters[chosen], path)

    def copy_code(self) -> None:
        """Copy the code of what is selected, or of everything."""
        self._copy(self._settings.read(CODE_FORMAT), self._session.selection)

    def copy_whole(self, key: str) -> None:
        """Copy all of the code in a format."""
        self._copy(key, frozenset())

    def _copy(self, key: str, items: frozenset[int]) -> None:
        meant = within(self._session.document, items)
        self._begin(partial(_copied, self._writing(key), meant))

    def _write_code(self, exporter: Exporter, path: Path) -> None:
        self._begin(partial(_saved, self._writing(exporter.key), path))

    def _writing(self, key: str) -> "partial[Code | Refusal]":
        session = self._session
        learned = session.training.snapshot if session.training.running else None
        numbers = None if learned is None else learned.parameters
        return partial(code_of, session.document.copy(), key, numbers)

    # Data ----------------------------------------------------------------------------------------

    def table(self) -> None:
        """Ask where to save the points with their labels as CSV."""
        samples, data = self._session.samples, self._session.document.data
        if samples is None:
            return
        kind = _("Table (*.csv)")
        asked = self._ask(_("Save the data"), {kind: ".csv"}, kind)
        if asked is not None:
            table = data.table or table_of(samples)[0]
            self._begin(partial(export, asked[0], partial(write_delimited, table)))

    # Pictures ------------------------------------------------------------------------------------

    def picture(self) -> None:
        """Ask what picture is wanted, then save or copy it."""
        dialog = PictureDialog(self._choice(), self._extents(), self._preview, self._window)
        choice, wanted = dialog.ask(), dialog.wanted()
        if choice:
            self._remember(wanted)
        if choice == "copy":
            self._copy_picture(wanted)
        elif choice == "save":
            self._save_picture(wanted)

    def copy_picture(self) -> None:
        """Copy a picture of what is selected, or of everything, as it looks here."""
        extent = "selection" if self._session.selection else "all"
        self._copy_picture(PictureChoice(extent=extent, scale=COPIED_SCALE))

    def _choice(self) -> PictureChoice:
        read = self._settings.read
        return PictureChoice(
            read(PICTURE_FORMAT),
            "selection" if len(self._session.selection) > 1 else "all",
            read(PICTURE_SCALE),
            read(PICTURE_THEME),
            read(TRANSPARENT),
        )

    def _remember(self, wanted: PictureChoice) -> None:
        write_setting = self._settings.write
        write_setting(PICTURE_FORMAT, wanted.form)
        write_setting(PICTURE_SCALE, wanted.scale)
        write_setting(PICTURE_THEME, wanted.theme)
        write_setting(TRANSPARENT, wanted.transparent)

    def _extents(self) -> frozenset[str]:
        return frozenset({"all", "view", *(["selection"] if self._session.selection else [])})

    def _theme(self, wanted: PictureChoice) -> Theme:
        return load_theme(wanted.theme) if wanted.theme else self._themes.current()

    def _motif(self, extent: str) -> Motif | Refusal:
        session = self._session
        chosen = session.selection if extent == "selection" else None
        view, theme = session.view, self._themes.current()
        true = session.live.result if session.tracing.is_planted else session.result
        motif = motif_of(
            session.document,
            view.folded,
            true,
            theme,
            chosen,
            view.current_group,
            *self._canvas.maps_shown(),
        )
        if isinstance(motif, Refusal) or extent != "view":
            return motif
        viewport = self._canvas.viewport().rect()
        area = self._canvas.mapToScene(viewport).boundingRect()
        return Motif(motif.picture, QRectF(area.topLeft(), area.size()), self._canvas.zoom)

    def _preview(self, wanted: PictureChoice, room: QSize) -> Preview:
        """Paint a picture small, and say how large it will be."""
        motif = self._motif(wanted.extent)
        if isinstance(motif, Refusal):
            return Preview(None, str(motif))
        fits = min(room.width() / motif.size.width(), room.height() / motif.size.height(), 1.0)
        image = image_of(motif, self._theme(wanted), fits, transparent=wanted.transparent)
        image.setDevicePixelRatio(self._window.devicePixelRatioF())
        scale = wanted.scale if wanted.form == "png" else 1
        size: QSizeF = motif.size * scale
        words = _("{width} × {height} pixels")
        return Preview(
            image, words.format(width=f"{size.width():,.0f}", height=f"{size.height():,.0f}")
        )

    def _save_picture(self, wanted: PictureChoice) -> None:
        suffix, title = f".{wanted.form}", wanted.form.upper()
        name = f"{title} (*{suffix})"
        asked = self._ask(_("Save a picture"), {name: suffix}, name)
        motif = self._motif(wanted.extent)
        if asked is None or self._refuse(motif) or isinstance(motif, Refusal):
            return
        made = shot(
            motif,
            wanted.form,
            self._theme(wanted),
            wanted.scale,
            transparent=wanted.transparent,
        )
        self._begin(partial(export, asked[0], made.data, made.words))

    def _copy_picture(self, wanted: PictureChoice) -> None:
        motif = self._motif(wanted.extent)
        if self._refuse(motif) or isinstance(motif, Refusal):
            return
        theme, data = self._theme(wanted), QMimeData()
        pixels = shot(motif, "png", theme, wanted.scale, transparent=wanted.transparent)
        shapes = shot(motif, "svg", theme, transparent=wanted.transparent)
        data.setImageData(pixels.painted)
        data.setData("image/svg+xml", shapes.data())
        QGuiApplication.clipboard().setMimeData(data)
        self._session.hinted.emit(pixels.words or _("Picture copied"))

    # Both ----------------------------------------------------------------------------------------

    def _ask(self, title: str, suffixes: dict[str, str], chosen: str) -> tuple[Path, str] | None:
        """Ask for a file of one of several kinds; return its path and the kind, None if none."""
        proposed = self._files.proposed(suffixes[chosen])
        dialog = QFileDialog(self._window, title, str(proposed.parent), ";;".join(suffixes))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectNameFilter(chosen)
        dialog.setDefaultSuffix(suffixes[chosen].removeprefix("."))
        dialog.selectFile(proposed.name)

        def follow(kind: str) -> None:
            dialog.setDefaultSuffix(suffixes[kind].removeprefix("."))

        dialog.filterSelected.connect(follow)
        path = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
        kind = dialog.selectedNameFilter()
        dialog.deleteLater()
        return None if path is None else (path, kind)

    def _begin(self, work: Callable[[], object]) -> None:
        self._session.hinted.emit(_("Writing…"))
        self._aside.start(work)

    def _finish(self, outcome: "Refusal | Copied | str") -> None:
        if self._refuse(outcome) or isinstance(outcome, Refusal):
            return
        if isinstance(outcome, Copied):
            QGuiApplication.clipboard().setText(outcome.text)
        self._session.hinted.emit(str(outcome))

    def _refuse(self, outcome: object) -> bool:
        """Say why something cannot be done; return whether that is so."""
        if isinstance(outcome, Refusal):
            self._session.hinted.emit("")
            self._session.do(outcome)
        return isinstance(outcome, Refusal)


class Copied:
    """A text for the clipboard."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        """Say how much was copied."""
        lines = self.text.count("\n")
        words = ngettext("{count} line of code copied", "{count} lines of code copied", lines)
        return words.format(count=f"{lines:,}")


def _copied(writing: Callable[[], Code | Refusal], items: frozenset[int]) -> Copied | Refusal:
    code = writing()
    if isinstance(code, Refusal):
        return code
    lines = code.text.split("\n")
    chosen = [lines[row] for row in code.lines_of(items)]
    return Copied(dedent("\n".join(chosen)) + "\n" if chosen else code.text)


def _saved(writing: Callable[[], Code | Refusal], path: Path) -> str | Refusal:
    code = writing()
    return code if isinstance(code, Refusal) else export(path, code.text.encode)
