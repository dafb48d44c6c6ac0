"""Every record has a page, every link leads somewhere, and numbers on pages are the records'."""

import re
from urllib.parse import unquote

import pytest

import resources
from engine import ops
from engine.graph.document import Document
from engine.graph.records import ROLES
from engine.graph.schemes import SCHEMES
from engine.graph.templates import TEMPLATES
from engine.ops.writing import plain
from engine.run.evaluate import evaluate
from engine.train.datasets import DATASETS
from engine.train.diagnoses import DIAGNOSES
from engine.train.optimizers import OPTIMIZERS
from engine.train.schedules import SCHEDULES
from engine.train.stops import STOPS
from playground.actions import ACTIONS, MENUS
from playground.dialogs.examples import examples
from playground.panels.help import all_pages, found, key_of, page_of
from playground.panels.help.drawings import parts_of
from playground.panels.help.ops import example_of, numbers_of
from playground.panels.help.page import escaped
from playground.panels.help.surroundings import AT_WORK
from playground.panels.studio.pages import PAGES as STUDIO_PAGES
from playground.session.items import item_edit
from playground.widgets.catalogue import add_actions, built_in

# As `docks.py` names them; test_help.py in the window's tests looks at the docks themselves.
PANELS = ("palette", "inspector", "outline", "training", "code", "studio", "help", "canvas")
DOCKS = ("build", "outline", "train", "code", "studio", "help")
LINK = re.compile(r"(!?)\[((?:[^\]\\]|\\.)*)\]\(([^)\s]+)\)")
WANTED = [
    *(f"op/{key}" for key in ops.OPS),
    *(f"template/{key}" for key in TEMPLATES),
    *(f"value/{key}" for key in ROLES),
    *(f"optimizer/{key}" for key in OPTIMIZERS),
    *(f"schedule/{key}" for key in SCHEDULES),
    *(f"scheme/{key}" for key in SCHEMES),
    *(f"dataset/{key}" for key in DATASETS),
    *(f"stop/{stop.name}" for stop in STOPS),
    *(f"trouble/{key.replace(' ', '-')}" for key in DIAGNOSES),
    *(f"page/{key}" for key in STUDIO_PAGES),
    *(f"panel/{key}" for key in PANELS),
    *(f"action/{action.id}" for action in (*ACTIONS, *add_actions())),
    *(f"menu/{path.lower()}" for path in MENUS if "/" not in path),
]


def text_of(key: str) -> str:
    page = page_of(key)
    assert page is not None, f"there is no page {key}"
    return page.write({})


@pytest.mark.parametrize("key", WANTED)
def test_everything_in_a_table_has_a_page_with_its_title(key):
    page, text = page_of(key), text_of(key)
    assert text.startswith("# ")
    assert text.partition("```")[0].count("\n# ") == 0
    assert escaped(page.title) in text.partition("\n")[0]
    assert "Refusal(" not in text


@pytest.mark.parametrize("idea", AT_WORK)
def test_each_action_that_shows_an_idea_exists_and_stands_on_its_page(idea):
    text = text_of(f"concept/{idea}")
    assert AT_WORK[idea]
    for action in AT_WORK[idea]:
        assert action in {one.id for one in ACTIONS if one.handler}
        assert f"](do:{action})" in text


def test_no_two_pages_share_a_key():
    keys = [page.key for page in all_pages()]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("key", [page.key for page in all_pages()])
def test_every_link_leads_somewhere(key):
    links = [(bang, address) for bang, _words, address in LINK.findall(text_of(key))]
    assert links or key.startswith("action/")
    for bang, address in links:
        kind, _colon, what = address.partition(":")
        known = (PICTURES if bang else WAYS).get(kind)
        assert known is not None, address
        assert known(unquote(what)), address


def is_action(name: str) -> bool:
    return any(action.id == name and action.handler for action in (*ACTIONS, *add_actions()))


def is_item(text: str) -> bool:
    return any(item.text == text for item in built_in())


WAYS = {
    "help": lambda key: page_of(key) is not None,
    "do": is_action,
    "show": lambda key: key in STUDIO_PAGES,
    "panel": lambda name: name in DOCKS,
    "example": lambda name: any(example.name == name for example in examples()),
    "add": is_item,
    "try": lambda key: key in ops.OPS,
    "open": lambda key: key in ops.OPS,
    "set": lambda text: float(text.partition("=")[2]) == float(text.partition("=")[2]),
}
PICTURES = {"formula": bool, "drawing": lambda what: bool(parts_of(what))}


