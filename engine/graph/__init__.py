"""The document and everything that can be done to it, without a screen."""
