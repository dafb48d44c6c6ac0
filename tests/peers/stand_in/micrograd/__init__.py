"""This engine under the name of micrograd, for programs that are written for it."""
