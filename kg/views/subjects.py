"""What sets and communities are about: the things they name most, and most of their own."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import networkx as nx

from kg.views.corpus import Corpus

# a topic or policy says more about a set than a body that it happens to name
_SAYS = {"Topic": 3.0, "Policy": 2.0, "Law": 2.0, "Motion": 1.0, "Organisation": 1.0}
_SUBJECTS_A_SET = 4
_SMALLEST_NAMED = 4


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
    """Community -> the thing that its sets are about and other communities' are not.

    Communities of fewer than four nodes, and those without a subject, have no name.
    """
    sizes = Counter(communities.values())
    sets: dict[int, set[str]] = defaultdict(set)
    for source, target, facts in network.edges(data=True):
        if communities[source] == communities[target]:
            sets[communities[source]].update(place.set for place in facts["evidence"])
    counts: dict[int, Counter[str]] = {
        community: Counter(subject for key in keys for subject in subjects.get(key, ()))
        for community, keys in sets.items()
        if sizes[community] >= _SMALLEST_NAMED
    }
    spread = Counter(subject for found in counts.values() for subject in found)
    names: dict[int, str] = {}
    for community, found in sorted(counts.items()):
        for subject in _strongest(found, spread, len(counts), corpus):
            label = corpus.things[subject].label
            if label not in names.values():
                names[community] = label
                break
    return names