@pytest.mark.parametrize("op", ops.OPS.values(), ids=lambda op: op.key)
def test_the_page_of_an_op_says_what_its_record_says(op):
    text = text_of(f"op/{op.key}")
    assert escaped(op.intuition) in text
    assert all(escaped(one.reason[1:]) in text for one in op.domain)
    pictures = [words for bang, words, _address in LINK.findall(text) if bang]
    assert len(pictures) == 2 + len(op.derivatives) + (op.reference is not None)
    for name in numbers_of(op):
        assert text.count(f"(set:{name}=") == 2
    assert plain(op.formula) or op.formula


def test_kinks_are_told_with_the_rule_of_the_record():
    assert "slope is 0 left of it and 1 right of it" in text_of("op/relu")
    assert "gives a slope of 0 there" in text_of("op/relu")
    assert "slope is −1 left of it and 1 right of it" in text_of("op/abs")
    assert "jumps from 0 to 1" in text_of("op/step")
    assert "kink" not in text_of("op/tanh")


@pytest.mark.parametrize("op", ops.OPS.values(), ids=lambda op: op.key)
def test_the_example_of_an_op_is_that_op_of_numbers_where_it_has_an_answer(op):
    document = Document()
    document.apply(example_of(op, document, (0.0, 0.0)))
    [node] = [node for node in document.nodes() if not node.is_leaf]
    assert node.op == op.key
    result = evaluate(document)
    assert result.output == node.id
    leaves = sorted(document.wired(node.id).items())
    inputs = [document.node(source).value for _port, source in leaves]
    expected = op.scalar.forward(inputs, op.defaults(node.attributes))
    assert result.number(node.id) == pytest.approx(expected, rel=1e-13)
    assert not result.problems


def test_an_example_beside_other_work_leaves_its_output_alone():
    document = Document()
    document.apply(example_of(ops.OPS["mul"], document, (0.0, 0.0)))
    document.apply(example_of(ops.OPS["tanh"], document, (0.0, 300.0)))
    assert len(document.marked("backward")) == 1


def test_a_template_page_counts_what_is_built():
    document = Document()
    document.apply(item_edit(document, "template:layer", (0.0, 0.0)))
    made = [node for node in document.nodes() if node.group is not None]
    trained = sum(node.trainable for node in made)
    text = text_of("template/layer").replace("\\", "")
    assert f"{len(made)} scalars, {trained} of them parameters" in text
    products = sum(node.op == "mul" for node in made)
    assert f"{products} × [Product](help:op/mul)" in text


def test_an_op_that_is_added_has_a_page_at_once():
    from dataclasses import replace

    twice = replace(ops.OPS["neg"], key="twice", title="Twice")
    with ops.register(twice):
        assert "Twice" in text_of("op/twice")
    assert page_of("op/twice") is None


def test_a_retired_key_leads_to_the_op_that_took_its_place():
    for op in ops.OPS.values():
        for retired in op.replaces:
            assert page_of(f"op/{retired}").key == f"op/{op.key}"


@pytest.mark.parametrize("item", built_in(), ids=lambda item: item.text)
def test_every_item_of_the_catalogue_leads_to_its_page(item):
    assert page_of(key_of(item.text)) is not None


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tanh", "op/tanh"),
        ("adam", "optimizer/adam"),
        ("chain rule", "concept/chain-rule"),
        ("moons", "dataset/moons"),
        ("zero", "concept/zero-grad"),
        ("hinge", "template/hinge"),
    ],
)
def test_a_search_finds_the_page_first(typed, first):
    assert found(typed)[0].key == first


def test_a_search_for_a_word_of_a_text_finds_its_page():
    assert "concept/accumulation" in [page.key for page in found("famous")]
    assert found("xyzzy") == []


@pytest.mark.parametrize("folder", ["concept", "panel", "page"])
def test_texts_of_people_are_short_lines_with_a_title(folder):
    for name in resources.names(f"help/{folder}"):
        text = resources.read_text(name)
        assert folder == "page" or text.startswith("# "), name
        assert folder != "page" or name.rpartition("/")[2].removesuffix(".md") in STUDIO_PAGES
        prose = [line for line in text.splitlines() if "formula:" not in line]
        assert max(map(len, prose)) <= 110, name
