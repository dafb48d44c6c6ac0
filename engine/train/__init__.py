"""Training: the data, how parameters are changed, and what is measured meanwhile."""
