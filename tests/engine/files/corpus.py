"""What can be wrong with a file: bytes, and the exact sentence for each."""

import json

from tests.engine.files.good_file import (
    GOOD,
    Tree,
    changed,
    nested,
    node,
    noted,
    raw,
    section,
    wire,
)

NOT_ONE = "This is not a Micrograd Playground document"

BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "The file is empty."),
    "blank": (b" \n\t ", "The file is empty."),
    "one byte": (b"x", f"{NOT_ONE}: line 1, column 1 cannot be read."),
    "a brace": (
        b"{",
        "The file ends too early: it was cut off in line 1. Look for another copy of it.",
    ),
    "a torn character": (
        b'{"\xe2\x82',
        "The file ends too early: it was cut off in line 1. Look for another copy of it.",
    ),
    "Latin-1": (b'{"\xe9": 1}', f"{NOT_ONE}: it is not UTF-8 text from byte 3 on."),
    "UTF-16": (
        json.dumps(GOOD).encode("utf-16"),
        f"{NOT_ONE}: it is UTF-16 text, and documents are UTF-8.",
    ),
    "HTML": (b"<!doctype html><title>404</title>", f"{NOT_ONE}: it looks like a web page."),
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0", f"{NOT_ONE}: it is a PNG picture."),
    "zip": (b"PK\x03\x04\x14\0", f"{NOT_ONE}: it is a zip archive."),
    "pickle": (
        b"\x80\x04}\x94.",
        f"{NOT_ONE}: it looks like a Python pickle, and those are never opened.",
    ),
    "a million brackets": (
        b"[" * 1_000_000,
        f"{NOT_ONE}: its brackets are nested too deeply.",
    ),
    "NaN": (raw("2.0", "NaN"), f"{NOT_ONE}: it holds NaN, and every number must be finite."),
    "Infinity": (
        raw("2.0", "-Infinity"),
        f"{NOT_ONE}: it holds -Infinity, and every number must be finite.",
    ),
    "1e999": (
        raw("2.0", "1e999"),
        "“value” of node #1 must be a finite number: it is beyond the largest number.",
    ),
    "1e999 in an unknown field": (
        raw('"label": "a"', '"colour": 1e999, "label": "a"'),
        "“colour” of node #1 must be a finite number: it is beyond the largest number.",
    ),
    "an integer of 5,000 digits": (
        raw("2.0", "9" * 5000),
        f"{NOT_ONE}: it holds a number with thousands of digits.",
    ),
    "an integer of 400 digits": (
        raw("2.0", "9" * 400),
        "“value” of node #1 must be a finite number: it is a very large number.",
    ),
    "duplicate keys": (
        raw('"label": "a"', '"value": 3.0, "label": "a"'),
        f"{NOT_ONE}: an object in it has two “value”.",
    ),
    "a lone surrogate": (
        raw('"a"', '"\\ud800"'),
        f"{NOT_ONE}: a text in it holds half a character.",
    ),
    "something after the end": (
        json.dumps(GOOD).encode() + b"]",
        f"{NOT_ONE}: line 1, column {len(json.dumps(GOOD)) + 1} cannot be read.",
    ),
    "a list": (b"[1, 2]", f"{NOT_ONE}: it does not say “format”: “micrograd-playground”."),
    "a number": (b"12", f"{NOT_ONE}: it does not say “format”: “micrograd-playground”."),
    "other JSON": (
        b'{"name": "package"}',
        f"{NOT_ONE}: it does not say “format”: “micrograd-playground”.",
    ),
    "another format": (
        changed(lambda tree: tree.update(format="geo\x1b[31mjson")),
        f"{NOT_ONE}: its format is “geo�[31mjson”.",
    ),
    "version 0": (
        changed(lambda tree: tree.update(version=0)),
        "“version” of the file must be a whole number from 1 on: it is 0.",
    ),
    "version as text": (
        changed(lambda tree: tree.update(version="2")),
        "“version” of the file must be a whole number from 1 on: it is “2”.",
    ),
    "no version": (
        changed(lambda tree: tree.pop("version")),
        "“version” of the file must be a whole number from 1 on: it is null.",
    ),
    "a newer reader needed": (
        changed(lambda tree: tree.update(version=999, min_reader=998)),
        (
            "This document needs a newer Micrograd Playground: it is in format 998, and this"
            " version reads up to 1. Update the program to open it."
        ),
    ),
    "no graph": (changed(lambda tree: tree.pop("graph")), "The file has no “graph”."),
    "nodes as text": (
        changed(lambda tree: tree["graph"].update(nodes="all")),
        "“nodes” must be a list: it is “all”.",
    ),
    "a node as number": (
        changed(lambda tree: tree["graph"]["nodes"].append(5)),
        "a node must be an object: it is 5.",
    ),
    "a node without id": (
        changed(lambda tree: tree["graph"]["nodes"][0].pop("id")),
        "A node has no “id”.",
    ),
    "id 0": (
        node(0, id=0),
        "“id” of node #0 must be a whole number from 1 on: it is 0.",
    ),
    "id true": (
        node(0, id=True),
        "“id” of a node must be a whole number from 1 on: it is true.",
    ),
    "a fractional id": (
        node(0, id=1.5),
        "“id” of a node must be a whole number from 1 on: it is 1.5.",
    ),
    "duplicate ids": (node(1, id=1), "Two nodes or groups have the id #1."),
    "a group's id on a node": (node(1, id=7), "Two nodes or groups have the id #7."),
    "a value as text": (
        node(0, value="2"),
        "“value” of node #1 must be a finite number: it is “2”.",
    ),
    "a value true": (
        node(0, value=True),
        "“value” of node #1 must be a finite number: it is true.",
    ),
    "a label as list": (node(0, label=["a"]), "“label” of node #1 must be a text: it is a list."),
    "an unknown role": (
        node(0, role="boss"),
        "“role” of node #1 must be one of constant, parameter, feature, target: it is “boss”.",
    ),
    "frozen as number": (
        node(0, frozen=1),
        "“frozen” of node #1 must be true or false: it is 1.",
    ),
    "half a span": (
        node(0, span=[1.0]),
        "“span” of node #1 must be a list of 2: it is a list.",
    ),
    "a span of nothing": (
        node(0, span=[1.0, 1.0]),
        (
            "“span” of node #1 must be a lower and a higher number, not too far apart:"
            " it is a list."
        ),
    ),
    "a span without end": (
        node(0, span=[-1.7e308, 1.7e308]),
        (
            "“span” of node #1 must be a lower and a higher number, not too far apart:"
            " it is a list."
        ),
    ),
    "a span as text": (
        node(0, span=["0", "1"]),
        "“span” of node #1 must be a finite number: it is a list.",
    ),
    "an op with a span": (
        node(2, span=[0.0, 1.0]),
        "Node #3 (mul) has a slider: only values have one.",
    ),
    "half a position": (
        node(0, position=[1.0]),
        "“position” of node #1 must be a list of 2: it is a list.",
    ),
    "a position beyond the plane": (
        node(0, position=[0.0, -1e300]),
        "“position” of node #1 must be between -1e+09 and 1e+09: it is a list.",
    ),
    "a zoom of nothing": (
        section("view", zoom=0),
        "“zoom” of “view” must be between 1e-06 and 1e+06: it is 0.",
    ),
    "bookmarks that are numbers": (
        section("view", bookmarks=[[1, 2]]),
        "a bookmark must be an object: it is a list.",
    ),
    "a bookmark without a key": (
        section("view", bookmarks=[{"slot": 10}]),
        "“slot” of a bookmark must be a whole number from 1 to 9: it is 10.",
    ),
    "a bookmark without a number": (
        section("view", bookmarks=[{"name": "here"}]),
        "“bookmarks” of “view” must be bookmarks with a “slot” each: it is a list.",
    ),
    "two bookmarks for one key": (
        section("view", bookmarks=[{"slot": 3}, {"slot": 3}]),
        "“bookmarks” of “view” must be bookmarks with different numbers: it is a list.",
    ),
    "a thousand bookmarks": (
        section("view", bookmarks=[{"slot": 3}] * 1000),
        "“bookmarks” of “view” must be at most 9 bookmarks: it is a list.",
    ),
    "an op with a role": (
        node(2, role="parameter"),
        "Node #3 (mul) is a parameter: only values have a role.",
    ),
    "two losses": (
        changed(lambda tree: [item.update(marks=["loss"]) for item in tree["graph"]["nodes"]]),
        "Nodes #1 and #2 are both marked “loss”.",
    ),
    "groups without end": (
        changed(lambda tree: tree.update(groups=nested(66))),
        "Group #7 lies within more than 64 others.",
    ),
    "an unknown mark": (
        node(3, marks=["hot"]),
        "“marks” of node #4 must be one of backward, loss, penalty, prediction: it is a list.",
    ),
    "deep unknown fields": (
        node(0, colour=json.loads("[" * 60 + "]" * 60)),
        "“colour” of node #1 must be nested at most 32 levels deep: it is a list.",
    ),
    "an input on a value": (
        node(0, ports=[0]),
        "Node #1 (value) has 1 inputs: a value has none.",
    ),
    "wrong arity": (
        node(2, ports=[0, 1, 2]),
        "Node #3 (mul) has 3 inputs: the operation has 2.",
    ),
    "an input twice": (node(3, ports=[0, 0]), "Node #4 has two inputs of the same number."),
    "an unwired input of a sum": (
        node(3, ports=[0, 2, 5]),
        "No wire ends in input 5 of node #4.",
    ),
    "a source that is not there": (
        wire(source=8, target=4, key=3),
        "The wire from #8 to #4 has a loose end: there is no node #8.",
    ),
    "a target that is not there": (
        wire(source=1, target=6, key=0),
        "The wire from #1 to #6 has a loose end: there is no node #6.",
    ),
    "a port that is not there": (
        wire(source=1, target=3, key=2),
        "Node #3 has no input 2.",
    ),
    "two wires in one port": (
        wire(source=1, target=3, key=1),
        "Two wires end in input 1 of node #3.",
    ),
    "a wire without source": (
        wire(target=3, key=1),
        "A wire lacks “source”, “target” or “key”.",
    ),
    "bends as text": (
        changed(lambda tree: tree["graph"]["edges"][0].update(bends="left")),
        "“bends” of a wire must be a list: it is “left”.",
    ),
    "a bend with three coordinates": (
        changed(lambda tree: tree["graph"]["edges"][0].update(bends=[[0.0, 1.0, 2.0]])),
        "“bends” of a wire must be a list of 2: it is a list.",
    ),
    "a bend beyond the plane": (
        changed(lambda tree: tree["graph"]["edges"][0].update(bends=[[0.0, 1e300]])),
        "“bends” of a wire must be between -1e+09 and 1e+09: it is a list.",
    ),
    "a group that is not there": (
        node(0, group=8),
        "#1 lies in group #8, and there is no such group.",
    ),
    "a group within itself": (
        changed(lambda tree: tree["groups"][0].update(group=7)),
        "Group #7 lies within itself.",
    ),
    "settings as a list": (
        changed(lambda tree: tree.update(training=[])),
        "“training” must be an object: it is a list.",
    ),
    "a learning rate of minus 1": (
        section("training", learning_rate=-1.0),
        "The learning rate lies between 0 and 1e+06: it is -1.0.",
    ),
    "half a sample": (
        section("data", samples=0.5),
        "“samples” of “data” must be a whole number from 0 on: it is 0.5.",
    ),
    "an unknown link": (
        changed(lambda tree: tree.update(link="guess")),
        (
            "“link” of the file must be one of score, logit, probability, class scores, number:"
            " it is “guess”."
        ),
    ),
}


