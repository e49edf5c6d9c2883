"""Sums of Gaussians over all values that come before, without looking at every pair."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from kontor.methods.decision.ordered import Indices, Ordered
from kontor.methods.decision.problem import Floats

# Width of a box, terms of the expansion and boxes looked at to each side, all in units of s·√2. What is cut
# off stays below 2e-14 for each pair; beyond 24 full boxes of a quarter a Gaussian is less than 3e-16.
WIDTH, TERMS, REACH = 0.25, 13, 25
# Boxes worked on at once, so that memory stays bounded when every value has a box of its own.
BOXES_AT_ONCE = 1 << 9
# Values worked on at once, as STEPS steps of many running sums beside each other: one sum alone would wait
# for its own last addition all the time.
AT_ONCE, STEPS = 1 << 14, 32


def gauss_sums(ordered: Ordered, spread: Floats) -> tuple[Floats, Floats]:
    """Return for each value v the sums of exp(-(v-u)²/2s²) over the values u before it and after it.

    ordered: c columns of m values. spread: (c, 1), s > 0. Both results are (c, m) in the order of the
    values; of equal values those before the first and after the last count.

    A Gaussian of a difference is a short series of products, exp(-(x-y)²) = Σ φₖ(x) φₖ(y) with
    φₖ(x) = √(2ᵏ/k!) xᵏ exp(-x²), where x and y lie near to the centre of a box: inside a box running sums
    of φₖ do for all pairs at once, and the sums of the other boxes are carried over by small matrices. The
    error is less than 1e-13 of m while the values span less than 10,000 s.
    Cost: O(c m) time and memory, some numbers for each value.

    Source: Greengard & Strain (1991), The fast Gauss transform, SIAM J. Sci. Stat. Comput. 12, with running
    sums for the one-sided sums.
    """
    c, m = ordered.values.shape
    x, boxes = _boxes(ordered.values, np.sqrt(2.0) * spread)
    is_new = np.r_[True, boxes[1:] != boxes[:-1]]
    starts = np.flatnonzero(is_new)
    inside = _inside(x, np.cumsum(is_new) - 1, starts.size)
    below, above = _carried(inside, boxes[starts])
    upto = np.cumsum(inside, axis=1)
    # With what a running sum begins in each box: all that the boxes below bring, and what is still to come.
    before = _running(x, starts, below - (upto - inside), 1.0).reshape(c, m) - 1.0
    after = _running(x, starts, above + upto, -1.0).reshape(c, m)
    rows = np.arange(c)[:, None]
    before, after = before[rows, ordered.starts], after[rows, ordered.ends - 1]
    return np.maximum(before, 0.0), np.maximum(after, 0.0)


def _running(x: Floats, starts: Indices, begun: Floats, sign: float) -> Floats:
    """Return Σₖ φₖ(x) times the sum of `begun` of the box and of sign · φₖ up to and with x: (N,)."""
    result = np.empty(x.size)
    jumps = np.diff(begun, axis=1, prepend=0.0)
    carry = np.zeros(TERMS)
    for part in _parts(x.size):
        terms = _terms(_interleaved(x[part]))
        running = sign * terms
        first, last = np.searchsorted(starts, (part.start, part.stop))
        at = starts[first:last] - part.start
        running[at % STEPS, :, at // STEPS] += jumps[:, first:last].T
        running[0, :, 0] += carry
        for step in range(1, STEPS):
            running[step] += running[step - 1]
        running[:, :, 1:] += np.cumsum(running[-1, :, :-1], axis=1)
        carry = running[-1, :, -1].copy()
        sums = np.einsum("skl,skl->sl", terms, running)
        result[part] = sums.T.ravel()[: part.stop - part.start]
    return result


def _parts(size: int) -> Iterator[slice]:
    return (slice(start, min(start + AT_ONCE, size)) for start in range(0, size, AT_ONCE))


def _interleaved(values: Floats) -> Floats:
    """Return values as (STEPS, lanes): each lane holds STEPS in a row; the last is filled up with zeros."""
    lanes = -(-values.size // STEPS)
    filled = np.zeros(lanes * STEPS)
    filled[: values.size] = values
    return np.ascontiguousarray(filled.reshape(lanes, STEPS).T)


def _inside(x: Floats, ranks: Indices, count: int) -> Floats:
    """Return the sum of each term over the values of each box: (TERMS, count)."""
    inside = np.zeros((TERMS, count))
    for part in _parts(x.size):
        here = ranks[part]
        first = np.flatnonzero(np.diff(here, prepend=-1))
        inside[:, here[first]] += np.add.reduceat(_terms(x[None, part])[0], first, axis=1)
    return inside


def _boxes(values: Floats, unit: Floats) -> tuple[Floats, Indices]:
    """Return the place of each value in its box, -WIDTH/2 to WIDTH/2, and the number of the box, ascending.

    Boxes that lie within REACH of each other in numbers do so in fact. After a gap too wide for a Gaussian
    to reach across, counting begins anew: differences from a near value keep all their digits.
    """
    c, m = values.shape
    gaps = np.empty((c, m))
    gaps[:, 0] = np.inf
    np.divide(values[:, 1:] - values[:, :-1], unit, out=gaps[:, 1:])
    first = np.flatnonzero((gaps > REACH * WIDTH).ravel())
    sizes = np.diff(np.r_[first, values.size])
    away = (values - np.repeat(values.ravel()[first], sizes).reshape(c, m)) / unit
    number = np.floor(away / WIDTH)
    x = away - (number + 0.5) * WIDTH
    local = number.ravel().astype(np.intp)
    last = local[np.r_[first[1:], values.size] - 1]
    before = np.r_[0, np.cumsum(last + 2 * REACH)[:-1]]
    return x.ravel(), local + np.repeat(before, sizes)


def _terms(x: Floats) -> Floats:
    """Return φ₀(x), φ₁(x), … of (steps, lanes) values: (steps, TERMS, lanes)."""
    terms = np.empty((len(x), TERMS, x.shape[1]))
    np.exp(-x * x, out=terms[:, 0])
    for k in range(1, TERMS):
        np.multiply(terms[:, k - 1], x * np.sqrt(2.0 / k), out=terms[:, k])
    return terms


def _carried(inside: Floats, boxes: Indices) -> tuple[Floats, Floats]:
    """Return what the boxes below and above bring to each box: two (TERMS, boxes) arrays of coefficients."""
    padded = np.vstack([inside.T, np.zeros(TERMS)])
    result = np.empty((2, TERMS, boxes.size))
    for start in range(0, boxes.size, BOXES_AT_ONCE):
        part = slice(start, start + BOXES_AT_ONCE)
        for side, (direction, matrix) in enumerate(((-1, _from_below()), (1, _from_above()))):
            wanted = boxes[part] + direction * np.arange(1, REACH + 1)[:, None]
            place = np.minimum(np.searchsorted(boxes, wanted), boxes.size - 1)
            place = np.where(boxes[place] == wanted, place, boxes.size)
            result[side, :, part] = np.matmul(padded[place], matrix).sum(axis=0).T
    return result[0], result[1]


@cache
def _from_below() -> Floats:
    """Return the matrices that turn the sums of REACH boxes, the next one first, into coefficients."""
    return np.stack([_shift(step * WIDTH) for step in range(1, REACH + 1)])


@cache
def _from_above() -> Floats:
    return np.stack([_shift(-step * WIDTH) for step in range(1, REACH + 1)])


def _shift(distance: float) -> Floats:
    """Return (TERMS, TERMS): row l, column k is the part of φₗ(y) in φₖ(y - distance).

    exp(-(y-d)²) = exp(-d²) exp(2dy) exp(-y²), and the product of (y-d)ᵏ with the series of exp(2dy) is
    taken term by term.
    """
    order = np.arange(TERMS)
    factorials = np.cumprod(np.r_[1.0, order[1:]])
    scale = np.sqrt(2.0**order / factorials)
    series = np.exp(-distance * distance) * (2.0 * distance) ** order / factorials
    power = np.zeros(TERMS)
    power[0] = 1.0
    columns = []
    for k in order:
        columns.append(scale[k] * np.convolve(power, series)[:TERMS] / scale)
        power = np.r_[0.0, power[:-1]] - distance * power
    return np.stack(columns, axis=1)
