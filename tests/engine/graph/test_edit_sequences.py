"""Whatever is done, undone and redone: the document can be led back, saved, and read again."""

import random

import networkx as nx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.errors import accept
from engine.files import read, write
from engine.graph.document import Document
from engine.graph.edits import Edit
from engine.run.evaluate import Plans, evaluate, make_plans
from tests.engine.random_graphs import random_edit


class EditSequences(RuleBasedStateMachine):
    """Random verbs, undo and redo over one document and its two stacks of edits."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.start = self.document.copy()
        self.done: list[Edit] = []
        self.undone: list[Edit] = []
        self.latest = Edit("")
        self.plans: Plans | None = None

    def apply(self, edit: Edit) -> None:
        self.document.apply(edit)
        self.latest = edit

    @rule(seed=st.integers(0, 2**32))
    def edit(self, seed: int) -> None:
        edit = random_edit(self.document, random.Random(seed))
        if isinstance(edit, Edit) and not edit.is_empty:
            self.apply(edit)
            self.done.append(edit)
            self.undone.clear()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        edit = self.done.pop()
        self.apply(edit.inverse())
        self.undone.append(edit)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        edit = self.undone.pop()
        self.apply(edit)
        self.done.append(edit)

    @invariant()
    def the_graph_has_no_cycle_and_every_port_one_wire(self) -> None:
        assert nx.is_directed_acyclic_graph(self.document.graph)
        ends = [(target, port) for _source, target, port in self.document.edges()]
        assert len(ends) == len(set(ends))
        for target, port in ends:
            assert port in self.document.node(target).ports

    @invariant()
    def the_file_round_trips_byte_for_byte(self) -> None:
        data = write(self.document)
        again = accept(read(data))
        assert again.same_content(self.document)
        assert write(again) == data

    @invariant()
    def plans_hold_until_the_structure_changes(self) -> None:
        fresh = evaluate(self.document)
        if self.plans is None or self.latest.is_structural:
            self.plans = make_plans(self.document)
        rerun = evaluate(self.document, plans=self.plans)
        assert rerun.value.tobytes() == fresh.value.tobytes()
        assert rerun.gradient.tobytes() == fresh.gradient.tobytes()
        self.latest = Edit("")

    def teardown(self) -> None:
        for edit in reversed(self.done):
            self.document.apply(edit.inverse())
        assert self.document.same_content(self.start)


TestEditSequences = EditSequences.TestCase
TestEditSequences.settings = settings(
    max_examples=settings().max_examples, stateful_step_count=20, deadline=None
)
