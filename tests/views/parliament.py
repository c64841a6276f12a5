"""Invented parliaments of any size, as Turtle with the graph's terms."""

import random
from datetime import date, timedelta

HEAD = """@prefix kg: <https://w3id.org/kamergraaf/def#> .
@prefix id: <https://w3id.org/kamergraaf/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
FIRST = [
    "Anna",
    "Bram",
    "Carla",
    "Dirk",
    "Elif",
    "Femke",
    "Gijs",
    "Hanna",
    "Ivo",
    "Jasmijn",
    "Koen",
    "Lotte",
    "Mees",
    "Noor",
]
LAST = [
    "de Boer",
    "van Dijk",
    "Visser",
    "Bakker",
    "Yılmaz",
    "Meijer",
    "de Groot",
    "Mulder",
    "Bos",
    "Vos",
    "Peters",
    "Smit",
]
PARTIES = [
    "Partij Noord",
    "Partij Zuid",
    "Links Front",
    "Rechts Front",
    "Groen Midden",
    "Stadspartij",
]
MINISTRIES = {
    "wat": "Ministerie van Water en Wind",
    "zor": "Ministerie van Zorg",
    "geld": "Ministerie van Geldzaken",
    "ond": "Ministerie van Onderwijs en Spel",
}
TOPICS = ["water", "zorg", "spoor", "wonen", "onderwijs", "energie", "digitalisering"]
NAMED = {
    "Law": ["Waterwet 2020", "Wet op het spoor", "Zorgwet", "Verordening (EU) 2099/1"],
    "Policy": ["Deltaplan Digitaal", "Actieplan Spoor"],
    "Motion": ["Motie-Visser over dijken", "Motie-Bos over wachtlijsten"],
    "Organisation": ["Dijkendienst", "Spoorraad", "Zorgkamer", "Wolkenfabriek"],
    "ParliamentaryPaper": ["Kamerstuk 99999, nr. 12"],
}


def quoted(text: str) -> str:
    """`text` as a Turtle string."""
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(character, escape)
    return f'"{text}"'


def slug(label: str) -> str:
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in label.lower())


def parliament(sets: int = 12, people: int = 14, seed: int = 1, named: int = 0) -> str:
    """A graph of `sets` sets; `named` adds that many organisations to the few named above."""
    rng = random.Random(seed)
    lines = [HEAD]
    things: list[tuple[str, str]] = []

    def thing(kind: str, key: str, label: str, *more: str) -> str:
        lines.append(
            f"<https://w3id.org/kamergraaf/id/{key}> a kg:{kind} ; rdfs:label {quoted(label)} ;"
            f" skos:prefLabel {quoted(label)}{''.join(' ; ' + one for one in more)} ."
        )
        return key

    parties = [thing("Party", f"party/{slug(name)}", name) for name in PARTIES]
    ministries = [
        thing("Ministry", f"ministry/{code}", name, f"skos:altLabel {quoted(code.upper())}")
        for code, name in MINISTRIES.items()
    ]
    offices = []
    for ministry in ministries:
        key = ministry.replace("ministry/", "office/")
        lines.append(
            f"<https://w3id.org/kamergraaf/id/{key}> a kg:Office ;"
            f" org:postIn <https://w3id.org/kamergraaf/id/{ministry}> ."
        )
        offices.append(key)
    names = [f"{first} {last}" for first in FIRST for last in LAST]
    names += [f"{name} {n}" for n in range(2, 2 + people // len(names) + 1) for name in names]
    rng.shuffle(names)
    members = [thing("Person", f"person/{slug(n)}", n) for n in names[:people]]
    ministers = [thing("Person", f"person/minister-{slug(n)}", n) for n in names[-len(offices) :]]
    party_of = {member: rng.choice(parties) for member in members}
    topics = [thing("Topic", f"topic/{name}", name) for name in TOPICS]
    for kind, labels in NAMED.items():
        things += [(thing(kind, f"{slug(kind)}/{slug(n)}", n), n) for n in labels]
    for n in range(named):
        label = f"Stichting {rng.choice(LAST)} {n}"
        things.append((thing("Organisation", f"organisation/s-{n}", label), label))
    lines.append(
        "<https://w3id.org/kamergraaf/id/round-robin/a> a kg:RoundRobin ;"
        ' rdfs:label "Vragen over de wolk" .'
    )
    for n in range(sets):
        lines.append(question_set(rng, n, members, ministers, offices, party_of, topics, things))
    return "\n".join(lines) + "\n"


def question_set(rng, n, members, ministers, offices, party_of, topics, things) -> str:
    key = f"set/2099Z{n:05}"
    asked_on = date(2098, 1, 5) + timedelta(days=rng.randrange(500))
    group = members[n % 3 :: 3]
    sent = rng.sample(group, min(len(group), rng.choice([1, 1, 2])))
    chosen = rng.randrange(len(ministers))
    topic = topics[(n % 3) * 2 + rng.randrange(2)]
    out = []

    def iri(name: str) -> str:
        return f"<https://w3id.org/kamergraaf/id/{name}>"

    facts = [
        f"a kg:QuestionSet ; rdfs:label {quoted(f'Vragen over {topic[6:]} ({n})')}",
        f"dcterms:title {quoted(f'Vragen over {topic[6:]} ({n})')}",
        f'dcterms:identifier "2099Z{n:05}"',
        f"dcterms:subject {iri(topic)}",
        f"foaf:page <https://example.org/kv-tk-2099Z{n:05}.html>",
        f"kg:answeredBy {iri(ministers[chosen])}",
        *(f"kg:submittedBy {iri(person)}" for person in sent),
    ]
    if n % 5:
        facts.append(f'kg:submittedOn "{asked_on}"^^xsd:date')
        if n % 3:
            done = asked_on + timedelta(days=rng.choice([9, 18, 21, 40, 75]))
            facts.append(f'kg:answeredOn "{done}"^^xsd:date')
    if n % 4 == 0:
        facts.append(f"kg:inRoundRobin {iri('round-robin/a')}")
    people = [(p, "submitter", f"kg:party {iri(party_of[p])}") for p in sent]
    people.append((ministers[chosen], "answerer", f"kg:office {iri(offices[chosen])}"))
    for order, (person, role, body) in enumerate(people, 1):
        part = f"{key}/{role}/{order}"
        facts.append(f"kg:participation {iri(part)}")
        out.append(
            f"{iri(part)} a kg:Participation ; kg:person {iri(person)} ;"
            f' kg:role "{role}" ; kg:order {order} ; {body} .'
        )
    for number in range(1, 4):
        entity, name = things[rng.randrange(len(things))]
        for kind, text in (
            ("question", f"Bent u bekend met {name}? Wat vindt u daarvan?"),
            ("answer", f"Ja. Over {name} heb ik uw Kamer eerder bericht."),
        ):
            unit = f"{key}/{kind}/{number}"
            start = text.index(name)
            facts.append(f"kg:has{kind.capitalize()} {iri(unit)}")
            asked = iri(f"{key}/question/{number}")
            own = f"kg:number {number}" if kind == "question" else f"kg:answers {asked}"
            out.append(
                f"{iri(unit)} a kg:{kind.capitalize()} ; rdfs:label {quoted(unit)} ; {own} ;"
                f" kg:text {quoted(text)}@nl ; kg:mentions {iri(entity)} ."
            )
            mention = f"{unit}/mention/{start}-{start + len(name)}"
            out.append(
                f"{iri(mention)} a kg:Mention ; kg:inText {iri(unit)} ; kg:entity {iri(entity)} ;"
                f" kg:exact {quoted(name)} ; kg:start {start} ; kg:end {start + len(name)} ;"
                f' kg:linkStatus "certain" .'
            )
    out.append(f"{iri(key)} {' ; '.join(facts)} .")
    return "\n".join(out)
