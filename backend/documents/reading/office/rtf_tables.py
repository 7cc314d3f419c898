"""RTF's tables of fonts, colours and styles."""

from dataclasses import dataclass, field

from backend.documents.reading.office.rtf_tokens import charset, code_page


@dataclass(slots=True)
class Tables:
    default: int = -1
    _fonts: dict[int, str] = field(default_factory=dict)
    _codecs: dict[int, str] = field(default_factory=dict)
    _colours: list[str] = field(default_factory=list)
    _styles: dict[int, str] = field(default_factory=dict)
    _font: int = 0
    _style: int = 0
    _is_paragraph: bool = True
    _text: str = ""
    _channels: dict[str, int] = field(default_factory=dict)

    def colour(self, place: int) -> str:
        return self._colours[place] if 0 <= place < len(self._colours) else ""

    def font(self, number: int) -> str:
        return self._fonts.get(number, "")

    def codec(self, number: int) -> str:
        """The codec of a font's letters; "" for the document's own."""
        return self._codecs.get(number, "")

    def style(self, number: int) -> str:
        return self._styles.get(number, "")

    def word(self, table: str, name: str, number: int | None) -> None:
        value = number or 0
        match table, name:
            case "fonttbl", "f":
                self._font = value
            case "fonttbl", "fcharset":
                self._codecs[self._font] = charset(value)
            case "fonttbl", "cpg":
                self._codecs[self._font] = code_page(value)
            case "colortbl", ("red" | "green" | "blue"):
                self._channels[name] = value & 0xFF
            case "stylesheet", "s":
                self._style, self._is_paragraph = value, True
            case "stylesheet", ("cs" | "ts" | "ds"):
                self._is_paragraph = False

    def text(self, table: str, text: str) -> None:
        *ended, rest = text.split(";")
        for part in ended:
            self._text += part
            self._entry(table)
        self._text += rest

    def close(self, table: str) -> None:
        """The end of a group: a last entry may lack its semicolon."""
        if self._text.strip():
            self._entry(table)
        self._text = ""

    def _entry(self, table: str) -> None:
        name, self._text = self._text.strip(), ""
        if table == "fonttbl":
            self._fonts.setdefault(self._font, name)
        elif table == "colortbl":
            parts = [self._channels.get(channel, 0) for channel in ("red", "green", "blue")]
            self._colours.append("".join(f"{part:02x}" for part in parts) if self._channels else "")
            self._channels = {}
        else:
            if self._is_paragraph:
                self._styles.setdefault(self._style, name)
            self._style, self._is_paragraph = 0, True
