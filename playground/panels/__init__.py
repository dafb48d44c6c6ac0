"""What stands around the canvas: palette, inspector, training, studio, help and more."""
