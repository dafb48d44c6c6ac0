"""The options of training settings, one for each: for `new`, and over a document in `train`.

What is not given is left out of the parsed arguments, so that the document's own stays.
"""

import argparse
from gettext import gettext as _
from typing import Any

from engine.graph.records import TrainingSettings
from engine.graph.settings import SETTINGS, Setting
from engine.train.settings import along, words
from playground.commands.arguments import decimal, one_of, optional, whole

ALSO = {"batch": ("--batch-size",), "optimizer": ("--optimiser",)}


def declare_settings(
    parser: argparse.ArgumentParser, usual: TrainingSettings | None = None
) -> None:
    """Declare an option for each setting; `usual` are told as what they are if not given."""
    title = _("the training") if usual else _("the training, instead of what the document says")
    group = parser.add_argument_group(title)
    for setting in SETTINGS.values():
        help_text = setting.tip[0].lower() + setting.tip[1:]
        if usual is not None:
            value = getattr(usual, setting.name)
            help_text += f" ({setting.none if value is None else value})"
        group.add_argument(
            "--" + setting.name.replace("_", "-"),
            *ALSO.get(setting.name, ()),
            dest=setting.name,
            default=argparse.SUPPRESS,
            help=help_text.replace("%", "%%"),
            **_values(setting),
        )


def given_settings(arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the settings that were given, and those that an optimiser given brings along."""
    given = vars(arguments)
    return along(**{name: given[name] for name in SETTINGS if name in given})


def _values(setting: Setting) -> dict[str, Any]:
    if setting.is_word:
        keys = [key for key, _title in words(setting.name)]
        return {"type": one_of(keys), "choices": keys}
    number, mark = (whole, "N") if setting.whole else (decimal, "X")
    return {
        "type": optional(setting.none, number) if setting.optional else number,
        "metavar": mark,
    }
