"""The commands of the terminal, one module each: how its arguments are declared and what it does.

`playground.cli` finds a command by its name and calls `declare` and `run`.  A command reads and
writes files, asks the engine for everything else, and returns its exit code.  It must never
import Qt.
"""
