"""Tokens that nobody may get in with. Each has the name of the trick it plays."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any, NamedTuple

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

from backend.tests.security.issuing import Issuer

Claims = Mapping[str, Any]
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
OURS, THEIRS = "ours", "theirs"


class Forged(NamedTuple):
    trick: str
    token: str


@dataclass(frozen=True)
class Known:
    """What an attacker may have: what is public, a valid token of each kind, and a key pair of their own. The secrets are
    here for tokens that are rightly signed and wrong in something else."""

    secret: str
    kid: str
    issuer: Issuer
    claims: Claims
    their_claims: Claims
    valid: str
    their_valid: str
    other_valid: str
    """Somebody else's valid token."""
    now: float

    def ours(self, claims: Claims, **header: Any) -> str:
        """Rightly signed by us."""
        return raw({"typ": "JWT", "alg": "HS256", "kid": self.kid} | header, claims, mac(self.secret.encode()))


def forgeries(known: Known) -> Iterator[Forged]:
    tricks = (
        unsigned, other_algorithms, confused, with_foreign_kids, with_own_keys, with_wrong_claims, with_odd_times,
        with_odd_names, of_another_kind, flipped, cut, swapped, misspelt, doubled, oversized,
    )  # fmt: skip
    for trick in tricks:
        for token in trick(known):
            yield Forged(trick.__name__, token)


def part(value: Any) -> str:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64url_encode(data).decode()


Sign = Callable[[bytes], bytes]


def mac(key: bytes, digest: str = "sha256") -> Sign:
    return lambda text: hmac.digest(key, text, digest)


def nothing(_: bytes) -> bytes:
    return b""


def raw(header: Any, claims: Any, sign: Sign) -> str:
    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part(sign(text.encode()))}"


def both(known: Known) -> tuple[Claims, Claims]:
    return known.claims, known.their_claims


def unsigned(known: Known) -> Iterator[str]:
    spelt = ["".join(letters) for letters in product("nN", "oO", "nN", "eE")]
    names = [*spelt, "", None, " none", "none ", "none\0", "nоne", "null", 0, [], ["HS256"], {}, "HS256\0", "hs256"]
    for claims, name, header in product(both(known), names, ({}, {"kid": known.kid}, {"kid": "rsa-1"})):
        yield raw({"typ": "JWT", "alg": name} | header, claims, nothing)
        yield raw({"typ": "JWT", "alg": name} | header, claims, mac(b""))
    yield raw({"typ": "JWT"}, known.claims, mac(known.secret.encode()))
    for name in names:
        yield raw({"typ": "JWT", "alg": name, "kid": known.kid}, known.claims, mac(known.secret.encode()))


def other_algorithms(known: Known) -> Iterator[str]:
    """Signed with the right secret by a way that we did not choose."""
    secret = known.secret.encode()
    for name, digest in (("HS384", "sha384"), ("HS512", "sha512"), ("HS256", "sha512"), ("HS256", "md5")):
        yield raw({"typ": "JWT", "alg": name, "kid": known.kid}, known.claims, mac(secret, digest))
    for name in ("RS256", "RS512", "PS256", "ES256", "EdDSA", "A128GCM", "dir", "RSA1_5"):
        yield raw({"typ": "JWT", "alg": name, "kid": known.kid}, known.claims, mac(secret))
    for name in ("RS256", "RS384", "PS256", "ES256"):  # a right signature of theirs under claims that say ours
        yield known.issuer.token(known.claims, name)
        yield known.issuer.token(known.claims, name, kid=known.kid)


def confused(known: Known) -> Iterator[str]:
    """The provider's public key, in every form it is known in, as if it were a shared secret."""
    public = known.issuer.rsa.public_key()
    jwk = known.issuer.published[0]
    pem, pkcs1 = (public.public_bytes(Encoding.PEM, f) for f in (PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1))
    der, der1 = (public.public_bytes(Encoding.DER, f) for f in (PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1))
    curve = known.issuer.ec.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    texts = [json.dumps(jwk).encode(), json.dumps(jwk, separators=(",", ":")).encode(), jwk["n"].encode()]
    keys = [pem, pem.strip(), pem.replace(b"\n", b"\r\n"), pkcs1, der, der1, curve, *texts, b"rsa-1", jwk["e"].encode()]
    for key, claims, digest in product(keys, both(known), ("sha256", "sha384", "sha512")):
        for kid in ({}, {"kid": "rsa-1"}, {"kid": "ec-1"}, {"kid": known.kid}):
            yield raw({"typ": "JWT", "alg": f"HS{digest[3:]}"} | kid, claims, mac(key, digest))


