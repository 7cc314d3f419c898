"""Which line of one list is which line of another, and which of them moved."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

from backend.domain.counterpart import same
from backend.domain.text import words

Pair = tuple[int, int]
_ALIKE = 0.5
_WINDOW = 40
_MANY = 40_000


def pairs(
    before: Sequence[str],
    after: Sequence[str],
    rewritten: Mapping[int, str] | None = None,
    gone: Collection[int] = (),
    new: Collection[str] = (),
) -> list[Pair]:
    """Places (before, after) of lines that are one line, by place before. Equal lines first, then what an edit is known to
    have made of a line (`rewritten`), then lines that differ in case and marks, then those that share half their words.
    Lines known to be removed (`gone`) or added (`new`) are not taken for rewritten ones."""
    found: list[Pair] = []
    left, right = list(range(len(before))), list(range(len(after)))

    def match(key_before: Callable[[int], Hashable | None], key_after: Callable[[int], Hashable | None]) -> None:
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for j in right:
            if (key := key_after(j)) is not None:
                waiting[key].append(j)
        for i in list(left):
            places = waiting.get(key_before(i))
            if places:
                j = places.pop(0)
                found.append((i, j))
                left.remove(i)
                right.remove(j)

    match(before.__getitem__, after.__getitem__)
    known = rewritten or {}
    match(known.get, after.__getitem__)
    left = [i for i in left if i not in gone]
    right = [j for j in right if after[j] not in new]
    match(lambda i: same(before[i]), lambda j: same(after[j]))
    for i, j in _alike(before, after, left, right):
        if i in left and j in right:
            found.append((i, j))
            left.remove(i)
            right.remove(j)
    return sorted(found)


def _alike(before: Sequence[str], after: Sequence[str], left: Sequence[int], right: Sequence[int]) -> Iterator[Pair]:
    """Pairs that share words, the likest first. Of very many lines only those near each other are compared."""
    bags = {j: _bag(after[j]) for j in right}
    scored = []
    for i in left:
        bag = _bag(before[i])
        for j in right:
            if len(left) * len(right) <= _MANY or abs(i - j) <= _WINDOW:
                likeness = _likeness(bag, bags[j])
                if likeness >= _ALIKE:
                    scored.append((-likeness, abs(i - j), i, j))
    for _, _, i, j in sorted(scored):
        yield i, j


def _bag(text: str) -> Counter[str]:
    return Counter(word.text.casefold() for word in words(text))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The words in common, over the words of both; 0 to 1."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def moved(found: Sequence[Pair]) -> set[Pair]:
    """The fewest pairs without which the others stand in the same order on both sides. `found` is in order of the left."""
    tails: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for n, (_, j) in enumerate(found):
        length = bisect_left(tails, j)
        previous.append(at[length - 1] if length else -1)
        tails[length : length + 1] = [j]
        at[length : length + 1] = [n]
    kept = set()
    n = at[-1] if at else -1
    while n >= 0:
        kept.add(found[n])
        n = previous[n]
    return set(found) - kept
