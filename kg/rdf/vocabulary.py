"""The terms that the graph is written in. The meaning of ours stands in ontology/kamergraaf.ttl."""

from kg.model.assertion import Iri

KG = "https://w3id.org/kamergraaf/def#"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": KG,
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def term(name: str) -> Iri:
    """The IRI of a prefixed name such as `kg:Question`; KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return Iri(PREFIXES[prefix] + local)


TYPE = term("rdf:type")
LABEL = term("rdfs:label")
TITLE = term("dcterms:title")
IDENTIFIER = term("dcterms:identifier")
FORMAT = term("dcterms:format")
PAGE = term("foaf:page")
NAME = term("foaf:name")
PREF_LABEL = term("skos:prefLabel")
ALT_LABEL = term("skos:altLabel")
EXACT_MATCH = term("skos:exactMatch")
DERIVED_FROM = term("prov:wasDerivedFrom")
QUOTED_FROM = term("prov:wasQuotedFrom")

QUESTION_SET = term("kg:QuestionSet")
QUESTION = term("kg:Question")
ANSWER = term("kg:Answer")
EXTENSION_LETTER = term("kg:ExtensionLetter")
PARTICIPATION = term("kg:Participation")
SOURCE_DOCUMENT = term("kg:SourceDocument")
MENTION = term("kg:Mention")
CROSS_REFERENCE = term("kg:CrossReference")
FOOTNOTE = term("kg:Footnote")

SUBMITTED_BY = term("kg:submittedBy")
ADDRESSED_TO = term("kg:addressedTo")
ANSWERED_BY = term("kg:answeredBy")
HAS_PARTICIPATION = term("kg:participation")
PERSON = term("kg:person")
ROLE = term("kg:role")
ORDER = term("kg:order")
PRINTED_NAME = term("kg:printedName")
PRINTED_PARTY = term("kg:printedParty")
PRINTED_OFFICE = term("kg:printedOffice")
ON_BEHALF = term("kg:onBehalf")
PARTY = term("kg:party")
OFFICE = term("kg:office")
SUBMITTED_ON = term("kg:submittedOn")
ANSWERED_ON = term("kg:answeredOn")
HAS_QUESTION = term("kg:hasQuestion")
HAS_ANSWER = term("kg:hasAnswer")
EXTENDED_BY = term("kg:extendedBy")
AANHANGSEL = term("kg:aanhangsel")
SESSION_YEAR = term("kg:sessionYear")
SEE_ALSO = term("kg:seeAlso")
PRINTED_TOPICS = term("kg:printedTopics")
IDENTITY_EVIDENCE = term("kg:identityEvidence")
NUMBER = term("kg:number")
TEXT = term("kg:text")
ANSWERS = term("kg:answers")
ALIGNMENT_CONFIDENCE = term("kg:alignmentConfidence")
ALIGNMENT_EVIDENCE = term("kg:alignmentEvidence")
NAMES_KENMERK = term("kg:namesKenmerk")
SENT_ON = term("kg:sentOn")
MENTIONS = term("kg:mentions")
IN_TEXT = term("kg:inText")
ENTITY = term("kg:entity")
EXACT = term("kg:exact")
START = term("kg:start")
END = term("kg:end")
RULE = term("kg:rule")
LINK_STATUS = term("kg:linkStatus")
CANDIDATE = term("kg:candidate")
REASON = term("kg:reason")
ARTICLE = term("kg:article")
MARK = term("kg:mark")
REFERS_TO = term("kg:refersTo")
REFERRED_NUMBER = term("kg:referredNumber")
PRINTED_AS = term("kg:printedAs")
SHA256 = term("kg:sha256")
LAYOUT = term("kg:layout")

PARTY_WHEN_ASKED = term("kg:partyWhenAsked")
OFFICE_WHEN_ASKED = term("kg:officeWhenAsked")
PARTY_WHEN_ANSWERED = term("kg:partyWhenAnswered")
OFFICE_WHEN_ANSWERED = term("kg:officeWhenAnswered")
DATED_BY = term("kg:datedBy")
FIRST_TERM = term("kg:firstTerm")
EXTENDED_TERM = term("kg:extendedTerm")
REQUESTED_TERM = term("kg:requestedTerm")
REQUESTED_BEFORE = term("kg:requestedBefore")
DAYS = term("kg:days")
DAYS_OVER_FIRST_TERM = term("kg:daysOverFirstTerm")
DAYS_OVER_EXTENDED_TERM = term("kg:daysOverExtendedTerm")
DAYS_OVER_REQUESTED_TERM = term("kg:daysOverRequestedTerm")
ANSWER_KIND_CLASS = term("kg:AnswerKind")
ANSWER_KIND = term("kg:answerKind")
KIND = term("kg:kind")
GROUND = term("kg:ground")
WHOLE = term("kg:whole")
SOURCE_ERROR = term("kg:SourceError")
ERROR_CODE = term("kg:errorCode")
CONCERNS = term("kg:concerns")
ABOUT = term("kg:about")
QUOTE = term("kg:quote")
CORRECT = term("kg:correct")
BASIS = term("kg:basis")
