"""Links of TensorFlow Playground whose curves are compared: each data set, each odd thing once."""

from typing import Any

FEATURES = ("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY")
USUAL: dict[str, Any] = {
    "dataset": "circle",
    "regDataset": "reg-plane",
    "problem": "classification",
    "activation": "tanh",
    "regularization": "none",
    "regularizationRate": 0,
    "learningRate": 0.03,
    "batchSize": 10,
    "noise": 0,
    "networkShape": "4,2",
    "percTrainData": 50,
    "initZero": "false",
}


def say(seed: str, on: str = "x y", **said: Any) -> dict[str, Any]:
    """Return all that a link says; `on` names the features that are."""
    features = {name: str(name in on.split()).lower() for name in FEATURES}
    return {**USUAL, "seed": seed, **features, **said}


def address(said: dict[str, Any]) -> str:
    """Return the link that says so."""
    return "https://playground.tensorflow.org/#" + "&".join(f"{k}={v}" for k, v in said.items())


CASES: dict[str, dict[str, Any]] = {
    "circle": say("0.12345"),
    "circle, L1, odd batches": say(
        "0.98765",
        activation="relu",
        regularization="L1",
        regularizationRate=0.01,
        noise=20,
        batchSize=7,
    ),
    "circle, from zero": say(
        "0.22222",
        activation="sigmoid",
        regularization="L1",
        regularizationRate=0.001,
        learningRate=0.3,
        batchSize=28,
        networkShape="3",
        initZero="true",
    ),
    "exclusive or, L2": say(
        "0.54321",
        "x y xTimesY",
        dataset="xor",
        activation="sigmoid",
        regularization="L2",
        regularizationRate=0.003,
        learningRate=0.1,
        batchSize=3,
        noise=15,
        networkShape="3",
        percTrainData=70,
    ),
    "gauss, no hidden layer": say(
        "0.00042",
        "x y sinX sinY",
        dataset="gauss",
        regularization="L1",
        regularizationRate=0.1,
        learningRate=0.01,
        batchSize=11,
        noise=35,
        networkShape="",
        percTrainData=30,
    ),
    "spiral, a word as the seed": say(
        "hello.",
        "x y sinX sinY",
        dataset="spiral",
        activation="relu",
        regularization="L1",
        regularizationRate=0.003,
        batchSize=30,
        networkShape="6,4,2",
    ),
    "spiral, every feature": say(
        "0.31415",
        " ".join(FEATURES),
        dataset="spiral",
        regularization="L2",
        regularizationRate=0.001,
        learningRate=0.003,
        noise=5,
        networkShape="8,6",
        percTrainData=80,
    ),
    "plane": say(
        "0.10101",
        problem="regression",
        activation="linear",
        learningRate=0.003,
        batchSize=9,
        noise=10,
        networkShape="2,1",
    ),
    "hills": say(
        "0.77777",
        "x y xSquared ySquared",
        problem="regression",
        regDataset="reg-gauss",
        regularization="L1",
        regularizationRate=0.001,
        batchSize=7,
        noise=25,
        networkShape="5,3",
        percTrainData=10,
    ),
}
