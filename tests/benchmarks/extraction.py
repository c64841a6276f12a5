"""`python -m tests.benchmarks.extraction`: MB of text a second, and time against length.

Text is the seeds' own, over and over, read unit by unit and as one long paragraph with the full
authority; the hostile texts show that time grows with length and no faster.
"""

import time
from pathlib import Path

from kg.mentions import MentionExtractor
from kg.rdf.authority import load_authority
from kg.resources import ontology_dir

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HOSTILE = {
    "brackets": "(",
    "no spaces": "Aanbestedingsbeleid",
    "combining accents": "e\u0301",
    "bidi marks": "\u202eabc\u202c",
    "members of motions": "motie van de leden Vos en ",
    "ministers": "Minister van ",
    "papers": "Kamerstuk 26 643, nr. ",
    "quotes": "rapport «",
    "English": "The quick brown fox knows no Dutch. ",
}


def seconds(extractor: MentionExtractor, texts: list[str]) -> float:
    """Processor seconds to extract all of `texts`."""
    start = time.process_time()
    for text in texts:
        extractor.extract(text)
    return time.process_time() - start


def main() -> None:
    """Print the two tables."""
    extractor = MentionExtractor(load_authority(ontology_dir() / "authority").authority)
    pages = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    units = [line for page in pages for line in page.split("\n") if len(line) > 60]
    paragraph = (" ".join(units) * 40)[:5_000_000]
    seconds(extractor, units)
    print("| text | MB | MB/s |\n|---|---|---|")
    for name, texts in (("units of the seeds", units * 10), ("one paragraph", [paragraph])):
        size = sum(map(len, texts)) / 1e6
        print(f"| {name} | {size:.1f} | {size / seconds(extractor, texts):.1f} |")
    print("\n| hostile text | 0.1 MB, s | 0.4 MB, s |\n|---|---|---|")
    for name, piece in HOSTILE.items():
        times = [
            seconds(extractor, [(piece * (size // len(piece) + 1))[:size]])
            for size in (100_000, 400_000)
        ]
        print(f"| {name} | {times[0]:.3f} | {times[1]:.3f} |")


if __name__ == "__main__":
    main()
