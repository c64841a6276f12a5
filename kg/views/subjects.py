"""What sets and communities are about: the things they name most, and most of their own."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx

from kg.views.corpus import Corpus

# a topic or policy says more about a set than a body that it happens to name
_SAYS = {"Topic": 3.0, "Policy": 2.0, "Law": 2.0, "Motion": 1.0, "Organisation": 1.0}
_TITLE_SAYS = 3.5
_SUBJECTS_A_SET = 4
_SMALLEST_NAMED, _NAMED_ABOVE = 4, 150


def subjects_of_sets(everything: "nx.MultiDiGraph[str]", corpus: Corpus) -> dict[str, list[str]]:
    """Set -> up to four things it is about, strongest first; from the network of all links."""
    named: dict[str, Counter[str]] = defaultdict(Counter)
    spread: Counter[str] = Counter()
    for source, target, facts in everything.edges(data=True):
        if source in corpus.sets and corpus.things[target].kind in _SAYS:
            named[source][target] += len(facts["evidence"])
            spread[target] += 1
    return {key: _strongest(counts, spread, len(named), corpus) for key, counts in named.items()}


def _strongest(
    counts: Mapping[str, int], spread: Mapping[str, int], groups: int, corpus: Corpus
) -> list[str]:
    def score(key: str) -> float:
        own = math.log(1 + groups / spread[key])
        return _SAYS[corpus.things[key].kind] * math.sqrt(counts[key]) * own

    return sorted(counts, key=lambda key: (-score(key), key))[:_SUBJECTS_A_SET]


def community_names(
    network: "nx.MultiDiGraph[str]",
    communities: Mapping[str, int],
    subjects: Mapping[str, Iterable[str]],
    corpus: Corpus,
) -> dict[int, str]:
    """Community -> what its sets are about and others' are not: a thing, or a title in quotes.

    A title that several sets share says most; where each set has its own, what they name does.
    Communities of fewer than four nodes, and those without sets, have no name; nor have those of
    a small network whose topics or round robins stand in it as nodes.
    """
    kinds = set(nx.get_node_attributes(network, "kind").values())
    if len(network) < _NAMED_ABOVE and kinds & {"Topic", "RoundRobin"}:
        return {}
    sizes = Counter(communities.values())
    sets: dict[int, set[str]] = defaultdict(set)
    for source, target, facts in network.edges(data=True):
        if communities[source] == communities[target]:
            sets[communities[source]].update(place.set for place in facts["evidence"])
    counts: dict[int, Counter[tuple[str, float]]] = {}
    for community, keys in sorted(sets.items()):
        if sizes[community] < _SMALLEST_NAMED:
            continue
        found = counts.setdefault(community, Counter())
        for key in keys & corpus.things.keys():
            found[f"‘{corpus.things[key].label}’", _TITLE_SAYS] += 1
            for subject in subjects.get(key, ()):
                thing = corpus.things[subject]
                found[thing.label, _SAYS[thing.kind]] += 1
    spread = Counter(name for found in counts.values() for name in found)
    names: dict[int, str] = {}
    for community, found in counts.items():
        scores = [
            (-says * count * math.log(1 + len(counts) / spread[label, says]), label)
            for (label, says), count in found.items()
            if says != _TITLE_SAYS or 4 * count >= len(sets[community])
        ]
        free = (label for _, label in sorted(scores) if label not in names.values())
        name = next(free, None)
        if name is not None:
            names[community] = name
    return names
