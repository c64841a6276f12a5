"""`kg validate` and `kg evaluate`: is it sound, and is it right?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import reported, warn
from kg.model.visible import visible


def validate(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A graph: a folder, an RDF file, or -.")
    ] = Path("build"),
) -> None:
    """Check a graph against its shapes (SHACL) and its integrity; exit code 1 where it fails.

    Example:  kg validate build
    """
    from kg.store.validation import validate as run_validation

    with reported():
        report = run_validation(path)
    typer.echo(visible(str(report)))
    if not report.conforms:
        raise typer.Exit(1)


def evaluate(
    gold_dir: Annotated[
        Path, typer.Argument(metavar="GOLD_DIR", help="A folder with mentions.tsv.")
    ],
    documents: Annotated[
        list[str] | None,
        typer.Option("--documents", metavar="PATH", help="What was annotated; default: seeds."),
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all figures and cases.")
    ] = None,
    compare_with: Annotated[
        Path | None, typer.Option("--compare", metavar="OLD.json", help="An older --json file.")
    ] = None,
    per_set: Annotated[bool, typer.Option("--per-set", help="A table for each set, too.")] = False,
) -> None:
    """Measure precision, recall and F1 of the links against annotated texts.

    Example:  kg evaluate tests/gold --json now.json
    """
    from kg.evaluation import evaluate as run_evaluation
    from kg.evaluation import read_gold
    from kg.evaluation.comparison import compare, read_evaluation
    from kg.evaluation.tables import case_lines, score_lines
    from kg.pipeline import link_documents

    with reported():
        gold = read_gold(gold_dir)
        old = read_evaluation(compare_with) if compare_with else None
        found = run_evaluation(link_documents(documents or ["seeds"]), gold)
        if json_file:
            text = json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"
            json_file.write_text(text, encoding="utf-8")
    for line in (*score_lines(found, per_set=per_set), *case_lines(found)):
        typer.echo(visible(line))
    for line in compare(old, found.to_dict()) if old else ():
        typer.echo(visible(line))
    if found.texts_not_found:
        warn(f"{len(found.texts_not_found)} annotated texts are in none of the documents")
        raise typer.Exit(1)
