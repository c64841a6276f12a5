"""Real questions and answers, printed as a list page prints them, are told apart again."""

from kg.model.document import LineRole, ParsedSet
from kg.model.text import SourceText
from kg.parsing import parse_document
from kg.sources import RejectedSource, read_sources

HEAD = "Titel |\n|\nWim Mol (CDA) |\n|\nAns Vos (minister ) (VVD) |\n|\n![]() |\n"
HEAD_ROWS = 7


def block(parsed: ParsedSet) -> tuple[list[str], list[LineRole]]:
    """The paragraphs of a set as openkamer prints them, and what each is."""
    lines: list[str] = []
    roles: list[LineRole] = []
    answers = {number: answer for answer in parsed.answers for number in answer.numbers}
    printed: dict[tuple[int, ...], int] = {}
    for question in parsed.questions:
        lines.append(question.passage.text.replace("\n", " "))
        roles.append(LineRole.QUESTION)
        answer = answers.get(question.number)
        if answer is None:
            continue
        first = printed.setdefault(answer.numbers, question.number)
        said = [f"Zie antwoord vraag {first}."]
        if first == question.number:
            said = [line for line in answer.passage.text.split("\n") if line.strip()]
        lines += said
        roles += [LineRole.ANSWER] * len(said)
    return lines, roles


def test_a_list_page_of_real_documents_is_read_line_by_line(shared):
    folder = shared / "documents"
    pages = 0
    for source in read_sources([folder / "official-text", *sorted(folder.glob("docx/*.docx"))]):
        assert not isinstance(source, RejectedSource)
        (parsed,) = parse_document(source).sets
        if not parsed.questions:
            continue
        pages += 1
        lines, roles = block(parsed)
        text = HEAD + "\n".join(lines) + "\n"
        document = parse_document(SourceText("lijst.txt", text, "text/plain", "0"))
        assert [role for _, role in document.roles][HEAD_ROWS:] == roles, source.name
    assert pages >= 40
