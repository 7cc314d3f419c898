"""The main content of job pages: real postings put into four ways in which sites are built.

Counted are lines: how many of the posting's are kept, and how many lines that are not its own come with them.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from backend.documents.job_pages.page import read_page

Shell = Callable[[str, str], str]
_COOKIES = "We value your privacy. We use cookies to analyse traffic. <button>Accept all</button> <a href='/c'>Cookie settings</a>"
_LINKS = "".join(
    f"<li><a href='/p/{n}'>{name}</a></li>"
    for n, name in enumerate(("Products", "Customers", "Pricing and plans", "Careers", "Blog"))
)
_OTHERS = "".join(
    f"<li><a href='/j/{n}'><h4>{name}</h4></a> Berlin, full time</li>"
    for n, name in enumerate(("Data Analyst", "Office Manager", "QA Engineer"))
)
_FOOTER = "<p>© 2026 Example Ltd. All rights reserved.</p><p>Example Ltd is registered in Dublin under number 12345.</p><a href='/p'>Privacy Policy</a>"


def semantic(title: str, job: str) -> str:
    return (
        f"<header><nav><ul>{_LINKS}</ul></nav></header><main><article><h1>{title}</h1>{job}<button>Apply now</button></article>"
        f"<aside><h2>Similar jobs</h2><ul>{_OTHERS}</ul></aside></main><footer>{_FOOTER}</footer><div role='dialog'>{_COOKIES}</div>"
    )


def named(title: str, job: str) -> str:
    return (
        f"<div class='cookie-consent'>{_COOKIES}</div><div class='navbar'><ul>{_LINKS}</ul></div><div class='page'><div class='hero'><h1>{title}</h1>"
        f"<a class='btn' href='/apply'>Apply for this job</a></div><div class='job-body'>{job}</div><div class='relatedJobs'><h3>You may also like</h3>"
        f"<ul>{_OTHERS}</ul></div></div><div class='siteFooter'>{_FOOTER}</div>"
    )


def tables(title: str, job: str) -> str:
    return (
        f"<table><tr><td colspan=2><b>Example Ltd</b></td></tr><tr><td><ul>{_LINKS}</ul></td><td><h1>{title}</h1>{job}</td></tr>"
        f"<tr><td colspan=2>{_FOOTER}</td></tr></table><div>{_COOKIES}</div>"
    )


def anonymous(title: str, job: str) -> str:
    half = len(job) // 2 + job[len(job) // 2 :].find("<p>")
    return (
        f"<div><div>{_COOKIES}</div><div><ul>{_LINKS}</ul></div><div><h1>{title}</h1><div>{job[:half]}</div><div>{job[half:]}</div>"
        f"<div><ul>{_OTHERS}</ul></div></div><div>{_FOOTER}</div></div>"
    )


SHELLS: Mapping[str, Shell] = {"semantic": semantic, "named": named, "tables": tables, "anonymous": anonymous}


def postings(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Title and lines."""
    for path in sorted(folder.glob("*.txt")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        yield lines[0][:80], lines[1:]


def page(shell: Shell, title: str, lines: list[str]) -> str:
    job = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<!doctype html><html><head><meta charset=utf-8><title>{html.escape(title)}</title></head><body>{shell(html.escape(title), job)}</body></html>"


def plain(line: str) -> str:
    return re.sub(r"\W+", " ", line).strip().casefold()


def score(shell: Shell, folder: Path, read: Callable[[str], str]) -> str:
    kept = wanted = other = 0
    for title, lines in postings(folder):
        shown = {plain(line) for line in read(page(shell, title, lines)).split("\n")} - {""}
        own = {plain(line) for line in lines} - {""}
        kept, wanted = kept + len(own & shown), wanted + len(own)
        other += len(shown - own - {plain(title)})
    return f"lines kept {kept / max(wanted, 1):.3f} of {wanted}, other lines {other}"


def ours(text: str) -> str:
    return read_page(text.encode(), "text/html; charset=utf-8", "https://example.com/jobs/1").text


def main(data: Path) -> None:
    if not data.is_dir():
        print("../shared/data is absent: job pages are not measured")
        return
    print("\nMain content of job pages")
    for name, shell in SHELLS.items():
        print(f"{name:10} {score(shell, data / 'job_postings', ours)}")


if __name__ == "__main__":
    main(Path(__file__).parents[4] / "shared" / "data")
