"""Arrays to pixels: the painter item and the painters it calls. Nothing here knows a session."""
