"""The lock holds what the project declares, for every Python and system it promises."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements.txt").read_text("utf-8")
DECLARED = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]

PYTHONS = ("3.11", "3.12", "3.13")
SYSTEMS = ("linux", "darwin", "win32")


def environment(python: str, system: str) -> dict[str, str]:
    """Describe another machine the way markers read it."""
    here = {name: str(value) for name, value in default_environment().items()}
    return here | {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system,
    }


def locked(python: str, system: str) -> dict[str, Version]:
    """Read which version of each package the lock gives to a machine."""
    machine = environment(python, system)
    lines = re.findall(r"^([a-z0-9][^\\\n]*?) *\\$", LOCK, re.MULTILINE)
    chosen = {}
    for requirement in map(Requirement, lines):
        if requirement.marker is None or requirement.marker.evaluate(machine):
            (pin,) = requirement.specifier
            assert pin.operator == "=="
            chosen[canonicalize_name(requirement.name)] = Version(pin.version)
    return chosen


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_lock_satisfies_every_declared_dependency(python: str, system: str) -> None:
    versions = locked(python, system)
    for declared in map(Requirement, DECLARED):
        if declared.marker is None or declared.marker.evaluate(environment(python, system)):
            assert versions[canonicalize_name(declared.name)] in declared.specifier


def test_the_crashing_release_of_qt_is_never_given_to_python_3_11() -> None:
    for system in SYSTEMS:
        for name in ("pyside6-essentials", "shiboken6"):
            assert locked("3.11", system)[name] != Version("6.12.0")


def test_every_locked_file_has_a_hash_and_no_address() -> None:
    pins = re.findall(
        r"^[a-z0-9][^\n]*\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", LOCK, re.MULTILINE
    )
    assert len(pins) == len(re.findall(r"^[a-z0-9]", LOCK, re.MULTILINE))
    assert "//" not in LOCK