KIDS = (
    "../../../../dev/null", "/dev/null", "../../../../../../etc/passwd", "..\\..\\windows\\win.ini", "file:///dev/null",
    "' OR '1'='1", "' UNION SELECT 'key' -- ", "1; DROP TABLE keys", "http://127.0.0.1/key", "https://evil.example/k.pem",
    "ftp://evil.example", "//evil.example/k", "| cat /etc/passwd", "$(id)", "`id`", "{{7*7}}", "${jndi:ldap://evil.example}",
    "%00", "\0", "", " ", "key\0.pem", "..%2f..%2fdev%2fnull", "kid\r\nX-Injected: 1", "0", "-1", "None", "null", "undefined",
    "__class__", "*", "?", "[object Object]", "clé", "🔑", "rsa-1", "ec-1", "rsa-1\0", "RSA-1", "k" * 9_000, "../" * 2_000,
)  # fmt: skip


def with_foreign_kids(known: Known) -> Iterator[str]:
    for kid, claims in product(KIDS, both(known)):
        for key in (b"", kid.encode(), b"\0", b"null", b"key"):
            yield raw({"typ": "JWT", "alg": "HS256", "kid": kid}, claims, mac(key))
    for kid in (*KIDS, 0, None, [], {}, ["x"], True, {"$ne": ""}):  # rightly signed, under a name that is no key's
        yield known.ours(known.claims, kid=kid)
        yield raw({"typ": "JWT", "alg": "RS256", "kid": kid}, known.their_claims, mac(b"x" * 32))


def with_own_keys(known: Known) -> Iterator[str]:
    """Signed by the attacker, with a header that says where to find the attacker's key."""
    own, curve = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
    jwk = RSAAlgorithm.to_jwk(own.public_key(), as_dict=True)
    evil, secret = f"{known.issuer.url}/evil", b"attacker-attacker-attacker-attack"
    oct_key = {"kty": "oct", "k": part(secret)}
    pointers: list[dict[str, Any]] = [
        {}, {"jku": evil}, {"x5u": evil}, {"jwk": jwk | {"kid": "rsa-1"}}, {"jwk": oct_key}, {"x5c": ["MIIB"]},
        {"jku": f"{known.issuer.url}/keys#{evil}"}, {"jku": f"{known.issuer.url}@evil.example/keys"}, {"x5t": "AAAA"},
        {"crit": ["exp"]}, {"crit": []}, {"b64": False, "crit": ["b64"]}, {"zip": "DEF"}, {"cty": "JWT"}, {"typ": "JOSE"},
    ]  # fmt: skip
    for pointer, claims, kid in product(pointers, both(known), ("rsa-1", "ec-1", known.kid, "evil")):
        header = pointer | {"kid": kid}
        yield raw({"alg": "HS256"} | header, claims, mac(secret))
        if "b64" not in pointer:
            yield jwt.encode(dict(claims), own, "RS256", headers=header)
            yield jwt.encode(dict(claims), curve, "ES256", headers=header)
    for critical in (["exp"], [], ["b64"], "exp"):  # what must be understood, and is not
        yield known.ours(known.claims, crit=critical)


