"""The pages of the window itself: its panels, the pages of the studio, and what can be done.

What is said of a panel is Markdown in resources/help/panel; a page of the studio has its record,
and Markdown if there is any. What stands on them is told by their own tooltips (`controls.py`).
"""

from collections.abc import Iterator
from functools import partial
from gettext import gettext as _

import resources
from playground.actions import ACTIONS, MENUS, Action
from playground.actions.action_set import keys, plain_text
from playground.panels.help.page import Given, Page, escaped, joined, link, listed, section, to
from playground.panels.studio.pages import PAGES as STUDIO_PAGES
from playground.panels.studio.pages import PARTS
from playground.panels.studio.pages import Page as StudioPage
from playground.widgets.catalogue import add_actions, told

FOLDER = "help"
# The ids of the actions that show an idea at work in the graph that is open.
AT_WORK = {
    "gradient": ("insight.why", "insight.explorer", "insight.nudge"),
    "local-derivative": ("insight.why", "insight.explorer"),
    "chain-rule": ("insight.why", "insight.paths"),
    "accumulation": ("step.show", "insight.paths", "insight.bugs"),
    "backpropagation": ("step.show", "insight.why"),
    "topological-order": ("step.show", "insight.bugs"),
    "zero-grad": ("insight.bugs",),
    "modes": ("insight.modes",),
    "gradient-check": ("insight.check", "insight.explorer"),
    "saturation": ("insight.why",),
    "scope": ("train.whose",),
    "loss": ("view.page.loss",),
    "lanes": ("view.page.results",),
}


def surrounding_pages() -> Iterator[Page]:
    """Make all of these pages, in the order of the contents."""
    yield from written("panel", _("The window"))
    yield from map(studio_page, STUDIO_PAGES.values())
    yield from map(menu_page, (path for path in MENUS if "/" not in path))
    yield from map(action_page, all_actions())


def all_actions() -> tuple[Action, ...]:
    """Return every action, those that add an item of the catalogue, too."""
    return (*ACTIONS, *add_actions())


def written(folder: str, heading: str) -> Iterator[Page]:
    """Make a page of each text of a folder, in the order of their names' numbers.

    A file is called "03-chain-rule.md", begins with "# The chain rule", and its first paragraph
    says what it is about.
    """
    for name in resources.names(f"{FOLDER}/{folder}"):
        key = name.rpartition("/")[2].removesuffix(".md").lstrip("0123456789-")
        text = resources.read_text(name)
        title, _line, rest = text.removeprefix("# ").partition("\n")
        summary = rest.strip().partition("\n\n")[0].replace("\n", " ")
        yield Page(
            f"{folder}/{key}",
            title.strip(),
            heading,
            partial(_with_ways, text, key),
            (key.replace("-", " "),),
            told(heading, rest),
            summary,
        )


def _with_ways(text: str, idea: str, _given: Given) -> str:
    """Add to a text the actions that show its idea at work, before what to read on."""
    actions = [action for action in ACTIONS if action.id in AT_WORK.get(idea, ())]
    ways = [link(plain_text(action), f"do:{action.id}") for action in actions]
    before, mark, after = text.partition("## Read on")
    shown = section(_("See it in your graph"), listed(*ways)) if ways else ""
    return joined(before.strip(), shown, (mark + after).strip())


def studio_page(page: StudioPage) -> Page:
    """Make the page about a page of the studio."""
    more = about_page(page.key)
    shown = [
        to(f"action/{action.id}", plain_text(action))
        for action in ACTIONS
        if page.key in action.arguments
    ]
    text = joined(
        f"# {escaped(page.title)}",
        escaped(page.tip + "."),
        more.strip(),
        section(
            _("Where it is"),
            listed(
                link(_("Show it"), f"show:{page.key}"),
                escaped(_("Studio, part {part}").format(part=PARTS[page.part])),
                *shown,
            ),
        ),
        section(_("Read on"), to("panel/studio", _("The studio"))),
    )
    heading = _("Pages of the studio")
    names = (page.key.replace("_", " "),)
    about = told(heading, f"{page.tip} {more}")
    return Page(
        f"page/{page.key}", page.title, heading, lambda _given: text, names, about, page.tip
    )


def about_page(key: str) -> str:
    """Return what more there is to say about a page of the studio, "" if its tip says it all."""
    found = f"{FOLDER}/page/{key}.md"
    return resources.read_text(found) if found in resources.names(f"{FOLDER}/page") else ""


# What can be done ------------------------------------------------------------------------------


def menu_page(path: str) -> Page:
    """Make the page of a menu: what it does, by submenus, with keys and gestures."""
    title = _("Menu {name}").format(name=MENUS[path].replace("&", ""))

    def write(_given: object) -> str:
        parts: dict[str, list[str]] = {}
        for action in all_actions():
            if action.menu == path or action.menu.startswith(f"{path}/"):
                parts.setdefault(action.menu, []).append(line_of(action))
        chapters = [
            section(MENUS.get(menu, menu.rpartition("/")[2]).replace("&", ""), listed(*lines))
            for menu, lines in parts.items()
            if menu != path
        ]
        return joined(f"# {escaped(title)}", listed(*parts.get(path, ())), *chapters)

    return Page(f"menu/{path.lower()}", title, _("What can be done"), write)


def line_of(action: Action) -> str:
    """Write the line of an action on the page of its menu."""
    ways = "  ·  ".join(filter(None, (keys(action), action.gesture)))
    words = to(f"action/{action.id}", plain_text(action))
    return f"{words} — {escaped(ways)}" if ways else words


def action_page(action: Action) -> Page:
    """Make the page of an action."""
    title = plain_text(action)
    menu = [MENUS.get(path, path.rpartition("/")[2]) for path in above(action.menu)]
    ways = listed(
        escaped(_("Keys: {keys}").format(keys=keys(action))) if keys(action) else "",
        escaped(_("By hand: {gesture}").format(gesture=action.gesture)) if action.gesture else "",
        escaped(_("Menu: {path}").format(path=" ▸ ".join(menu).replace("&", ""))) if menu else "",
    )
    first = action.menu.partition("/")[0].lower()
    text = joined(
        f"# {escaped(title)}",
        escaped(action.tip + ".") if action.tip else "",
        ways,
        listed(link(_("Do it now"), f"do:{action.id}")) if action.handler else "",
        section(_("Read on"), to(f"menu/{first}", _("All of this menu"))) if first else "",
    )
    names = (action.id,)
    about = told("", f"{action.tip} {action.gesture}")
    return Page(f"action/{action.id}", title, "", lambda _given: text, names, about, action.tip)


def above(menu: str) -> list[str]:
    """Return the paths of a menu and of those around it, the outermost first."""
    parts = menu.split("/") if menu else []
    return ["/".join(parts[: k + 1]) for k in range(len(parts))]
