"""The command line: opens the window, or runs one of the commands without it.

`python main.py` and the installed `micrograd-playground` both call `main`.  It must never import
Qt itself: `--help`, `--version` and the commands work where there is none.
"""

import argparse
import io
import os
import platform
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from gettext import gettext as _
from importlib import import_module, metadata
from keyword import iskeyword
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

from playground.commands.terminal import CommandError, Exit, complain
from playground.platform_check import obstacle

NAME = "micrograd-playground"
COMMANDS: Mapping[str, str] = {
    "new": _("make a document with a network, its loss and its data"),
    "import": _("make a document of a link of TensorFlow Playground"),
    "eval": _("compute every value and gradient of a document"),
    "why": _("say why a value or a gradient is what it is"),
    "trace": _("go through a document forward and backward, one node at a time"),
    "train": _("train a document"),
    "predict": _("predict for rows of a table, or for typed ones"),
    "check": _("validate a document and compare its gradients with central differences"),
    "paths": _("add up the paths of the chain rule from one value to another"),
    "export": _("write a document as a program, a drawing or data for other programs"),
    "demo": _("make, train and picture the moons document, all without a window"),
}
NEGATIVE = re.compile(r"-\.?\d")  # "-0.5,1" is no option; Python 3.14 has it so
REPORTED = ("PySide6-Essentials", "numpy", "scipy", "numba", "networkx")


class Parser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._negative_number_matcher = NEGATIVE

    def error(self, message: str) -> NoReturn:
        """Leave with the code for bad usage."""
        hint = _("see `{program} --help`").format(program=self.prog)
        raise CommandError(f"{message}; {hint}.", Exit.BAD_USAGE)


class Command(Protocol):
    """What a module in `playground.commands` offers."""

    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments, the process's own if None; return the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    _write_every_letter()
    try:
        if given and given[0] in COMMANDS:
            return _run_command(given[0], given[1:])
        return _open_window(_window_parser().parse_args(given))
    except CommandError as error:
        complain(str(error))
        return error.code
    except SystemExit as leaving:  # argparse after --help and --version
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough; what is still buffered must not raise at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.BAD_DOCUMENT


def _write_every_letter() -> None:
    """Let labels of any language reach a terminal that knows only some letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run_command(name: str, given: Sequence[str]) -> int:
    module = f"{name}_" if iskeyword(name) else name
    command = cast(Command, import_module(f"playground.commands.{module}"))
    parser = Parser(
        prog=f"{program()} {name}",
        description=COMMANDS[name][0].upper() + COMMANDS[name][1:] + ".",
        allow_abbrev=False,
    )
    command.declare(parser)
    code = command.run(parser.parse_args(given))
    sys.stdout.flush()  # a reader who has gone is noticed here, not when Python leaves
    return code


def _window_parser() -> Parser:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name:<{width}}  {about}" for name, about in COMMANDS.items())
    parser = Parser(
        prog=program(),
        usage=f"{program()} [FILE]\n       {program()} COMMAND …",
        description=_("Build scalar graphs by hand, watch every value and gradient, train them."),
        epilog=_("commands (each has its own --help):") + f"\n{lines}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help=_("the document, or the table, to open in the window"),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=versions(),
        help=_("show the versions that a bug report needs"),
    )
    return parser


def program() -> str:
    """Return what people typed to get here."""
    name = Path(sys.argv[0]).name
    return f"python {name}" if name == "main.py" else NAME


def versions() -> str:
    """Return the versions a bug report needs, read without importing the packages."""
    lines = [f"{NAME} {_version(NAME, _('(from a checkout)'))}"]
    lines += [f"{name} {_version(name, _('(not installed)'))}" for name in REPORTED]
    return "\n".join([*lines, f"Python {platform.python_version()}", platform.platform()])


def _version(package: str, otherwise: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return otherwise


def _open_window(options: argparse.Namespace) -> int:
    _check_file(options.file)
    sentence = obstacle(os.environ)
    if sentence:
        raise CommandError(sentence, Exit.BAD_USAGE)
    from playground.app import run

    return run(options.file)


def _check_file(file: Path | None) -> None:
    """Leave with a sentence for a misspelt command: a word that is no file either."""
    if file is not None and not file.suffix and file.name == str(file) and not file.exists():
        words = _("“{word}” is neither a command nor a file. The commands are {commands}.")
        known = ", ".join(COMMANDS)
        raise CommandError(words.format(word=file, commands=known), Exit.BAD_USAGE)
