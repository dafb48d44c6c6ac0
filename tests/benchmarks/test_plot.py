"""The plot under the table shows where the points lie."""

from tests.benchmarks.plot import COLUMNS, LINES, plot


def test_a_cost_that_grows_as_the_size_does_lies_on_the_dots():
    lines = plot([(10, 1e-6), (100, 1e-5), (1_000, 1e-4)]).splitlines()
    drawn = [line.split("|")[1].ljust(COLUMNS) for line in lines[:LINES]]
    marks = [(k, line.index("o")) for k, line in enumerate(drawn) if "o" in line]
    assert [marks[0], marks[-1]] == [(0, COLUMNS - 1), (LINES - 1, 0)]
    assert len(marks) == 3
    assert all(set(line) <= {" ", ".", "o"} and line.strip() for line in drawn)
    assert lines[0].startswith("  100 µs |")
    assert lines[-1].split() == ["10", "1,000", "scalars"]


def test_one_point_is_a_plot_too():
    assert plot([(10, 1e-6)]).count("o") == 1