BAD |= {
    "notes as an object": (
        changed(lambda tree: tree.update(notes={})),
        "“notes” must be a list: it is an object.",
    ),
    "a note as text": (
        changed(lambda tree: tree.update(notes=["hello"])),
        "a note must be an object: it is “hello”.",
    ),
    "a note of an unknown kind": (
        noted(kind="video"),
        "“kind” of note #8 must be one of frame, note: it is “video”.",
    ),
    "a note of no size": (
        noted(size=[240.0, 0.0]),
        "“size” of note #8 must be between 1 and 1e+06: it is a list.",
    ),
    "a node's id on a note": (noted(id=3), "Two nodes or groups have the id #3."),
    "a group's id on a note": (noted(id=7), "Two nodes or groups have the id #7."),
    "words of a note as number": (
        noted(text=5),
        "“text” of note #8 must be a text: it is 5.",
    ),
    "notes without end": (
        changed(lambda tree: tree.update(notes=[{}] * 10_001)),
        "There are 10,001 notes in the file: the limit is 10,000.",
    ),
}


def cycle(tree: Tree) -> None:
    """Let the product take the sum as an input."""
    tree["graph"]["edges"][1]["source"] = 4


def self_loop(tree: Tree) -> None:
    """Let the sum take itself as an input."""
    tree["graph"]["edges"][3]["source"] = 4


CIRCLE = "values flow one way, so wires cannot make a circle"
BAD["a cycle"] = (changed(cycle), f"Node #3 feeds itself: {CIRCLE}.")
BAD["a wire to itself"] = (changed(self_loop), f"Node #4 feeds itself: {CIRCLE}.")
