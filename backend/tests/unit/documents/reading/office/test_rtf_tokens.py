from backend.documents.reading.office.rtf_tokens import charset, code_page, tokens


def kinds(data: bytes) -> list[tuple[str, str, int | None, bytes]]:
    return [tuple(token) for token in tokens(data)]


def test_words_take_a_number_and_one_space() -> None:
    assert kinds(rb"\fs-12  a") == [("word", "fs", -12, b""), ("text", "", None, b" a")]
    assert kinds(rb"\b\i0") == [("word", "b", None, b""), ("word", "i", 0, b"")]


def test_bytes_symbols_and_groups() -> None:
    assert [kind for kind, *_ in kinds(rb"{\'e9\~\*}")] == ["open", "byte", "symbol", "symbol", "close"]


def test_binary_data_is_left_out() -> None:
    assert kinds(b"\\bin5 {{}\\}x") == [("text", "", None, b"x")]


def test_a_lone_backslash_at_the_end_is_nothing() -> None:
    assert kinds(b"a\\") == [("text", "", None, b"a")]


def test_code_pages() -> None:
    assert (code_page(1251), code_page(65001), code_page(99999)) == ("cp1251", "utf-8", "cp1252")
    assert (charset(204), charset(1)) == ("cp1251", "")
