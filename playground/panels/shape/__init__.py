"""The form that edits a group made by a template, derived from the template's arguments."""

from playground.panels.shape.form import ShapeForm

__all__ = ["ShapeForm"]
