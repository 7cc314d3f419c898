"""Sizes, times and rates: when two figures in different units are one, "30 gallons" and "120 quarts", "5 a day" and "25 a week"."""

from backend.domain.claims import Quantity
from backend.domain.numbers import Number, same
from backend.domain.text import stem

PEOPLE = frozenset(stem(w) for w in "person people employee staff worker colleague headcount".split())
MEASURES = frozenset(
    stem(w)
    for w in "ton tons tonne pound kg gram ounce mile kilometer km meter metre foot acre hectare gallon liter litre quart ms microsecond nanosecond second "
    "minute hour day week month year gb tb mb watt kw kwh".split()
)
TIME = frozenset(
    stem(w) for w in "hour day week month quarter year night shift minute time per each average percent point".split()
)


def parts_of(number: Number) -> tuple[float, ...]:
    """The two counts of "27 of the 31"; empty if the number is not written so."""
    counts = tuple(value for value, unit in number.alike if unit == "")
    return counts if number.unit == "%" and len(counts) == 2 else ()


# How often one time comes in another, as people reckon it: working days, and all days.
_TIMES_IN = {
    ("day", "week"): (5, 6, 7), ("night", "week"): (5, 6, 7), ("shift", "week"): (3, 4, 5), ("day", "month"): (20, 21, 22, 30),
    ("week", "month"): (4,), ("day", "year"): (250, 260, 365), ("week", "year"): (50, 52), ("month", "quarter"): (3,),
    ("month", "year"): (12,), ("quarter", "year"): (4,), ("hour", "day"): (8, 24), ("minute", "hour"): (60,),
    ("second", "minute"): (60,),
}  # fmt: skip


def same_rate(claimed: Quantity, other: Quantity) -> bool:
    """ "600 a month" from "150 a week"."""
    mine, theirs = claimed.number, other.number
    if not (claimed.period and other.period) or claimed.period == other.period or mine.unit != theirs.unit:
        return False
    up = _TIMES_IN.get((other.period, claimed.period), ())
    down = _TIMES_IN.get((claimed.period, other.period), ())
    made = [theirs.value * k for k in up] + [theirs.value / k for k in down]
    return any(same(mine._replace(alike=()), theirs._replace(value=value, alike=())) for value in made)


def sized_alike(one: Number, other: Number) -> bool:
    """Whether what two numbers count are units of one kind, "gallons" and "quarts"."""
    kinds = [SIZES.get(number.noun[0]) if number.noun else None for number in (one, other)]
    return kinds[0] is not None and kinds[1] is not None and kinds[0][0] == kinds[1][0]


def counted_alike(quantity: Quantity, other: Quantity) -> Number:
    """ "8,000 training hours" counts hours, like "8,000 hours"."""
    number, known = quantity.number, other.number
    if parts_of(number):
        return number._replace(alike=())
    if number.unit == known.unit == "" and number.noun and known.noun:
        mine, theirs = SIZES.get(number.noun[0]), SIZES.get(known.noun[0])
        if mine and theirs and mine[0] == theirs[0] and mine[1] != theirs[1]:
            scaled = number.value * mine[1] / theirs[1]
            rounded = abs(scaled - known.value) <= 0.02 * known.value
            return number._replace(value=known.value if rounded else scaled)
    if number.unit == "year" and known.unit == "" and known.noun[:1] != number.noun[:1] and "age" in other.about:
        return number._replace(unit="")
    if number.unit == "" and known.unit in quantity.about:
        return number._replace(unit=known.unit)
    if number.unit in MEASURES and known.unit == "" and number.unit in {*known.noun, *other.about}:
        return number._replace(unit="")
    if number.unit == "" and known.unit == "%" and "point" in number.noun[:1]:
        return number._replace(unit="%")
    return number


# Units of size: what they measure, and how many of the least of them one is.
SIZES = {
    stem(name): (what, factor)
    for what, names in {
        "weight": "gram:1 g:1 kg:1000 kilogram:1000 kilo:1000 ounce:28.35 oz:28.35 lb:453.6 lbs:453.6 pound:453.6 tonne:1000000 ton:907185 mg:.001 milligram:.001",
        "length": "mm:.001 millimeter:.001 cm:.01 centimeter:.01 m:1 meter:1 metre:1 km:1000 kilometer:1000 kilometre:1000 inch:.0254 foot:.3048 feet:.3048 ft:.3048 yard:.9144 yd:.9144 mile:1609.3 mi:1609.3",
        "volume": "ml:1 milliliter:1 l:1000 liter:1000 litre:1000 pint:473.2 pt:473.2 quart:946.4 qt:946.4 gallon:3785.4 gal:3785.4 cup:236.6",
        "area": "acre:4046.9 hectare:10000 ha:10000",
        "power": "w:1 watt:1 kw:1000 kilowatt:1000 mw:1000000 megawatt:1000000 hp:745.7 horsepower:745.7",
        "data": "b:.001 kb:1 mb:1000 megabyte:1000 gb:1000000 gigabyte:1000000 tb:1000000000 terabyte:1000000000 pb:1000000000000",
        "short": "microsecond:.001 nanosecond:.000001 ms:1 millisecond:1 second:1000 sec:1000",
        "dozen": "dozen:12",
    }.items()
    for name, factor in ((name, float(size)) for name, size in (pair.split(":") for pair in names.split()))
}  # fmt: skip
