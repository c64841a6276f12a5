"""Where nodes stand: communities, then positions, the same for the same network.

Edges within a community pull harder than edges between, so that clusters stand apart and can
be named. Networks of some size are laid out in two steps, communities first and the nodes
within each after that, which keeps ten thousand nodes within seconds. Positions are rounded to
whole units; a unit is a pixel at scale 1.
"""

import math
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import igraph
import networkx as nx

_SEED = 20250523
_TWO_STEPS_ABOVE = 400
_WITHIN, _BETWEEN = 4.0, 0.25
_ASPECT = 1.5
_ASPECTS_TRIED = (1.2, 1.7, 2.4)
_LABEL_ROOM_UP_TO = 320
_CHARACTER, _LINE, _LABEL_CHARACTERS = 6.6, 30.0, 25


@dataclass(frozen=True, slots=True)
class Layout:
    """By node: position, radius and community (0 is the largest)."""

    positions: dict[str, tuple[int, int]]
    radii: dict[str, float]
    communities: dict[str, int]


def lay_out(network: "nx.MultiDiGraph[str]") -> Layout:
    """Positions of all nodes of `network`."""
    nodes = sorted(network)
    if not nodes:
        return Layout({}, {}, {})
    radii = _radii(network, nodes)
    index = {node: i for i, node in enumerate(nodes)}
    weights: dict[tuple[int, int], float] = defaultdict(float)
    for source, target, weight in network.edges(data="weight", default=1):
        a, b = sorted((index[source], index[target]))
        if a != b:
            weights[a, b] += weight
    pairs = sorted(weights)
    graph = igraph.Graph(n=len(nodes), edges=pairs)
    graph.es["weight"] = [1 + math.log(weights[pair]) if weights[pair] > 1 else 1 for pair in pairs]
    # igraph draws from one generator for the whole process
    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        member = _communities(graph)
        if len(nodes) > _TWO_STEPS_ABOVE:
            points = _in_two_steps(graph, member, [radii[node] for node in nodes])
        else:
            points = _in_one_step(graph, member)
    finally:
        igraph.set_random_number_generator(random)
    if len(nodes) <= _LABEL_ROOM_UP_TO:
        labels = [str(network.nodes[node].get("label", node)) for node in nodes]
        points = _make_room(points, [radii[node] for node in nodes], labels)
    return Layout(
        {node: (round(x), round(y)) for node, (x, y) in zip(nodes, points, strict=True)},
        radii,
        dict(zip(nodes, member, strict=True)),
    )


def _radii(network: "nx.MultiDiGraph[str]", nodes: Sequence[str]) -> dict[str, float]:
    """Area by weight: the heaviest node has radius 22, the lightest at least 5."""
    weights = {node: max(float(network.nodes[node].get("weight", 1)), 0.0) for node in nodes}
    top = max(weights.values()) or 1.0
    largest = 22.0 if len(nodes) <= 2000 else 16.0
    return {node: round(max(5.0, largest * math.sqrt(weights[node] / top)), 1) for node in nodes}


def _communities(graph: "igraph.Graph") -> list[int]:
    if graph.ecount() == 0:
        return [0] * graph.vcount()
    found = graph.community_multilevel(weights="weight")
    by_size = sorted(found, key=lambda members: (-len(members), members[0] if members else 0))
    member = [0] * graph.vcount()
    for number, members in enumerate(by_size):
        for node in members:
            member[node] = number
    return member


def _pull(graph: "igraph.Graph", member: Sequence[int]) -> list[float]:
    return [
        weight * (_WITHIN if member[a] == member[b] else _BETWEEN)
        for (a, b), weight in zip(graph.get_edgelist(), graph.es["weight"], strict=True)
    ]


def _in_one_step(graph: "igraph.Graph", member: Sequence[int]) -> list[tuple[float, float]]:
    """Each connected component by force, then the components side by side."""
    pull = _pull(graph, member)
    graph.es["pull"] = pull
    pieces = []
    for nodes in sorted(graph.connected_components(), key=lambda nodes: (-len(nodes), nodes[0])):
        piece = graph.induced_subgraph(nodes)
        points = _by_force(piece, "pull", 90.0)
        pieces.append((nodes, points))
    return _side_by_side(pieces, graph.vcount(), gap=110.0)


