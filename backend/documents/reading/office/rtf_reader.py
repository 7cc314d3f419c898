"""Reads RTF token by token into blocks."""

from dataclasses import dataclass, field

from backend.documents.reading.office.colours import WHITE
from backend.documents.reading.office.fields import result_of
from backend.documents.reading.office.flow import Block, Paragraph, Run
from backend.documents.reading.office.looks import Look
from backend.documents.reading.office.rtf_state import OPEN_GROUND, Form, Letters, Shape, State, Story, stand_on
from backend.documents.reading.office.rtf_tables import Tables
from backend.documents.reading.office.rtf_tokens import SIGNS, SYMBOLS, Token, code_page, tokens
from backend.documents.reading.office.rtf_words import POINT, letter_word, paragraph_word
from backend.documents.reading.office.running import Running
from backend.documents.reading.office.style_names import heading_level
from backend.domain.layout import Hidden
from backend.errors import InvalidInput

_MAX_GROUPS, _MAX_DEPTH = 200_000, 1_000
_STORIES = {
    "header": "header", "headerl": "header", "headerr": "header", "headerf": "header", "footer": "footer", "footerl": "footer",
    "footerr": "footer", "footerf": "footer", "footnote": "note", "annotation": "comment", "shptxt": "text box",
    "dptxbxtext": "text box",
}  # fmt: skip
_TABLES = frozenset(("fonttbl", "colortbl", "stylesheet"))
_INFO = {
    "keywords": "keywords", "subject": "subject", "doccomm": "description", "category": "category",
    "staticval": "custom property",
}  # fmt: skip
_ENTERED = frozenset("shppict shpinst nesttableprops ud do userprops info field fldinst fldrslt shp rtf".split())
# Groups that are not marked with \* and yet hold no text.
_SKIPPED = frozenset(
    "pict object nonshppict shprslt themedata colorschememapping listtable listoverridetable rsidtbl generator filetbl "
    "xmlnstbl latentstyles datastore revtbl pn pnseclvl bkmkstart bkmkend ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn tc "
    "tcn xe rxe title author operator manager company creatim revtim printim buptim hlinkbase atnid atnauthor atntime "
    "atndate atnref atnicn atnparent upr nonesttables listtext pntext propname linkval formfield picprop".split()
)


@dataclass(slots=True)
class Read:
    """What reading gives."""

    body: list[Block] = field(default_factory=list)
    running: list[Running] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    text_boxes: int = 0
    images: int = 0
    columns: int = 1


class Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._tables = Tables()
        self._read = Read()
        self._states = [State()]
        self._stories = [Story("body")]
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._page = "cp1252"
        self._captured: list[str] = []
        self._looks: dict[tuple[object, ...], Look] = {}
        self._paragraphs = 0
        self._running: list[tuple[str, list[Block]]] = []

    def read(self) -> Read:
        groups = 0
        for token in tokens(self._data):
            if token.kind in ("text", "byte"):
                self._letters(token.raw)
                continue
            if self._skip and token.kind in ("word", "symbol"):
                self._skip -= 1
                continue
            self._skip = 0
            self._flush()
            if token.kind == "open":
                groups += 1
                self._open(groups)
            elif token.kind == "close":
                self._close()
                if not self._states:
                    break
            elif token.kind == "symbol":
                self._symbol(token.word)
            else:
                self._word(token)
        if self._states:
            raise InvalidInput("The RTF file is broken off: a group is never closed. Save it again and send that.")
        story = self._stories[0]
        if story.runs:
            self._end_paragraph(State())
        self._read.body = story.done()
        words = [word for word, _ in self._running]
        leading = "headerf" if "headerf" in words else next((word for word in words if word.startswith("header")), "")
        self._read.running = [Running(tuple(blocks), word == leading) for word, blocks in self._running]
        for blocks in (self._read.body, *(blocks for _, blocks in self._running)):
            stand_on(blocks, WHITE)
        return self._read

    @property
    def _state(self) -> State:
        return self._states[-1]

    @property
    def _story(self) -> Story:
        return self._stories[-1]

    # Groups

    def _open(self, groups: int) -> None:
        if groups > _MAX_GROUPS or len(self._states) > _MAX_DEPTH:
            raise InvalidInput("The RTF file has more groups than any resume. Send the resume alone.")
        if groups > 1:
            self._states.append(self._state.inner())
        self._starred = False

    def _close(self) -> None:
        state = self._states.pop()
        above = self._states[-1] if self._states else State()
        self._starred = False
        if state.owner:
            self._end_story(state)
        elif state.destination in ("sn", "sv") and above.destination != state.destination and state.shape:
            text = "".join(self._captured).strip()
            if state.destination == "sn":
                state.shape.name = text
            else:
                state.shape.properties[state.shape.name] = text
            self._captured = []
        elif state.destination in _INFO and above.destination != state.destination:
            self._read.properties.append((_INFO[state.destination], "".join(self._captured).strip()))
            self._captured = []
        elif state.destination in _TABLES:
            self._tables.close(state.destination)

    def _enter(self, name: str) -> bool:
        """Whether the word begins a destination; if so, the group is one now."""
        state = self._state
        if state.destination == "skip":
            return True
        if state.destination in _TABLES:
            if name in ("falt", "panose", "fontemb") or (self._starred and name not in ("cs", "ts", "ds")):
                state.destination = "skip"
            return state.destination == "skip"
        if name in _STORIES:
            self._begin_story(name)
        elif name in _TABLES or name in _INFO or name in ("sn", "sv"):
            state.destination = name
            self._captured = []
        elif name in _ENTERED:
            self._enter_into(name)
        elif name in _SKIPPED or self._starred:
            self._read.images += name == "pict"
            self._story.listed |= name in ("listtext", "pntext")
            # The second half of \upr, marked \ud, says the same in Unicode.
            state.destination = "upr" if name == "upr" else "skip"
        else:
            return False
        self._starred = False
        return True

    def _enter_into(self, name: str) -> None:
        """A group whose text is read, or that holds some that are."""
        state = self._state
        match name:
            case "field":
                state.instruction, state.link = [], None
            case "fldinst":
                state.destination = "instruction"
            case "fldrslt":
                state.link = result_of("".join(state.instruction))
            case "shp":
                state.shape = Shape()
            case "ud":
                state.destination = "text"

    def _begin_story(self, name: str) -> None:
        state = self._state
        kind = _STORIES[name]
        state.owner, state.destination = True, "text"
        state.letters, state.form = Letters(), Form()
        look = state.look
        if kind == "text box" and state.shape:
            look = _shape_look(state.shape)
        state.look = look
        self._stories.append(Story(kind, name))

    def _end_story(self, state: State) -> None:
        story = self._stories[-1]
        if story.runs:
            self._end_paragraph(state)
        self._stories.pop()
        blocks = story.done()
        if story.kind in ("header", "footer"):
            self._running.append((story.word, blocks))
        elif story.kind == "text box":
            self._read.text_boxes += 1
            self._story.inner.extend((Paragraph(), *blocks, Paragraph()))
        else:
            runs = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
            text = " ".join("".join(run.text for run in runs).split())
            if story.kind == "comment" and text:
                count = sum(1 for one in self._read.hidden if one.how == "comment") + 1
                self._read.hidden.append(Hidden(text=text, how="comment", place=f"comment {count}"))
            elif story.kind == "note" and text:
                first = runs[0]._replace(text=runs[0].text.lstrip())
                self._story.runs.extend((Run(" (", first.look), first, *runs[1:], Run(")", first.look)))

    # Text

    def _letters(self, raw: bytes) -> None:
        if self._skip:
            taken = min(self._skip, len(raw))
            self._skip -= taken
            raw = raw[taken:]
        self._bytes.extend(raw)

    def _flush(self) -> None:
        if not self._bytes:
            return
        codec = self._tables.codec(self._state.letters.font) or self._page
        text = self._bytes.decode(codec, "replace").replace("\ufffd", "")
        self._bytes.clear()
        self._say(text)

    def _say(self, text: str) -> None:
        state = self._state
        match state.destination:
            case "text":
                if state.letters.deleted or (state.link and not state.link.shown):
                    return
                self._story.runs.append(Run(text, self._look(), state.link.href if state.link else ""))
            case "instruction":
                state.instruction.append(text)
            case name if name in _TABLES:
                self._tables.text(name, text)
            case name if name in _INFO or name in ("sn", "sv"):
                self._captured.append(text)

    def _look(self) -> Look:
        letters, form, base = self._state.letters, self._state.form, self._state.look
        key = (letters.strong, letters.emphasised, letters.caps, letters.hidden, letters.narrow, letters.size, letters.colour,
               letters.ground, letters.font, form.ground, form.flat, base)  # fmt: skip
        if key not in self._looks:
            colours = self._tables.colour
            hidden = base.hidden or (
                "hidden_run" if letters.hidden else "tiny" if letters.narrow or form.flat else None
            )
            self._looks[key] = Look(
                letters.strong, letters.emphasised, letters.caps, letters.size / 2, colours(letters.colour),
                colours(letters.ground) or colours(form.ground) or base.ground, self._tables.font(letters.font), hidden,
            )  # fmt: skip
        return self._looks[key]

    def _end_paragraph(self, state: State) -> None:
        form, story = state.form, self._story
        if story.kind == "body":
            self._paragraphs += 1
        level = form.outline or heading_level(self._tables.style(form.style))
        paragraph = Paragraph(
            level=level, bullet=(story.listed or form.listed) and not level, left=form.left / POINT,
            before=form.before / POINT, after=form.after / POINT, style=str(form.style),
            place=f"paragraph {self._paragraphs}" if story.kind == "body" else f"a {story.kind}",
        )  # fmt: skip
        story.end_paragraph(paragraph, form.depth)

    # Control words

    def _symbol(self, name: str) -> None:
        if name == "*":
            self._starred = True
        elif SYMBOLS.get(name):
            self._say(SYMBOLS[name])

    def _word(self, token: Token) -> None:
        name, number = token.word, token.number
        state = self._state
        if name == "u" and number is not None:
            self._skip = state.fallback
            self._say(chr(number % 0x10000))
        elif name == "uc":
            state.fallback = min(max(number or 0, 0), 20)
        elif self._enter(name):
            return
        elif state.destination in _TABLES:
            self._tables.word(state.destination, name, number)
            if name == "f":
                state.letters.font = number or 0
        elif name in SIGNS:
            self._say(SIGNS[name])
        elif name in ("ansicpg", "mac", "pc", "pca"):
            self._page = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}.get(name) or code_page(number or 1252)
        elif state.destination == "text":
            self._structure(name, number) or paragraph_word(state, name, number) or letter_word(state, name, number)

    def _structure(self, name: str, number: int | None) -> bool:
        state, story = self._state, self._story
        depth = max(state.form.depth, 1)
        match name:
            case "par" | "sect":
                self._end_paragraph(state)
            case "cell" | "nestcell":
                depth = 1 if name == "cell" else max(depth, 2)
                state.form.depth = depth
                if story.runs or story.inner:
                    self._end_paragraph(state)
                story.end_cell(depth)
            case "row" | "nestrow":
                story.end_row(1 if name == "row" else max(depth, 2))
            case "trowd":
                story.grounds, story.ground = [], ""
            case "clcbpat":
                story.ground = self._tables.colour(number or 0)
            case "cellx":
                story.grounds.append(story.ground)
                story.ground = ""
            case "cols":
                self._read.columns = max(self._read.columns, min(number or 1, 45))
            case "shpleft" | "shptop" | "shpright" | "shpbottom" if state.shape:
                state.shape.edges[name] = number or 0
            case "plain":
                state.letters = Letters(font=self._tables.default)
            case "deff":
                self._tables.default = number or 0
                state.letters.font = number or 0
            case _:
                return False
        return True


def _shape_look(shape: Shape) -> Look:
    edges = shape.edges
    if edges.get("shpright", 1) <= -2 * 1440 or edges.get("shpleft", 0) >= 14 * 1440:
        return Look(hidden="off_page")
    if shape.properties.get("fHidden") == "1":
        return Look(hidden="hidden_run")
    if shape.properties.get("fFilled") == "0" or "fillColor" not in shape.properties:
        return Look(ground=OPEN_GROUND)
    text = shape.properties["fillColor"]
    if not text.isdigit() or shape.properties.get("fillType", "0") != "0":
        return Look(ground=None)
    value = int(text) & 0xFFFFFF
    return Look(ground=f"{value & 0xFF:02x}{value >> 8 & 0xFF:02x}{value >> 16:02x}")
