"""The layers hold: who may import whom, checked on every import statement of the project."""

import ast
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
ENGINE_LIBRARIES = {"llvmlite", "networkx", "numba", "numpy", "scipy", "threadpoolctl"}
# Reading, running and unpickling belong to nobody in the engine: bytes come in as arguments.
ENGINE_FORBIDDEN_CALLS = {"__import__", "compile", "eval", "exec", "open"}
FORBIDDEN_MODULES = {"dill", "marshal", "pickle", "shelve"}


def test_the_import_contracts_hold(tmp_path: Path) -> None:
    # In a process of its own: it configures logging, which would silence every logger of this one.
    command = "import sys; from importlinter.cli import lint_imports as lint; sys.exit(lint({}))"
    arguments = f"config_filename={str(ROOT / 'pyproject.toml')!r}, cache_dir={str(tmp_path)!r}"
    done = subprocess.run(
        [sys.executable, "-c", command.format(arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "kept" in done.stdout


def test_the_engine_imports_its_six_libraries_and_nothing_else() -> None:
    graph = grimp.build_graph("engine", include_external_packages=True, cache_dir=None)
    engine = {module for module in graph.modules if module.split(".")[0] == "engine"}
    imported = {
        name.split(".")[0]
        for module in engine
        for name in graph.find_modules_directly_imported_by(module)
    }
    assert imported - {"engine"} - set(sys.stdlib_module_names) <= ENGINE_LIBRARIES


def sources(*folders: str) -> list[Path]:
    """List the Python files of the folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def calls(tree: ast.AST) -> set[str]:
    """Collect the bare names a module calls."""
    return {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def imports(tree: ast.AST) -> set[str]:
    """Collect the top-level packages a module imports, wherever the statement stands."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", sources("engine"), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_opens_no_file_and_runs_no_text(path: Path) -> None:
    assert not calls(ast.parse(path.read_bytes())) & ENGINE_FORBIDDEN_CALLS


def test_nothing_of_the_project_can_run_code_from_a_file() -> None:
    guilty = {
        str(path.relative_to(ROOT)): found
        for path in sources("engine", "playground", "resources")
        if (found := imports(ast.parse(path.read_bytes())) & FORBIDDEN_MODULES)
    }
    assert guilty == {}
