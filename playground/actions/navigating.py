"""The actions that go somewhere: from card to card, back and forward, to what is found."""

from gettext import gettext as _

from playground.actions.record import Action

SLOTS = range(1, 10)

WALKS = (
    Action(
        id="view.next_card",
        text=_("Ne&xt card"),
        handler="navigating.step_card",
        arguments=(True,),
        shortcuts=("]",),
        on_canvas=True,
        menu="View/Go",
        section=True,
        when="items",
        tip=_("Select the next card, left to right and upper before lower"),
    ),
    Action(
        id="view.previous_card",
        text=_("&Previous card"),
        handler="navigating.step_card",
        arguments=(False,),
        shortcuts=("[",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card before this one"),
    ),
    Action(
        id="view.first_card",
        text=_("&First card"),
        handler="navigating.end_card",
        arguments=(False,),
        shortcuts=("Home",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card at the upper left"),
    ),
    Action(
        id="view.last_card",
        text=_("&Last card"),
        handler="navigating.end_card",
        arguments=(True,),
        shortcuts=("End",),
        on_canvas=True,
        menu="View/Go",
        when="items",
        tip=_("Select the card at the far right"),
    ),
)

VIEWS = (
    Action(
        id="view.back",
        text=_("&Back"),
        handler="navigating.back",
        shortcuts=("PgUp",),
        gesture=_("The mouse’s back button"),
        on_canvas=True,
        menu="View/Go",
        section=True,
        tip=_("Look where you looked before the last jump"),
    ),
    Action(
        id="view.forward",
        text=_("F&orward"),
        handler="navigating.forward",
        shortcuts=("PgDown",),
        gesture=_("The mouse’s forward button"),
        on_canvas=True,
        menu="View/Go",
        tip=_("Look again where going back came from"),
    ),
)

SWITCHES = (
    Action(
        id="view.minimap",
        text=_("Overview &map"),
        handler="navigating.toggle_minimap",
        shortcuts=("Ctrl+M",),
        menu="View",
        checkable=True,
        tip=_("Show the whole graph small in the corner, while some of it is out of sight"),
    ),
)

BOOKMARKS = (
    *(
        Action(
            id=f"view.bookmark.go.{slot}",
            text=_("Go to bookmark &{slot}").format(slot=slot),
            handler="navigating.go_to_bookmark",
            arguments=(slot,),
            shortcuts=(f"Ctrl+{slot}",),
            menu="View/Bookmarks",
            tip=_("Look where this bookmark was set"),
        )
        for slot in SLOTS
    ),
    *(
        Action(
            id=f"view.bookmark.set.{slot}",
            text=_("Set bookmark &{slot}").format(slot=slot),
            handler="navigating.set_bookmark",
            arguments=(slot,),
            shortcuts=(f"Ctrl+Shift+{slot}",),
            menu="View/Bookmarks/Set",
            when="items",
            tip=_("Keep what is seen under this number; set again at the same place, forget it"),
        )
        for slot in SLOTS
    ),
)

FINDS = (
    Action(
        id="view.find",
        text=_("F&ind in the graph…"),
        handler="navigating.find",
        shortcuts=("Ctrl+F",),
        icon="search",
        menu="View/Go",
        context=("canvas",),
        when="items",
        section=True,
        tip=_("Find nodes by name, operation or number, as in |grad| > 1"),
    ),
    Action(
        id="view.find_next",
        text=_("&Next match"),
        handler="navigating.find_next",
        shortcuts=("F3",),
        icon="down",
        menu="View/Go",
        when="items",
        tip=_("Go to the next thing that was found"),
    ),
    Action(
        id="view.find_previous",
        text=_("Pre&vious match"),
        handler="navigating.find_previous",
        shortcuts=("Shift+F3",),
        icon="up",
        menu="View/Go",
        when="items",
        tip=_("Go to the thing found before this one"),
    ),
)

PANELS = (
    Action(
        id="view.panel.code",
        text=_("&Code"),
        handler="view.toggle_panel",
        arguments=("code",),
        shortcuts=("Ctrl+K",),
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide the graph as code, folded like the canvas"),
    ),
    Action(
        id="view.panel.outline",
        text=_("&Outline"),
        handler="navigating.toggle_outline",
        shortcuts=("Ctrl+Shift+O",),
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide the graph as a tree, for eyes, keys and screen readers"),
    ),
    Action(
        id="view.panel.studio",
        text=_("&Studio"),
        handler="view.toggle_panel",
        arguments=("studio",),
        shortcuts=("Ctrl+Shift+T",),
        menu="View/Panels",
        checkable=True,
        tip=_("Show or hide the pages that look into a training run"),
    ),
    Action(
        id="view.page.loss",
        text=_("Losses of the &runs"),
        handler="view.show_page",
        arguments=("loss",),
        gesture=_("Click the loss chart"),
        menu="View/Panels",
        tip=_("Show how the losses of all runs went, over each other"),
    ),
    Action(
        id="view.page.results",
        text=_("R&esults"),
        handler="view.show_page",
        arguments=("results",),
        menu="View/Panels",
        tip=_("Show accuracy over time, and what is predicted of every sample"),
    ),
    Action(
        id="view.page.boundary",
        text=_("Large &boundary"),
        handler="view.show_page",
        arguments=("boundary",),
        gesture=_("Double-click beside the title of the boundary"),
        menu="View/Panels",
        tip=_("Show the boundary large, with everything that can be seen of it"),
    ),
    Action(
        id="view.page.space",
        text=_("Space &warp"),
        handler="view.show_page",
        arguments=("space",),
        shortcuts=("Ctrl+Alt+W",),
        menu="View/Panels",
        tip=_("Show the plane and the data as a hidden layer bends them"),
    ),
    Action(
        id="view.page.doctor",
        text=_("&Gradient doctor"),
        handler="view.show_page",
        arguments=("doctor",),
        gesture=_("Click the count of findings below the buttons of training"),
        menu="View/Panels",
        tip=_("Show what is wrong with a training run, why, and what may help"),
    ),
    Action(
        id="view.page.predict",
        text=_("Pred&ict"),
        handler="view.show_page",
        arguments=("predict",),
        shortcuts=("Ctrl+Alt+P",),
        menu="View/Panels",
        tip=_("Type or paste rows, and see what the network says of them"),
    ),
)

NAVIGATE = (*FINDS, *WALKS, *VIEWS, *BOOKMARKS)
