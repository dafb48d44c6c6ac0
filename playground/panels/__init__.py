"""The panels around the canvas: palette, inspector, training, boundary, loss."""
