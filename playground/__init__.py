"""The Qt application and the command line of Micrograd Playground.

It turns gestures into edits of an engine document and shows the results that come back.
It must never hold a fact about a document that the document does not hold itself.
"""