def _by_force(graph: "igraph.Graph", weights: str, spacing: float) -> list[tuple[float, float]]:
    """A force-directed layout, centred, scaled so that a node has `spacing` squared of room."""
    count = graph.vcount()
    if count == 1:
        return [(0.0, 0.0)]
    start = _spiral(count, 1.0)
    found = graph.layout_fruchterman_reingold(
        weights=weights, seed=start, niter=900 if count < 200 else 220, grid="nogrid"
    )
    return _fitted([(x, y) for x, y in found], spacing * math.sqrt(count) * 1.25)


def _spiral(count: int, step: float) -> list[tuple[float, float]]:
    turn = math.pi * (3 - math.sqrt(5))
    return [
        (
            step * math.sqrt(i + 0.5) * math.cos(i * turn),
            step * math.sqrt(i + 0.5) * math.sin(i * turn),
        )
        for i in range(count)
    ]


def _fitted(points: Sequence[tuple[float, float]], side: float) -> list[tuple[float, float]]:
    """`points` centred on the origin, turned wide, the longer side stretched to `side`."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    middle_x, middle_y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    factor = side / (max(wide, high) or 1.0)
    turned = high > wide
    return [
        ((y - middle_y) * factor, (x - middle_x) * factor)
        if turned
        else ((x - middle_x) * factor, (y - middle_y) * factor)
        for x, y in points
    ]


def _side_by_side(
    pieces: Sequence[tuple[Sequence[int], Sequence[tuple[float, float]]]], count: int, gap: float
) -> list[tuple[float, float]]:
    """Shelves of pieces, largest first, about 1.6 times as wide as high."""
    boxes = []
    for nodes, points in pieces:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        boxes.append((nodes, points, min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)))
    area = sum((wide + gap) * (high + gap) for *_, wide, high in boxes)
    limit = max(math.sqrt(area * 1.6), max(wide for *_, wide, _ in boxes) + gap)
    placed = [(0.0, 0.0)] * count
    x = y = shelf = 0.0
    for nodes, points, left, top, wide, high in boxes:
        if x > 0 and x + wide > limit:
            x, y, shelf = 0.0, y + shelf + gap, 0.0
        for node, (px, py) in zip(nodes, points, strict=True):
            placed[node] = (px - left + x, py - top + y)
        x, shelf = x + wide + gap, max(shelf, high)
    return placed


def _in_two_steps(
    graph: "igraph.Graph", member: Sequence[int], radii: Sequence[float]
) -> list[tuple[float, float]]:
    """Communities by force as discs, pushed apart; then each community within its disc."""
    groups: dict[int, list[int]] = defaultdict(list)
    for node, community in enumerate(member):
        groups[community].append(node)
    order = sorted(groups)
    room = {
        community: 1.35 * math.sqrt(sum((radii[n] + 7.0) ** 2 for n in groups[community])) + 12
        for community in order
    }
    between: dict[tuple[int, int], float] = defaultdict(float)
    for (a, b), weight in zip(graph.get_edgelist(), graph.es["weight"], strict=True):
        if member[a] != member[b]:
            low, high = sorted((member[a], member[b]))
            between[low, high] += weight
    coarse = igraph.Graph(n=len(order), edges=sorted(between))
    coarse.es["weight"] = [
        between[pair] / math.sqrt(len(groups[pair[0]]) * len(groups[pair[1]]))
        for pair in sorted(between)
    ]
    start = _spiral(len(order), 1.0)
    side = 2.0 * math.sqrt(sum(radius * radius for radius in room.values()) * 1.25)
    if len(order) > 1:
        found = coarse.layout_fruchterman_reingold(
            weights="weight", seed=start, niter=300, grid="auto"
        )
        centres = _fitted([(x, y) for x, y in found], side)
    else:
        centres = [(0.0, 0.0)]
    discs = [room[community] for community in order]
    centres = _pushed_apart(
        centres, [(r, r) for r in discs], rounds=160, gap=18.0, round_shape=True
    )
    placed = [(0.0, 0.0)] * graph.vcount()
    for community, (x, y) in zip(order, centres, strict=True):
        nodes = groups[community]
        piece = graph.induced_subgraph(nodes)
        points = _in_disc(piece, room[community] - 8)
        for node, (px, py) in zip(nodes, points, strict=True):
            placed[node] = (x + px, y + py)
    return _pushed_apart(
        placed, [(r + 2.5, r + 2.5) for r in radii], rounds=12, gap=0.0, round_shape=True
    )


def _in_disc(graph: "igraph.Graph", radius: float) -> list[tuple[float, float]]:
    """By force, then spread so that equal rings hold equal numbers: a full, even disc."""
    count = graph.vcount()
    if count == 1:
        return [(0.0, 0.0)]
    found = graph.layout_fruchterman_reingold(
        weights="weight",
        seed=_spiral(count, 1.0),
        niter=120 if count < 600 else 50,
        grid="auto",
    )
    xs, ys = [x for x, _ in found], [y for _, y in found]
    middle_x, middle_y = sum(xs) / count, sum(ys) / count
    polar = [
        (math.hypot(x - middle_x, y - middle_y), math.atan2(y - middle_y, x - middle_x))
        for x, y in found
    ]
    placed = [(0.0, 0.0)] * count
    for rank, node in enumerate(sorted(range(count), key=lambda n: (polar[n][0], n))):
        distance, angle = radius * math.sqrt((rank + 0.5) / count), polar[node][1]
        placed[node] = (distance * math.cos(angle), distance * math.sin(angle))
    return placed


def _make_room(
    points: Sequence[tuple[float, float]], radii: Sequence[float], labels: Sequence[str]
) -> list[tuple[float, float]]:
    """Moves nodes apart until each has room for its shape and the label under it.

    Labels are wide, not high, so the way out is mostly up or down; the shape to start from is
    the one that fills a screen best in the end.
    """
    boxes = [
        (
            max(radius, min(len(label), _LABEL_CHARACTERS) * _CHARACTER / 2) + 4,
            radius + (_LINE if len(label) <= _LABEL_CHARACTERS else 1.5 * _LINE) / 2 + 6,
        )
        for radius, label in zip(radii, labels, strict=True)
    ]
    tried = []
    for aspect in _ASPECTS_TRIED:
        moved = _pushed_apart(
            _shaped(points, aspect, 3.0), boxes, rounds=90, gap=2.0, round_shape=False
        )
        moved = _shaped(moved, _ASPECT, 1.6)
        wide, high = _extent(moved)
        tried.append((max(wide / _ASPECT, high), aspect, moved))
    return min(tried)[2]


def _extent(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) - min(xs), max(ys) - min(ys)


def _shaped(
    points: Sequence[tuple[float, float]], aspect: float, most: float
) -> list[tuple[float, float]]:
    """Stretched one way, at most `most` times, towards `aspect` (width over height)."""
    wide, high = _extent(points)
    if not wide or not high:
        return list(points)
    across = min(most, max(1.0, aspect * high / wide))
    down = min(most, max(1.0, wide / (aspect * high)))
    return [(x * across, y * down) for x, y in points]


def _pushed_apart(
    points: Sequence[tuple[float, float]],
    halves: Sequence[tuple[float, float]],
    *,
    rounds: int,
    gap: float,
    round_shape: bool,
) -> list[tuple[float, float]]:
    """Pushes overlapping boxes (or discs) apart along their shortest way out.

    `halves` are half widths and heights; a grid keeps the search to near neighbours.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    cell_x = 2 * max((wide for wide, _ in halves), default=1.0) + gap
    cell_y = 2 * max((high for _, high in halves), default=1.0) + gap
    for _ in range(rounds):
        grid: dict[tuple[int, int], list[int]] = defaultdict(list)
        for node in range(len(xs)):
            grid[int(xs[node] // cell_x), int(ys[node] // cell_y)].append(node)
        moved = False
        for (column, row), nodes in grid.items():
            near = [
                other
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for other in grid.get((column + dx, row + dy), ())
            ]
            for a in nodes:
                for b in near:
                    if b <= a:
                        continue
                    dx, dy = xs[b] - xs[a], ys[b] - ys[a]
                    wide = halves[a][0] + halves[b][0] + gap
                    high = halves[a][1] + halves[b][1] + gap
                    if abs(dx) >= wide or abs(dy) >= high:
                        continue
                    if round_shape:
                        distance = math.hypot(dx, dy)
                        if distance >= wide:
                            continue
                        push = (wide - distance) / 2 + 0.01
                        if distance < 1e-6:
                            dx, dy, distance = 1.0, (a % 7) / 7, 1.0
                        push_x, push_y = push * dx / distance, push * dy / distance
                    elif wide - abs(dx) < high - abs(dy):
                        push_x, push_y = math.copysign((wide - abs(dx)) / 2 + 0.01, dx), 0.0
                    else:
                        push_x, push_y = 0.0, math.copysign((high - abs(dy)) / 2 + 0.01, dy)
                    xs[a] -= push_x
                    ys[a] -= push_y
                    xs[b] += push_x
                    ys[b] += push_y
                    moved = True
        if not moved:
            break
    return list(zip(xs, ys, strict=True))
