"""The compiled runner: a program executed by machine code, without Python between instructions.

Nothing here may be imported before it is wanted: importing takes half a second, a first
compilation much longer.  `engine.run.compiled` is the only door.
"""
