"""Vectors: several numbers held in the processor's registers as one value of compiled code.

`dense` writes its products with them, because a compiler that has to find vectors in loops by
itself keeps no block of sums in registers.  A vector may be wider than a register; the compiler
then takes several.  Partial loads read 0 where they stop, and touch no memory behind.
"""

from collections.abc import Callable
from typing import NamedTuple

import llvmlite.binding as llvm
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, models, register_model
from numba.np.arrayobj import make_array

# Doubles in a register: 8 with AVX-512.  Elsewhere 4 is right, or an even number of registers.
REGISTER = 8 if llvm.get_host_cpu_features().get("avx512f") else 4
FLAGS = ("reassoc", "contract", "nsz", "arcp")  # as the kernels' `FAST`
DOUBLE, LONG, INT, BIT = ir.DoubleType(), ir.IntType(64), ir.IntType(32), ir.IntType(1)
BYTES = 8


class Vector(types.Type):
    """The type of `count` float64 numbers as one value."""

    def __init__(self, count: int) -> None:
        self.count = count
        super().__init__(name=f"vector({count})")


@register_model(Vector)
class _Registers(models.PrimitiveModel):
    def __init__(self, manager, kind):
        super().__init__(manager, kind, ir.VectorType(DOUBLE, kind.count))


class Memory(NamedTuple):
    """How vectors of one size come from arrays and go there.

    `load(array, index, left)` and `store(array, index, vector, left)` move all of a vector, or,
    if they are those of a part, the first `left` numbers.  `repeat(array, index)` fills a vector
    with one number of an array, `spread(x)` with any.
    """

    load: Callable
    store: Callable
    repeat: Callable
    spread: Callable


def whole(count: int) -> Memory:
    """Return how to move whole vectors."""
    kind = Vector(count)

    @intrinsic
    def load(typing, array, index, left):
        def build(context, builder, signature, arguments):
            place = _address(context, builder, signature, arguments, kind)
            vector = builder.load(place)
            vector.align = BYTES
            return vector

        return kind(array, index, left), build

    @intrinsic
    def store(typing, array, index, vector, left):
        def build(context, builder, signature, arguments):
            place = _address(context, builder, signature, arguments, kind)
            builder.store(arguments[2], place).align = BYTES
            return context.get_dummy_value()

        return types.void(array, index, vector, left), build

    return Memory(load, store, *_filled(kind))


def part(count: int) -> Memory:
    """Return how to move the beginning of a vector."""
    kind = Vector(count)
    data = ir.VectorType(DOUBLE, count)

    @intrinsic
    def load(typing, array, index, left):
        def build(context, builder, signature, arguments):
            place = _address(context, builder, signature, arguments, kind)
            mask = _first(builder, arguments[2], count)
            inputs = [place, INT(BYTES), mask, ir.Constant(data, [0.0] * count)]
            return _call(builder, f"llvm.masked.load.v{count}f64.p0", data, inputs)

        return kind(array, index, left), build

    @intrinsic
    def store(typing, array, index, vector, left):
        def build(context, builder, signature, arguments):
            place = _address(context, builder, signature, arguments, kind)
            mask = _first(builder, arguments[3], count)
            inputs = [arguments[2], place, INT(BYTES), mask]
            _call(builder, f"llvm.masked.store.v{count}f64.p0", ir.VoidType(), inputs)
            return context.get_dummy_value()

        return types.void(array, index, vector, left), build

    return Memory(load, store, *_filled(kind))


@intrinsic
def multiply_add(typing, x, y, z):
    """Return x * y + z for vectors of one size."""

    def build(context, builder, signature, arguments):
        product = builder.fmul(*arguments[:2], flags=FLAGS)
        return builder.fadd(product, arguments[2], flags=FLAGS)

    return x(x, y, z), build


@intrinsic
def totals(typing, a, b, c, d):
    """Return the sums of the numbers of four vectors, all of one size that 4 divides."""

    def build(context, builder, signature, arguments):
        count = signature.args[0].count
        ab, cd = (_folded(builder, arguments[k], arguments[k + 1], count, 1) for k in (0, 2))
        sums = _folded(builder, ab, cd, count, 2)
        while count > 4:
            count //= 2
            halves = [range(count), range(count, 2 * count)]
            sums = builder.fadd(
                *[_chosen(builder, sums, sums, half) for half in halves], flags=FLAGS
            )
        each = [builder.extract_element(sums, INT(k)) for k in range(4)]
        return context.make_tuple(builder, signature.return_type, each)

    return types.UniTuple(types.float64, 4)(a, b, c, d), build


def _folded(builder, x, y, count, run):
    """Add neighbouring runs of x, and of y: x0 + x1, y0 + y1, x2 + x3, y2 + y3, ..."""
    first = [
        j + k
        for k in range(0, count, 2 * run)
        for own in (0, count)
        for j in range(own, own + run)
    ]
    halves = [_chosen(builder, x, y, [j + other for j in first]) for other in (0, run)]
    return builder.fadd(*halves, flags=FLAGS)


def _chosen(builder, x, y, places):
    order = ir.Constant(ir.VectorType(INT, len(places)), list(places))
    return builder.shuffle_vector(x, y, order)


def _filled(kind):
    @intrinsic
    def repeat(typing, array, index):
        def build(context, builder, signature, arguments):
            number = builder.load(_place(context, builder, signature, arguments))
            return _repeated(builder, number, kind.count)

        return kind(array, index), build

    @intrinsic
    def spread(typing, x):
        def build(context, builder, signature, arguments):
            return _repeated(builder, arguments[0], kind.count)

        return kind(types.float64), build

    return repeat, spread


def _place(context, builder, signature, arguments):
    """Return the address of the number in an array (the first argument) at an index (the second).

    Unlike the index of an array in Python it is never counted from the end.
    """
    data = make_array(signature.args[0])(context, builder, arguments[0]).data
    return builder.gep(data, [arguments[1]])


def _address(context, builder, signature, arguments, kind):
    place = _place(context, builder, signature, arguments)
    return builder.bitcast(place, context.get_value_type(kind).as_pointer())


def _first(builder, left, count):
    """Return a mask of the first `left` numbers."""
    places = ir.Constant(ir.VectorType(LONG, count), list(range(count)))
    return builder.icmp_signed("<", places, _repeated(builder, left, count))


def _repeated(builder, number, count):
    nothing = ir.Constant(ir.VectorType(number.type, count), ir.Undefined)
    first = builder.insert_element(nothing, number, INT(0))
    order = ir.Constant(ir.VectorType(INT, count), [0] * count)
    return builder.shuffle_vector(first, nothing, order)


def _call(builder, name, result, inputs, flags=()):
    kind = ir.FunctionType(result, [value.type for value in inputs])
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    return builder.call(function, inputs, fastmath=flags)
