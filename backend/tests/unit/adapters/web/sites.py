"""Sites on loopback: what a page fetcher meets, and a record of who was connected to."""

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from ipaddress import ip_address
from tempfile import NamedTemporaryFile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Answer = bytes | Callable[[str], bytes]
HTML = "text/html; charset=utf-8"


def answer(body: bytes = b"<p>A job</p>", status: str = "200 OK", **headers: str) -> bytes:
    """A whole HTTP answer. Underscores in names of headers stand for hyphens."""
    known = {"content-type": HTML, "content-length": str(len(body))}
    known |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in known.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@dataclass
class Site:
    """`requests` holds the head of every request, in order."""

    port: int = 0
    requests: list[str] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    """What TLS was told to be the name."""


@asynccontextmanager
async def site(reply: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    """Answers every request with `reply`, or with what it makes of the request's target."""
    opened = Site()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        opened.requests.append(head)
        writer.write(reply if isinstance(reply, bytes) else reply(head.split()[1]))
        await writer.drain()
        writer.close()

    def named(_: ssl.SSLSocket, name: str | None, __: ssl.SSLContext) -> None:
        opened.names.append(name)

    if tls is not None:
        tls.sni_callback = named  # type: ignore[assignment]
    async with asyncio_server(serve, host, tls) as port:
        opened.port = port
        yield opened


@asynccontextmanager
async def asyncio_server(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
    host: str = "127.0.0.1",
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[int]:
    """The port of a server that ends with the block, and its connections with it."""
    tasks: set[asyncio.Task[None]] = set()

    async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the caller hung up, as it should
        finally:
            tasks.discard(task)
            writer.close()

    server = await asyncio.start_server(kept, host, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def resolver(**hosts: Sequence[str]) -> Callable[[str, int], Awaitable[Sequence[str]]]:
    """Knows these hosts alone; "job_example" is "job.example". Numbers stand for themselves, as in any resolver."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        try:
            return [str(ip_address(host))]
        except ValueError:
            return hosts.get(host.replace(".", "_").replace("-", "_"), ())

    return resolve


class _Hook:
    """Hears what the interpreter reports of sockets. It stays for good: an audit hook cannot be taken away."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] | None = None
        sys.addaudithook(self)

    def __call__(self, event: str, details: tuple[object, ...]) -> None:
        if self.heard is not None and event == "socket.connect" and isinstance(address := details[1], tuple):
            self.heard.append((str(address[0]), int(address[1])))


@cache
def _hook() -> _Hook:
    return _Hook()


@contextmanager
def connects() -> Iterator[list[tuple[str, int]]]:
    """Every address that a socket of this process is told to connect to, as the interpreter itself reports it."""
    hook = _hook()
    hook.heard = heard = []
    try:
        yield heard
    finally:
        hook.heard = None


def certificate(name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side with a certificate for this name, and a client's side that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _server_side(pem, secret), ssl.create_default_context(cadata=pem.decode())


def _server_side(pem: bytes, secret: bytes) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile() as file:
        file.write(pem + secret)
        file.flush()
        context.load_cert_chain(file.name)
    return context
