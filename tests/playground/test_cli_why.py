"""`why` prints the card: question, formula with names and numbers, and where to go on."""

from tests.playground.terminal import Run, example


def test_a_gradient_is_explained_with_the_numbers_in_it(run: Run) -> None:
    answer = run("why", example("tanh-neuron"), "--node", "w1")
    assert answer.code == 0
    assert answer.out.splitlines() == [
        "Why is w1.grad = 1.0?",
        "  ∂o/∂w1 = x1 · ∂o/∂(x1*w1)",
        "  = 2.0 × 0.5 = 1.0",
        "Multiplying by x1 scales every change of w1 by 2.0.",
        "The 0.5 is the gradient of x1*w1.",
    ]


def test_a_value_is_explained_on_demand_with_other_numbers_if_asked(run: Run) -> None:
    answer = run("why", example("tanh-neuron"), "--node", "x1*w1", "--value", "--set", "w1=4")
    assert answer.out.splitlines()[:3] == [
        "Why is x1*w1 = 8.0?",
        "  x1*w1 = x1 · w1",
        "  = 2.0 × 4.0 = 8.0",
    ]


def test_a_gradient_that_disappeared_names_where(run: Run) -> None:
    answer = run("why", example("tanh-neuron"), "--node", "w2", "--grad")
    assert answer.out.splitlines()[-2:] == [
        "Why did my gradient disappear?",
        "  It is lost at x2*w2, for its other factor, x2, is 0.0.",
    ]


def test_json_has_the_symbols_with_their_exact_numbers(run: Run) -> None:
    told = run("why", example("tanh-neuron"), "--node", "b", "--json").json
    assert told["question"] == {"about": "gradient", "node": 5}
    [line] = told["lines"]
    assert line["numbers"]["plain"] == "= 1.0 × 0.5 = 0.5"
    assert line["numbers"]["symbols"][-1]["number"] == 0.4999999999999999
    assert told["sentences"][-1]["onward"] == line["names"]["symbols"][-1]
    assert told["disappeared"] == []


def test_a_sample_or_the_batch_can_be_asked_about(run: Run) -> None:
    one = run("why", example("moons"), "--node", "loss", "--value", "--sample", "3")
    assert one.code == 0
    node = run("eval", example("moons"), "--json").json["nodes"]
    weight = next(n for n in node if n["label"] == "w1")
    about = ("why", example("moons"), "--node", f"#{weight['id']}", "--sample", "batch")
    assert "mean over 100 samples" in run(*about).out


def test_a_node_that_is_not_there_is_refused_in_a_sentence(run: Run) -> None:
    answer = run("why", example("tanh-neuron"), "--node", "w7")
    assert answer.code == 2
    assert "w7" in answer.sentence
