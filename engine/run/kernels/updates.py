"""Steps of all optimisers; generated from their table, not to be edited.

`python -m engine.train.optimizers` writes it anew.  `code` counts through KEYS.
"""

import numba

from engine.run.kernels.elementary import (
    power,
    sqrt,
)
from engine.run.kernels.op_bodies import BODY, FAST

KERNEL = numba.njit(fastmath=FAST, error_model="numpy", nogil=True, _nrt=False)

KEYS = (
    "sgd",
    "momentum",
    "nesterov",
    "rmsprop",
    "adam",
    "adamw",
    "adagrad",
)


@BODY
def _sgd(p, gradient, rate, step):
    return (p - rate * gradient,)


@BODY
def _momentum(p, gradient, rate, step, velocity, momentum):
    velocity = momentum * velocity + gradient
    return (p - rate * velocity, velocity)


@BODY
def _nesterov(p, gradient, rate, step, velocity, momentum):
    velocity = momentum * velocity + gradient
    return (p - rate * (gradient + momentum * velocity), velocity)


@BODY
def _rmsprop(p, gradient, rate, step, squares, velocity, decay, momentum, epsilon):
    squares = decay * squares + (1 - decay) * gradient * gradient
    velocity = momentum * velocity + gradient / (sqrt(squares) + epsilon)
    return (p - rate * velocity, squares, velocity)


@BODY
def _adam(p, gradient, rate, step, mean, squares, beta1, beta2, epsilon):
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient * gradient
    root = sqrt(squares) / sqrt(1 - power(beta2, step)) + epsilon
    return (p - rate / (1 - power(beta1, step)) * mean / root, mean, squares)


@BODY
def _adamw(p, gradient, rate, step, mean, squares, beta1, beta2, epsilon, weight_decay):
    mean = beta1 * mean + (1 - beta1) * gradient
    squares = beta2 * squares + (1 - beta2) * gradient * gradient
    root = sqrt(squares) / sqrt(1 - power(beta2, step)) + epsilon
    shrunk = p - rate * weight_decay * p
    return (shrunk - rate / (1 - power(beta1, step)) * mean / root, mean, squares)


@BODY
def _adagrad(p, gradient, rate, step, squares, epsilon):
    squares = squares + gradient * gradient
    return (p - rate * gradient / (sqrt(squares) + epsilon), squares)


@KERNEL
def update(code, value, gradient, rate, step, state, former, a):
    """Move the parameters, the first of `value`; `state` (vectors, parameters) goes along.

    What both were is left in the gradients' place and in `former`; `a` holds the settings.
    """
    count = state.shape[1]
    if code == 0:  # sgd
        for k in range(count):
            made = _sgd(
                value[k],
                gradient[k],
                rate,
                step,
            )
            gradient[k] = value[k]
            value[k] = made[0]
    elif code == 1:  # momentum
        momentum = a[0]
        for k in range(count):
            made = _momentum(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                momentum,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
    elif code == 2:  # nesterov
        momentum = a[0]
        for k in range(count):
            made = _nesterov(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                momentum,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
    elif code == 3:  # rmsprop
        decay = a[0]
        momentum = a[1]
        epsilon = a[2]
        for k in range(count):
            made = _rmsprop(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                state[1, k],
                decay,
                momentum,
                epsilon,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
            former[1, k] = state[1, k]
            state[1, k] = made[2]
    elif code == 4:  # adam
        beta1 = a[0]
        beta2 = a[1]
        epsilon = a[2]
        for k in range(count):
            made = _adam(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                state[1, k],
                beta1,
                beta2,
                epsilon,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
            former[1, k] = state[1, k]
            state[1, k] = made[2]
    elif code == 5:  # adamw
        beta1 = a[0]
        beta2 = a[1]
        epsilon = a[2]
        weight_decay = a[3]
        for k in range(count):
            made = _adamw(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                state[1, k],
                beta1,
                beta2,
                epsilon,
                weight_decay,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
            former[1, k] = state[1, k]
            state[1, k] = made[2]
    elif code == 6:  # adagrad
        epsilon = a[0]
        for k in range(count):
            made = _adagrad(
                value[k],
                gradient[k],
                rate,
                step,
                state[0, k],
                epsilon,
            )
            gradient[k] = value[k]
            value[k] = made[0]
            former[0, k] = state[0, k]
            state[0, k] = made[1]