def with_wrong_claims(known: Known) -> Iterator[str]:
    audiences = ["", "other", "TAILOR", "tailor ", [], ["other"], {}, 0, True, {"tailor": 1}, "http://tailor"]
    url = known.issuer.url
    issuers = [
        "",
        "other",
        "TAILOR",
        "tailor/",
        [],
        ["tailor"],
        {},
        0,
        f"{url}/",
        url.upper(),
        f"{url} ",
        [url],
        "http://127.0.0.1",
    ]
    for value in audiences:
        yield known.ours({**known.claims, "aud": value})
        yield known.issuer.token({**known.their_claims, "aud": value})
    for value in issuers:
        yield known.ours({**known.claims, "iss": value})
    for value in ["", "other", f"{url}/", url.replace("http:", "https:"), f"{url}@evil.example", [url], {url: 1}]:
        yield raw({"alg": "RS256", "kid": "rsa-1"}, {**known.their_claims, "iss": value}, nothing)
    yield known.ours(known.their_claims)  # our signature, the provider's claims
    for typ in ("JOSE", "JWE", "refresh+jwt", "dpop+jwt", "logout+jwt", "secevent+jwt", "", 0, [], {}, "at+JWT\0"):
        yield known.ours(known.claims, typ=typ)
    for typ in ("JOSE", "dpop+jwt", "logout+jwt", "secevent+jwt"):
        yield known.issuer.token(known.their_claims, typ=typ)
    for name in ("sub", "exp"):
        yield known.ours({key: value for key, value in known.claims.items() if key != name})
    for name in ("sub", "exp", "iss", "aud"):
        yield known.issuer.token({key: value for key, value in known.their_claims.items() if key != name})


def with_odd_times(known: Known) -> Iterator[str]:
    over = [0, -1, 1, known.now, known.now - 1, known.now - 86_400]
    odd = [
        str(known.now + 600),
        "never",
        "",
        None,
        [],
        [known.now + 600],
        {},
        True,
        False,
        float("inf"),
        float("nan"),
        1e300,
        10**400,
        -1e9,
    ]
    for value in over + odd:
        yield known.ours({**known.claims, "exp": value})
        yield raw_rsa(known, {**known.their_claims, "exp": value})
    for name, value in product(("nbf", "iat"), [known.now + 120, known.now + 86_400, 1e12, *odd]):
        yield known.ours({**known.claims, name: value})
        yield raw_rsa(known, {**known.their_claims, name: value})


def with_odd_names(known: Known) -> Iterator[str]:
    for value in ("", None, [], {}, 0, 1, True, ["a"], {"$ne": ""}, {"$gt": ""}, 1.5, [known.claims["sub"]]):
        yield known.ours({**known.claims, "sub": value})
        yield raw_rsa(known, {**known.their_claims, "sub": value})
    for value in ("refresh", "share", "", None, [], ["access"], {}, "ACCESS", "access ", 0, True):
        yield known.ours({**known.claims, "use": value})
    for value in ("unknown", "../x", ["a"], {"$ne": ""}, 1, True, {}, [], "0" * 24):
        yield known.ours({**known.claims, "sid": value})


def raw_rsa(known: Known, claims: Claims) -> str:
    """Rightly signed by the provider, whatever the claims hold."""
    text = f"{part({'typ': 'JWT', 'alg': 'RS256', 'kid': 'rsa-1'})}.{part(dict(claims))}"
    signed = RSAAlgorithm(RSAAlgorithm.SHA256).sign(text.encode(), known.issuer.rsa)
    return f"{text}.{part(signed)}"


def of_another_kind(known: Known) -> Iterator[str]:
    yield from (
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "null",
        "Bearer",
        "{}",
        "[]",
        "Basic YTpi",
        known.claims["sub"],
        known.kid,
        known.secret,
    )
    weak = (
        "",
        "secret",
        "tailor",
        "changeme",
        "password",
        known.secret[:-1],
        known.secret + " ",
        known.secret.upper(),
        known.kid,
    )
    for secret in (*weak, hashlib.sha256(known.secret.encode()).hexdigest()):
        for kid in ({}, {"kid": known.kid}):
            yield raw({"typ": "JWT", "alg": "HS256"} | kid, known.claims, mac(secret.encode()))
    for shape in ([], "text", 1, None, [known.claims], b"", b"{", b"\xff\xfe", b'{"sub"'):
        yield raw({"typ": "JWT", "alg": "HS256", "kid": known.kid}, shape, mac(known.secret.encode()))
        yield raw(shape, known.claims, mac(known.secret.encode()))


