"""This engine as `micrograd.nn`."""

from engine.nn import MLP, Layer, Module, Neuron

__all__ = ["MLP", "Layer", "Module", "Neuron"]
