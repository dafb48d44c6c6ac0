"""The loader of resources: it finds what is there, and nothing outside."""

import pytest

import resources


def test_every_name_that_is_listed_can_be_read():
    for folder in ("themes", "icons", "examples"):
        listed = resources.names(folder)
        assert listed
        for name in listed:
            assert resources.read_bytes(name)


@pytest.mark.parametrize(
    "name", ["../pyproject.toml", "/etc/passwd", "themes/../../main.py", "themes\\dark.json", ""]
)
def test_a_name_never_leads_out_of_the_folder(name: str):
    with pytest.raises(ValueError, match="no name of a resource"):
        resources.read_bytes(name)


def test_a_missing_resource_is_a_missing_file():
    with pytest.raises(FileNotFoundError):
        resources.read_text("themes/mauve.json")
