"""Computing a document: plans, the tape that runs them, and what comes out."""
