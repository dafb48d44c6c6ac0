"""Programs with a training loop: a function of one sample, the data, the objective, the steps.

A document with a loss becomes one of these; `micrograd` and `torch` say the lines that differ.
"""

from engine.exchange.exporters.learning import Learning
from engine.exchange.exporters.naming import Names, listed
from engine.exchange.exporters.script import Scope, Script, indented
from engine.exchange.exporters.tracing import traced
from engine.ops import Op
from engine.run.compiler import known

MAIN_LOOP = [
    "    for step, loss in enumerate(train()):",
    '        print(f"step {step}: objective {loss}")',
]


class TrainedScript(Script):
    """Writes leaves, `forward`, the numbers of the sample that is shown, and `train`."""

    opening, closing = "data = [", "]"  # of the rows of data
    picked = "[data[k] for k in rows]"  # the samples of a step
    # Whether `node` is a number of the library, and what it holds, as the program asks.
    number_test = "isinstance(node, Value)"
    number_data = "node.data"

    def trained(self, learning: Learning) -> list[list[str]]:
        """Return the program of a document with a loss."""
        items = self.outline.items
        leaves = self.all_leaves(items, learning.fed)
        functions = list(self.functions(items))
        scope = Scope(Names(self.names))
        given = self.take_all(learning.fed, scope)
        passage = self.passage(items, scope)
        results = self.results(learning)
        answer = ", ".join(self.named(node, scope) for node in results)
        define = [*traced(listed(given, "def forward(", "):", last=""), *learning.fed)]
        define += [*indented(passage), *traced([f"    return {answer}"], *results)]
        sample = [self.leaf(node) for node in learning.fed]
        outputs = ", ".join(self.take_all(results, self.module))
        run = traced(listed(sample, f"{outputs} = forward(", ")", last=""), *results)
        run += self.back()
        data = learning.data_lines(self.opening, self.closing) if learning.fed else []
        loop = self.loop(learning, results)
        return [leaves, *functions, define, run, data, *loop, [*self.main(), *MAIN_LOOP]]

    def back(self) -> list[str]:
        """Return the line that goes backward."""
        if self.output is None or self.output not in {**self.shared, **self.module.text}:
            return []
        return [f"{self.named(self.output, self.module)}.backward()"]

    def loop(self, learning: Learning, results: list[int]) -> list[list[str]]:
        """Return the parameters, the batches, the objective and the steps."""
        passages = [self.parameter_list("parameters", learning.parameters)]
        decaying = "parameters"
        if learning.decaying and learning.decaying != learning.parameters:
            decaying = "weights"
            passages.append(self.parameter_list(decaying, learning.decaying))
        fed = bool(learning.fed)
        rows = "data" if learning.size is None else "batch(step)"
        passages.append(learning.batch_lines(self.picked))
        about = "The loss over some samples" if fed else "The loss"
        passages.append(
            [
                f"def objective({'rows' if fed else ''}):",
                f'    """{about}, and what is added to it."""',
                *indented(self.objective(learning, results, decaying)),
            ]
        )
        head = [
            "def train(steps=100):",
            '    """Go downhill; return the objective before each step."""',
            "    losses = []",
            "    for step in range(steps):",
            f"        rate = {learning.rate()}",
            f"        total = objective({rows if fed else ''})",
        ]
        return [*passages, [*head, *indented(self.step(learning), 8), "    return losses"]]

    def objective(self, learning: Learning, results: list[int], decaying: str) -> list[str]:
        """Return the body of the function of what is made smaller."""
        raise NotImplementedError

    def step(self, learning: Learning) -> list[str]:
        """Return the lines of a step downhill from `total` at `rate`."""
        raise NotImplementedError

    def applied(self, op: Op, inputs: list[str], attributes: tuple[float, ...]) -> str:
        """Return an op of numbers that have these names."""
        raise NotImplementedError

    def op(self, node: int, scope: Scope) -> str:
        """Return the expression of an op."""
        record = self.nodes[node]
        inputs = [self.named(source, scope) for source in self.sources(node)]
        return self.applied(known(record), inputs, self.attributes(record))

    def main(self) -> list[str]:
        """Return what the program prints when it is run."""
        return [
            'if __name__ == "__main__":',
            "    for name, node in list(globals().items()):",
            f"        if {self.number_test}:",
            f'            print(f"{{name}}: data {{{self.number_data}}}, grad {{node.grad}}")',
        ]
