"""The doctor in the worker: seldom while steps are taken, at once at rest, anew with each run."""

from engine.errors import accept
from engine.graph.properties import set_training
from playground.training.examining import SECONDS
from tests.playground.training.bench import Bench


def loaded(document) -> Bench:
    made = Bench()
    made.load(document.copy(), keep=False)
    made.set_speed(600)
    made.work()
    return made


def test_at_rest_it_is_examined_once_and_again_only_after_a_change(document):
    bench = loaded(document)
    for _turn in range(5):
        bench.want_results(on=True)
        bench.work()
    assert bench._examiner.examined == 1
    bench.set_numbers(bench._trainer.ids[:1], bench._trainer.parameters[:1] + 1.0)
    bench.work()
    assert bench._examiner.examined == 2
    assert bench.told[-1].report.step == 0


def test_while_steps_are_taken_it_is_examined_once_a_second(document):
    bench = loaded(document)
    bench.go(None)
    before = bench._examiner.examined
    bench.run_for(5.0)
    assert 4 <= bench._examiner.examined - before <= 1 + 5.0 / SECONDS
    bench.stop()
    bench.work()
    assert bench.told[-1].report.step == bench._trainer.step


def test_a_slow_examination_waits_the_longer(document):
    bench = loaded(document)
    doctor = bench._examiner._doctor
    examine = doctor.examine

    def slow(trainer):
        bench.now += 0.3  # seconds
        return examine(trainer)

    doctor.examine = slow
    bench.go(None)
    before = bench._examiner.examined
    bench.run_for(20.0)
    assert bench._examiner.examined - before <= 2


def test_a_problem_is_examined_at_once(document):
    document.apply(accept(set_training(document, learning_rate=1e6, schedule="constant", l2=1.0)))
    bench = loaded(document)
    bench.go(None)
    bench.run_for(0.5)
    news = bench.told[-1]
    assert not news.running
    assert news.report.findings[0].key == "not finite"
    assert news.report.findings[0].items == (news.snapshot.problem.node,)


def test_another_run_is_examined_from_its_beginning(document):
    document.apply(accept(set_training(document, l2=10.0, learning_rate=1.0)))
    bench = loaded(document)
    ids, start = bench._trainer.ids, bench._trainer.parameters
    bench.go(3)
    bench.run_for(0.2)
    assert bench.told[-1].report.step == 3
    bench.restore(0, ids, start, run=7)
    bench.work()
    assert [f.step for f in bench.told[-1].report.findings if f.key == "shrinking"] == [0]
