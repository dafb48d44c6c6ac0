"""The page that predicts: rows that are typed or pasted, and what the network says of them."""

from playground.panels.studio.predict.page import PredictPage

__all__ = ["PredictPage"]
