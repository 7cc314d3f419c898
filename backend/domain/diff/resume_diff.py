"""Original against tailored, section by section."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from backend.domain.content import Evidence, resume_evidence
from backend.domain.counterpart import counterpart, same
from backend.domain.diff.alignment import Pair, moved, pairs
from backend.domain.diff.changes import Change, Kind, ResumeDiff, SectionDiff, Segment
from backend.domain.diff.lines import SECTIONS, Block, blocks, label_of
from backend.domain.diff.origin import Origin, origin
from backend.domain.diff.word_diff import is_minor, segments
from backend.domain.edits import Edit
from backend.domain.resume import Education, Extra, Project, Resume, WorkEntry


def diff(
    original: Resume,
    tailored: Resume,
    edits: Iterable[Edit] = (),
    evidence: Iterable[Evidence] = (),
    *,
    include_minor: bool = True,
) -> ResumeDiff:
    """What differs, every line once. `edits` and the `evidence` they cite (lines of the original are known without it) give
    changes their reasons; without `include_minor`, changes of punctuation, case, spacing and order are counted only."""
    known = origin(edits, (*resume_evidence(original), *evidence))
    sections = []
    hidden = 0
    for section in SECTIONS:
        found = tuple(_section(blocks(original, section), blocks(tailored, section), known))
        shown = found if include_minor else tuple(change for change in found if not change.minor)
        hidden += len(found) - len(shown)
        if shown:
            sections.append(SectionDiff(section=section, changes=shown))
    counts: dict[Kind, int] = {"added": 0, "removed": 0, "changed": 0, "moved": 0}
    for change in (change for part in sections for change in part.changes):
        counts[change.kind] += 1
    return ResumeDiff(sections=tuple(sections), hidden_minor=hidden, **counts)


def _section(before: Sequence[Block], after: Sequence[Block], known: Origin) -> Iterator[Change]:
    found = _paired(before, after)
    of_after = {j: i for i, j in found}
    out_of_place = moved(found)
    gone = [i for i in range(len(before)) if i not in {i for i, _ in found}]
    for j, block in enumerate(after):
        i = of_after.get(j)
        if i is None:
            yield from (_new(block, path, text, known, "") for path, text in block.lines())
            continue
        if (i, j) in out_of_place:
            change = Change(
                kind="moved", before_path=before[i].path, after_path=block.path, label="entry", entry=block.heading,
                before=block.heading, after=block.heading, segments=_same(block.heading), moved=True, minor=True,
            )  # fmt: skip
            yield known.explained(change, f"/{block.section}")
        yield from _block(before[i], block, known)
    for i in gone:
        yield from (_old(before[i], path, text, known) for path, text in before[i].lines())


def _paired(before: Sequence[Block], after: Sequence[Block]) -> list[Pair]:
    """Blocks that are one block, by place before."""
    if [block.item for block in (*before, *after)] == [None, None]:
        return [(0, 0)]
    left = list(range(len(before)))
    found = []
    items: list[Any] = [block.item for block in before]
    # Those that are the same to the letter first: a look-alike must not take their place.
    exact = {j: next((i for i in left if items[i] == block.item), None) for j, block in enumerate(after)}
    taken: set[int] = set()
    for j, i in exact.items():
        if i is not None and i not in taken:
            taken.add(i)
            found.append((i, j))
    left = [i for i in left if i not in taken]
    matched = {j for _, j in found}
    for j, block in enumerate(after):
        if j not in matched and (i := _likest(block.item, items, left)) is not None:
            left.remove(i)
            found.append((i, j))
    return sorted(found)


def _likest(item: Any, known: Sequence[Any], left: Sequence[int]) -> int | None:
    if isinstance(item, WorkEntry | Project):
        return counterpart(item, known, left)
    if isinstance(item, Education):
        schools = [i for i in left if same(known[i].institution) == same(item.institution)]
        schools = schools or [i for i in left if item.degree and same(known[i].degree) == same(item.degree)]
        return min(schools, key=lambda i: (same(known[i].degree) != same(item.degree), i), default=None)
    if isinstance(item, Extra):
        return next((i for i in left if same(known[i].title) == same(item.title)), None)
    return None


def _block(before: Block, after: Block, known: Origin) -> Iterator[Change]:
    for name in after.fields:
        old, new = before.fields.get(name, ""), after.fields[name]
        if old == new:
            continue
        if not old:
            yield _new(after, after.at(name), new, known, "")
        elif not new:
            yield _old(before, before.at(name), old, known)
        else:
            yield _changed(before, after, before.at(name), after.at(name), (old, new), known, out_of_place=False)
    for name in after.lists:
        yield from _list(before, after, name, known)


def _list(before: Block, after: Block, name: str, known: Origin) -> Iterator[Change]:
    """The changes of one list in the order of the tailored one; what was removed stands where it was."""
    old, new, path = before.lists[name], after.lists[name], before.at(name)
    found = pairs(old, new, known.rewritten(path), known.gone(path), known.new(path))
    of_after = {j: i for i, j in found}
    out_of_place = moved(found)
    gone = [i for i in range(len(old)) if i not in {i for i, _ in found}]
    for j, text in enumerate(new):
        i = of_after.get(j)
        if i is not None and (i, j) not in out_of_place:
            while gone and gone[0] < i:
                place = gone.pop(0)
                yield _old(before, before.at(name, place), old[place], known)
        if i is None:
            yield _new(after, after.at(name, j), text, known, path)
        elif old[i] != text or (i, j) in out_of_place:
            paths = before.at(name, i), after.at(name, j)
            yield _changed(before, after, *paths, (old[i], text), known, out_of_place=(i, j) in out_of_place)
    yield from (_old(before, before.at(name, place), old[place], known) for place in gone)


def _changed(
    before: Block,
    after: Block,
    before_path: str,
    after_path: str,
    texts: tuple[str, str],
    known: Origin,
    *,
    out_of_place: bool,
) -> Change:
    old, new = texts
    change = Change(
        kind="moved" if old == new else "changed",
        before_path=before_path,
        after_path=after_path,
        label=_label(after, after_path),
        entry=after.heading,
        before=old,
        after=new,
        segments=segments(old, new),
        moved=out_of_place,
        minor=is_minor(old, new),
    )
    return known.explained(change, before_path.rpartition("/")[0])


def _new(block: Block, path: str, text: str, known: Origin, list_path: str) -> Change:
    change = Change(
        kind="added",
        after_path=path,
        label=_label(block, path),
        entry=block.heading,
        after=text,
        segments=(Segment(kind="insert", text=text),),
    )
    return known.explained(change, list_path)


def _old(block: Block, path: str, text: str, known: Origin) -> Change:
    change = Change(
        kind="removed",
        before_path=path,
        label=_label(block, path),
        entry=block.heading,
        before=text,
        segments=(Segment(kind="delete", text=text),),
    )
    return known.explained(change, "")


def _label(block: Block, path: str) -> str:
    last = [part for part in path.removeprefix(block.path).split("/") if part and not part.isdigit()]
    return label_of(last[0] if last else block.section)


def _same(text: str) -> tuple[Segment, ...]:
    return (Segment(kind="equal", text=text),) if text else ()
