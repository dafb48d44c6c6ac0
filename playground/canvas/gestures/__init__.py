"""What the mouse does: each gesture is an object that begins, moves, and ends or is cancelled.

`choice` picks one when a button goes down; the view hands it the events and forgets it when it is
over. A gesture changes the picture while it lasts and asks the session for an edit at its end.
"""