def flipped(known: Known) -> Iterator[str]:
    """One bit of every byte of each part, and every character once."""
    for token in (known.valid, known.their_valid):
        parts = token.split(".")
        for place, text in enumerate(parts):
            data = jwt.utils.base64url_decode(text)
            for at in range(len(data)):
                changed = data[:at] + bytes([data[at] ^ (1 << at % 8)]) + data[at + 1 :]
                yield ".".join([*parts[:place], part(changed), *parts[place + 1 :]])
        for at, letter in enumerate(token):
            if letter != ".":
                yield f"{token[:at]}{ALPHABET[ALPHABET.index(letter) ^ 1]}{token[at + 1 :]}"


def cut(known: Known) -> Iterator[str]:
    for token in (known.valid, known.their_valid):
        yield from (token[:at] for at in range(len(token)))
        yield from (token[at:] for at in range(1, len(token), 3))


def swapped(known: Known) -> Iterator[str]:
    tokens = {known.valid, known.their_valid, known.other_valid}
    pieces = [piece for token in sorted(tokens) for piece in token.split(".")]
    for header, claims, signature in permutations(pieces, 3):
        if (token := f"{header}.{claims}.{signature}") not in tokens:
            yield token


def misspelt(known: Known) -> Iterator[str]:
    for token in (known.valid, known.their_valid):
        for mark in (" ", "\n", "\t", "\0", "=", "==", "﻿", "​", "é", ".", "%00", "\r\n", "!", "+", "/", "🙂", ","):
            yield token + mark
            yield mark + token
            yield token.replace(".", f"{mark}.", 1)
            yield token.replace(".", f".{mark}", 1)
            yield f"{token[:-4]}{mark}{token[-4:]}"
        yield from (
            f"Bearer {token}",
            f"{token}.",
            f"{token}.{token}",
            f'"{token}"',
            token.upper(),
            token.lower(),
            token.swapcase(),
        )
        yield token.translate({ord(c): ord(c) + 0xFEE0 for c in ALPHABET[:62]})  # full width
        yield token.replace(".", "。")
        yield token.replace("-", "+").replace("_", "/") + "="


def doubled(known: Known) -> Iterator[str]:
    """The same key twice, in the hope that two readers choose differently."""
    sub, other = json.dumps(known.claims["sub"]), json.dumps("0" * 24)
    rest = json.dumps({k: v for k, v in known.claims.items() if k != "sub"})[1:]
    for first, last in ((sub, other), (other, sub)):
        yield raw(
            {"typ": "JWT", "alg": "HS256", "kid": known.kid},
            f'{{"sub": {first}, "sub": {last}, {rest}'.encode(),
            mac(b"x" * 32),
        )
    for first, last in (("none", "HS256"), ("HS256", "none"), ("RS256", "HS256"), ("HS256", "RS256")):
        for kid in (known.kid, "rsa-1"):
            header = f'{{"alg": "{first}", "alg": "{last}", "kid": "{kid}", "kid": "rsa-1"}}'.encode()
            for claims, sign in product(both(known), (nothing, mac(b""), mac(b"x" * 32))):
                yield raw(header, claims, sign)


def oversized(known: Known) -> Iterator[str]:
    deep = b"[" * 5_000 + b"]" * 5_000
    right = mac(known.secret.encode())
    header = {"typ": "JWT", "alg": "HS256", "kid": known.kid}
    yield "a" * 1_000_000
    yield "." * 100_000
    yield "a." * 50_000
    yield raw(header, {**known.claims, "more": "x" * 1_000_000}, right)
    for value in (
        deep,
        b'{"sub": ' + deep + b"}",
        b'{"iss": ' + deep + b"}",
        b'{"exp": ' + b"9" * 5_000 + b"}",
        b"9" * 5_000,
    ):
        yield raw(header, value, right)
        yield raw(value, known.claims, right)
        yield raw({"alg": "RS256", "kid": "rsa-1"}, value, nothing)
    yield raw({**header, "more": "x" * 1_000_000}, known.claims, right)
