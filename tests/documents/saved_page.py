"""An openkamer page as a browser saves it, made from its text."""

from html import escape


def as_page(text: str) -> str:
    """The lines of an openkamer text as the HTML that gives them."""
    rows = []
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped.endswith("|"):
            cells = [cell.strip() for cell in stripped.removesuffix("|").split("|")]
            inside = "".join(
                f"<td>{escape(cell).replace('![]()', '<img src=x>')}</td>" for cell in cells
            )
            rows.append(f"<table><tr>{inside}</tr></table>")
        elif stripped:
            rows.append(f"<p>{escape(stripped)}</p>")
    return (
        "<!DOCTYPE html><html><head><title>Kamervragen</title></head><body>"
        "<nav><a href='/'>Open Kamer</a></nav><main>" + "\n".join(rows) + "</main></body></html>"
    )
