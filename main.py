"""The start of Micrograd Playground from a checkout: `python main.py [FILE]`.

It hands everything to the command line, which opens the window or runs a command.
It must never import Qt itself: `--help` and `--version` answer without it.
"""

from playground.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
