"""The actions and gestures that turn numbers: sliders, their ranges, the wheel over a number."""

from gettext import gettext as _

from playground.actions.record import Action

VALUES = (
    Action(
        id="edit.span",
        text=_("Slider range…"),
        handler="sliders.edit_range",
        shortcuts=("Ctrl+R",),
        menu="Edit/Number",
        context=("item",),
        when="value",
        tip=_("Give the selected value a slider, or its slider another range"),
    ),
    Action(
        id="edit.no_span",
        text=_("No slider"),
        handler="sliders.remove",
        menu="Edit/Number",
        context=("item",),
        when="slider",
        tip=_("Take the sliders of the selected values away"),
    ),
    Action(
        id="edit.frozen",
        text=_("Frozen"),
        handler="weights.freeze",
        menu="Edit/Number",
        context=("item", "wire"),
        when="parameters",
        checkable=True,
        tip=_("Let training leave the selected parameters, or weights of wires, as they are"),
    ),
)

TURNING = (
    Action(
        id="canvas.slide",
        menu="Edit/Number",
        gesture=_("Drag a slider’s knob, or click beside it"),
        text=_("Change a number within its range; Shift finer"),
    ),
    Action(
        id="canvas.weight",
        menu="Edit/Number",
        gesture=_("Click a wire, then drag its chip"),
        text=_("Change a weight that is folded away; a click on the chip types it"),
    ),
    Action(
        id="canvas.bias",
        menu="Edit/Number",
        gesture=_("Drag the square at a neuron’s corner"),
        text=_("Change its bias; a click shows it"),
    ),
    Action(
        id="canvas.notch",
        menu="Edit/Number",
        gesture=_("Alt and wheel over it"),
        text=_("Step a number; Shift finer, Ctrl coarser"),
    ),
)
