"""A file is data: reading one, whatever it holds, opens no file and starts no process."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Everything is imported and the catalogue of words looked up before the watch begins.
WATCH = """
import sys
from engine.errors import Refusal
from engine.exchange.expressions import parse_number
from engine.exchange.program import insert_text
from engine.files import read
from engine.files.journal import replay
from engine.graph.document import Document
from tests.engine.files.corpus import BAD
from tests.engine.files.good_file import GOOD, changed
FORMULAS = ("__import__('os').system('id')", "open('/etc/passwd')", "().__class__", "exec('1')",
            "(lambda: 1)()", "[x for x in 'ab']", "f'{1}'", "a.b.c", "x := 1", "max(*x)", "3*x")
def everything():
    for data, _sentence in BAD.values():
        read(data)
        replay([data + b"\\n"])
    read(changed(lambda tree: tree.update(path="/etc/passwd", code="print(1)")))
    for text in FORMULAS:
        parse_number(text)
        insert_text(Document(), text, (0.0, 0.0))
everything()
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)))
everything()
suspicious = ("open", "os.", "subprocess.", "socket.", "import", "exec", "pickle.", "shutil.")
print([event for event in seen if event[0].startswith(suspicious)])
"""


def test_reading_touches_nothing_outside() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCH],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
