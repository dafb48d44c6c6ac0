"""Ways into and out of a document that are not its own file: typed and pasted text, exports.

The window's palette and number fields and the command line call it.  It turns text into edits
and edits' parts into text; it must never run what it reads.
"""
