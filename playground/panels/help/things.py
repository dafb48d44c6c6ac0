"""The pages of what else stands in a table: the roles of values, and all about training."""

from collections.abc import Iterator
from gettext import gettext as _
from random import Random

from engine.explain.leaves import leaf_intuition
from engine.graph.records import LEAF, Node
from engine.graph.schemes import SCHEMES, Scheme
from engine.graph.settings import SETTINGS
from engine.graph.templates import TEMPLATES
from engine.ops.writing import latex, plain
from engine.train.datasets import DATASETS, Dataset
from engine.train.diagnoses import DIAGNOSES, Diagnosis
from engine.train.optimizers import OPTIMIZERS, Optimizer
from engine.train.remedies import REMEDIES
from engine.train.schedules import SCHEDULES, Schedule
from engine.train.stops import STOPS, Stop
from playground.panels.help.page import (
    Page,
    beside,
    block,
    capitalised,
    code,
    drawing,
    escaped,
    formula,
    joined,
    link,
    listed,
    number,
    section,
    table,
    to,
)
from playground.panels.help.templates import template_page
from playground.widgets.catalogue import told
from playground.widgets.roles import ROLE_WORDS, RoleWords

GREEK = {"beta1": r"\beta_1", "beta2": r"\beta_2", "epsilon": r"\varepsilon"}
MOST_CODE = 24  # scalars of a template that is shown as a program


def thing_pages() -> Iterator[Page]:
    """Make all of these pages, in the order of the contents."""
    yield from map(role_page, ROLE_WORDS)
    yield from map(template_page, TEMPLATES.values())
    yield from map(dataset_page, DATASETS.values())
    yield from map(optimizer_page, OPTIMIZERS.values())
    yield from map(schedule_page, SCHEDULES.values())
    yield from map(scheme_page, SCHEMES.values())
    yield from map(stop_page, STOPS)
    yield from map(diagnosis_page, DIAGNOSES.values())


def plain_page(key: str, title: str, heading: str, text: str, summary: str) -> Page:
    """Make a page whose text never changes."""
    about = told(heading, summary)
    names = (key.rpartition("/")[2].replace("_", " "),)
    return Page(key, title, heading, lambda _given: text, names, about, summary)


# Values ----------------------------------------------------------------------------------------


def role_page(role: RoleWords) -> Page:
    """Make the page of a role that a value can have."""
    leaf = Node(0, LEAF, role=role.key)
    reads = {
        "constant": ("concept/value", _("What a value is")),
        "parameter": ("concept/training", _("What a training step does")),
        "feature": ("concept/samples", _("Samples")),
        "target": ("concept/loss", _("What a loss is")),
    }
    words = [leaf_intuition(leaf)]
    if role.key == "parameter":
        frozen = Node(0, LEAF, role=role.key, frozen=True)
        words.append(_("Frozen, it is this: {words}").format(words=leaf_intuition(frozen)))
    text = joined(
        f"# {escaped(role.title)}",
        escaped(role.tip + "."),
        *map(escaped, words),
        escaped(
            _("It computes nothing, so a gradient that arrives here stays: it is the answer.")
        ),
        section(
            _("Try it"),
            listed(
                link(_("Put one on the canvas"), f"add:value:{role.key}"),
                to("action/edit.value", _("Change a number")),
            ),
        ),
        section(
            _("Read on"),
            beside(to(*reads[role.key]), to("concept/gradient", _("What a gradient is"))),
        ),
    )
    return plain_page(f"value/{role.key}", role.title, _("Values"), text, role.tip)


# Training --------------------------------------------------------------------------------------


def dataset_page(dataset: Dataset) -> Page:
    """Make the page of a data set, with a picture of its points."""
    words = {0: _("numbers to come near to")}.get(
        dataset.classes, _("{count} classes").format(count=dataset.classes)
    )
    if dataset.most_classes:
        words = _("2 to {most} classes").format(most=dataset.most_classes)
    key, title = f"dataset/{dataset.key}", capitalised(dataset.title)
    text = joined(
        f"# {escaped(title)}",
        escaped(dataset.description),
        drawing(key, {}, _("Points of the data set {title}").format(title=dataset.title)),
        listed(
            escaped(_("{count} features").format(count=dataset.features)),
            escaped(words),
            escaped(
                _("{least} to {most} samples, {usual} at first").format(
                    least=dataset.samples[0],
                    most=dataset.samples[1],
                    usual=dataset.default_samples,
                )
            ),
            escaped(
                _("noise from {low} to {high}, {usual} at first").format(
                    low=number(dataset.noise[0]),
                    high=number(dataset.noise[1]),
                    usual=number(dataset.default_noise),
                )
            ),
        ),
        escaped(_("The same seed gives the same points on any machine.")),
        section(
            _("Try it"),
            listed(to("panel/training", _("Choose it in the training panel"))),
            _("In the terminal:"),
            block(f"python main.py new --dataset {dataset.key} -o {dataset.key}.mgp"),
        ),
        section(_("Read on"), to("concept/samples", _("Samples"))),
    )
    return plain_page(key, title, _("Data sets"), text, dataset.description)


