"""What is sealed opens only whole, only in its place, only with its key."""

import random
from itertools import product

import pytest

from backend.errors import Tampered
from backend.security.encryption import KeyRing, key_from, new_key, seal, unseal

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
PLACE = ("ada", "resumes", "sealed", "r1")
PLAIN = "Led a team of six · 東京".encode()


def test_what_was_sealed_opens_in_its_place() -> None:
    assert unseal(KEY, seal(KEY, PLAIN, *PLACE), *PLACE) == PLAIN


def test_the_same_text_never_seals_to_the_same_bytes() -> None:
    assert len({seal(KEY, PLAIN, *PLACE) for _ in range(200)}) == 200


def test_a_thousand_altered_ciphertexts_are_refused() -> None:
    """Bits flipped, bytes cut, added, doubled and zeroed, at every place."""
    rng, sealed = random.Random(5), seal(KEY, PLAIN, *PLACE)
    refused = 0
    for n in range(1_000):
        bad = bytearray(sealed)
        place = n % len(bad)
        match n % 5:
            case 0:
                bad[place] ^= 1 << rng.randrange(8)
            case 1:
                del bad[place:]
            case 2:
                bad.insert(place, rng.randrange(256))
            case 3:
                del bad[place]
            case _:
                bad += bytes([rng.randrange(256)])
        if bytes(bad) == sealed:
            continue
        with pytest.raises(Tampered):
            unseal(KEY, bytes(bad), *PLACE)
        refused += 1
    assert refused > 990


def test_a_ciphertext_moved_to_any_other_place_is_refused() -> None:
    people, collections, fields, ids = ("ada", "eve", ""), ("resumes", "chunks"), ("sealed", "text"), ("r1", "r2", "1")
    sealed = seal(KEY, PLAIN, *PLACE)
    others = [place for place in product(people, collections, fields, ids) if place != PLACE]
    others += [
        ("ad", "aresumes", "sealed", "r1"),
        ("ada", "resumes", "sealed", "r", "1"),
        ("ada|resumes", "sealed", "r1"),
    ]
    for place in others:
        with pytest.raises(Tampered):
            unseal(KEY, sealed, *place)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Tampered):
        unseal(OTHER, seal(KEY, PLAIN, *PLACE), *PLACE)


def test_a_new_key_wraps_and_the_old_one_still_unwraps() -> None:
    person = new_key()
    wrapped = KeyRing((KEY,)).wrap(person, "ada")
    ring = KeyRing((OTHER, KEY))
    assert ring.unwrap(wrapped, "ada") == person
    assert not ring.is_current(wrapped)
    assert ring.is_current(ring.wrap(person, "ada"))


def test_a_key_that_was_taken_out_of_the_settings_is_asked_for() -> None:
    with pytest.raises(Tampered, match="ENCRYPTION_PREVIOUS_KEYS"):
        KeyRing((OTHER,)).unwrap(KeyRing((KEY,)).wrap(new_key(), "ada"), "ada")


def test_a_wrapped_key_given_to_somebody_else_is_refused() -> None:
    ring = KeyRing((KEY,))
    with pytest.raises(Tampered):
        ring.unwrap(ring.wrap(new_key(), "ada"), "eve")


@pytest.mark.parametrize("text", ["", "short", "not base64!!", "AAAA", "A" * 44])
def test_a_setting_that_is_no_key_says_how_to_make_one(text: str) -> None:
    with pytest.raises(ValueError, match="openssl rand"):
        key_from(text)


def test_a_ring_does_not_show_its_keys() -> None:
    assert KEY.hex() not in repr(KeyRing((KEY,)))
    assert "\\x01" not in repr(KeyRing((KEY,)))