def optimizer_page(rule: Optimizer) -> Page:
    """Make the page of an optimiser: its statements, what it remembers, its settings."""
    lines = []
    for statement in rule.formula.split("; "):
        name, _equals, text = statement.partition(" = ")
        words = f"{plain(name)} ← {plain(text)}"
        lines.append(formula(rf"{latex(name)} \leftarrow {_greek(latex(text))}", words))
    remembered = ", ".join(rule.titles) if rule.titles else _("nothing")
    rows = [
        (escaped(SETTINGS[name].label), code(name), number(usual), escaped(SETTINGS[name].tip))
        for name, usual in rule.settings.items()
    ]
    text = joined(
        f"# {escaped(rule.title)}",
        escaped(_("How a step changes each parameter p, given its gradient:")),
        *lines,
        escaped(_("Of each parameter it remembers {what}.").format(what=remembered)),
        section(
            _("Its settings"),
            table((_("Setting"), _("Name"), _("At first"), _("What it does")), rows),
        ),
        section(
            _("Try it"),
            listed(
                link(_("See what it remembers"), "show:optimizer"),
                to("panel/training", _("Choose it in the training panel")),
            ),
            block(f"python main.py train moons.mgp --optimizer {rule.key}"),
        ),
        section(
            _("Read on"),
            beside(
                to("concept/training", _("What a training step does")),
                to("concept/learning-rate", _("The learning rate")),
            ),
        ),
    )
    summary = _("A rule for how a gradient changes the parameters")
    return plain_page(f"optimizer/{rule.key}", rule.title, _("Optimisers"), text, summary)


def schedule_page(schedule: Schedule) -> Page:
    """Make the page of a schedule, with its curve."""
    key = f"schedule/{schedule.key}"
    title = _("Learning rate, {title}").format(title=schedule.title)
    rows = [
        (escaped(SETTINGS[name].label), code(name), escaped(SETTINGS[name].tip))
        for name in ("learning_rate", *schedule.settings)
    ]
    text = joined(
        f"# {escaped(title)}",
        formula(
            rf"\mathrm{{rate}}_{{\mathrm{{step}}}} = {_greek(latex(schedule.formula))}",
            f"rate = {plain(schedule.formula)}",
        ),
        drawing(key, {}, _("The learning rate over the steps")),
        section(_("Its settings"), table((_("Setting"), _("Name"), _("What it does")), rows)),
        escaped(_("Before it begins, the rate may warm up from almost nothing.")),
        section(_("Read on"), to("concept/learning-rate", _("The learning rate"))),
    )
    summary = _("How the learning rate changes with the steps")
    return plain_page(key, title, _("Schedules"), text, summary)


def scheme_page(scheme: Scheme) -> Page:
    """Make the page of a way to draw first weights."""
    stream = Random(1)
    drawn = ", ".join(number(round(scheme.weight(stream, 2, 4), 3)) for _k in range(4))
    bias = number(round(scheme.bias(stream), 3))
    source = (scheme.weight.__doc__ or "").strip()
    title = capitalised(scheme.title)
    text = joined(
        f"# {escaped(title)}",
        escaped(_("How the first weights and biases of a neuron are drawn.")),
        escaped(source),
        escaped(
            _("Four weights of a neuron with 2 inputs: {drawn}. A bias: {bias}.").format(
                drawn=drawn, bias=bias
            )
        ),
        section(_("Try it"), listed(to("action/train.new_weights", _("Draw new weights")))),
        section(_("Read on"), to("concept/start", _("Why the first weights matter"))),
    )
    return plain_page(f"scheme/{scheme.key}", title, _("First weights"), text, source)


def stop_page(stop: Stop) -> Page:
    """Make the page of a condition that ends training."""
    setting = SETTINGS[stop.name]
    text = joined(
        f"# {escaped(setting.label)}",
        escaped(setting.tip + "."),
        escaped(_("Training goes on until the condition holds, and says which one it was.")),
        section(_("Try it"), listed(to("action/train.until", _("Train until…")))),
    )
    return plain_page(
        f"stop/{stop.name}", setting.label, _("When training ends"), text, setting.tip
    )


def diagnosis_page(diagnosis: Diagnosis) -> Page:
    """Make the page of something that can go wrong in training."""
    remedies = [escaped(REMEDIES[key].tip) for key in diagnosis.remedies]
    text = joined(
        f"# {escaped(diagnosis.title)}",
        escaped(capitalised(diagnosis.why) + "."),
        section(_("What may help"), listed(*remedies)),
        section(_("If all is well"), escaped(capitalised(diagnosis.fine) + ".")),
        section(
            _("Try it"),
            listed(
                link(_("Ask the doctor"), "show:doctor"),
                to("action/train.doctor", _("Go to what is wrong")),
            ),
        ),
    )
    key = f"trouble/{diagnosis.key.replace(' ', '-')}"
    return plain_page(key, diagnosis.title, _("What can go wrong"), text, diagnosis.why)


def _greek(text: str) -> str:
    """Write the names of settings as papers do."""
    for name, letter in GREEK.items():
        text = text.replace(rf"\mathrm{{{name}}}", letter)
    text = text.replace("3.1416", r"\pi")
    return text.replace(r"\mathrm{weight\_decay}", r"\mathrm{decay}")
