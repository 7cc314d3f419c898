"""Nobody makes this service reach what is not of the open web, however the address is written."""

import re
from collections.abc import Sequence
from ipaddress import ip_address
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.adapters.page_fetcher import WebPageFetcher
from backend.adapters.web.address import parsed_address
from backend.adapters.web.public import is_public
from backend.adapters.web.refusals import AddressRefused, PageUnavailable
from backend.errors import InvalidInput
from backend.tests.unit.adapters.web.sites import answer, connects, resolver, site

INNER = [
    str(ip_address(0)), "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "100.127.255.255", "127.0.0.1",
    "127.1.2.3", "127.255.255.255", "169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.1", "198.19.255.255",
    "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "168.63.129.16",
]  # fmt: skip
INNER_6 = [
    "::", "::1", "::2", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1",
    "::ffff:0:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b::10.0.0.1",
    "64:ff9b:1::10.0.0.1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1",
    "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "2002:a9fe:a9fe::1", "2620:4f:8000::1", "3fff::1",
    "5f00::1", "fc00::1", "fd00::8", "fd00:ec2::254", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "172.15.0.1",
    "172.32.0.1",
    "100.63.255.255",
    "192.169.0.1",
    "223.255.255.254",
]
PUBLIC_6 = ["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "64:ff9b::8.8.8.8", "2001:4860:4860::8888"]

# Forms that some reader of addresses takes for an inner host, or for another host than the one that is checked.
TRICKS = [
    # loopback and metadata as other numbers
    "http://2130706433/", "http://0x7f000001/", "http://0x7F.0x0.0x0.0x1/", "http://0177.0.0.1/", "http://0177.0.0.01/",
    "http://017700000001/", "http://127.1/", "http://127.0.1/", "http://0/", "http://0x0/", "http://00000/", "http://1/",
    "http://127.0.0.1./", "http://127.0.0.1../", "http://127.000.000.001/", "http://0127.0.0.1/", "http://2852039166/",
    "http://0xa9fea9fe/", "http://0xA9.0xFE.0xA9.0xFE/", "http://0251.0376.0251.0376/", "http://169.254.43518/",
    "http://169.16689662/", "http://4294967295/", "http://4294967296/", "http://18446744073709551617/", "http://127.0.0.256/",
    "http://127.0.0.1.0/", "http://1.2.3/", "http://0x7f.1/", "http://0x/", "http://0x.0x.0x.0x/", "http://127.0.0.0x1/",
    "http://job.example.0x7f/", "http://job.example.127/", "http://127.0.0.1:80:80/", "http://127。0。0。1/", "http://127．0．0．1/",
    "http://127｡0｡0｡1/", "http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://١٢٧.0.0.1/", "http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/",
    "http://127.0.0.1%00.job.example/", "http://127.0.0.1%2f.job.example/", "http://%31%32%37.0.0.1/", "http://+127.0.0.1/",
    "http://-127.0.0.1/", "http://127.0.0.-1/", "http://１６９。２５４。１６９。２５４/",
    # IPv6 in odd forms
    "http://[::1%25lo]/", "http://[::1%lo]/", "http://[fe80::1%25eth0]/", "http://[fe80::1%eth0]/", "http://::1/",
    "http://[::1/", "http://::1]/", "http://[[::1]]/", "http://[::1].job.example/", "http://job.example[::1]/", "http://[]/",
    "http://[:::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[0000:0000:0000:0000:0000:0000:0000:0001]/", "http://[::0:1]/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::ffff:7f00:0001]/", "http://[v1.127001]/", "http://[127.0.0.1]/",
    "http://[::ffff:127.1]/", "http://[::ffff:0177.0.0.1]/", "http://[::１]/", "http://[::1]x/", "http://[::1]:/",
    "http://[::1]:080/", "http://[::1]@job.example/", "http://0:0:0:0:0:0:0:1/",
    # names of inner networks
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://localhost../", "http://sub.localhost/",
    "http://localhost.localdomain/", "http://ｌｏｃａｌｈｏｓｔ/", "http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://loc\u00adalhost/", "http://loc\u200balhost/",
    "http://metadata/", "http://metadata.google.internal/", "http://METADATA.GOOGLE.INTERNAL./", "http://kubernetes.default.svc.cluster.local/",
    "http://mongo/", "http://redis:80/", "http://host.docker.internal/", "http://printer.lan/", "http://nas.home.arpa/",
    "http://wiki.intranet/", "http://x.onion/", "http://a/", "http://.localhost/", "http://ſocalhost/", "http://localhoſt/",
    # a name or a password, and other ways to hide the host
    "http://job.example@127.0.0.1/", "http://127.0.0.1@job.example/", "http://user:pass@job.example/", "http://@127.0.0.1/",
    "http://job.example:80@127.0.0.1/", "http://job.example%40127.0.0.1/", "http://job.example#@127.0.0.1\\@/",
    "http://127.0.0.1\\@job.example/", "http://job.example\\@127.0.0.1/", "http:\\\\127.0.0.1\\", "http:/\\127.0.0.1/",
    "http://job.example\\.127.0.0.1/", "http://127.0.0.1\\.job.example/", "http://foo@evil@127.0.0.1/", "http://a:b@c:d@127.0.0.1:80/",
    "http://job.example&@127.0.0.1#@job.example/", "http://user@/", "http://:@/", "http://:80/",
    # whitespace and control characters
    "http://127.0.0.1\t/", "ht\ttp://127.0.0.1/", "http://127.\n0.0.1/", "http://127.0.0.1\r\nHost: job.example/", "http://job.example\x00.127.0.0.1/",
    "http://job.example /", "http:// job.example/", "http://job.example/\r\nX: y", "http://job.example/ HTTP/1.1\r\nHost: 127.0.0.1", "http://job\u3000example/",
    "http://job.example\u2028/", "http://job.example\x7f/", "http://\x01job.example/", "http://job.exa\u0000mple/",
    # schemes and shapes
    "file:///etc/passwd", "ftp://job.example/", "gopher://127.0.0.1:6379/_INFO", "dict://127.0.0.1:11211/", "ldap://127.0.0.1/",
    "data:text/html,<p>hi", "javascript:alert(1)", "about:blank", "jar:http://127.0.0.1!/", "ws://job.example/", "unix:/run/x.sock",
    "http+unix://%2Frun%2Fdocker.sock/", "//127.0.0.1/", "127.0.0.1", "job.example", "http:127.0.0.1", "http:/127.0.0.1", "http:///127.0.0.1/",
    "http:////127.0.0.1/", "http://", "http:///", "https://", "http://?x", "http://#x", "", " ", "http", "://127.0.0.1", "url:http://127.0.0.1/",
    "hxxp://job.example/", "https:127.0.0.1", "http://[", "http://]", "http://a..b/", "http://.job.example/", "http://job.example../",
    "http://-job.example/", "http://job-.example/", "http://job_x.example/", "http://" + "a" * 64 + ".example/", "http://" + "a." * 130 + "example/",
    "http://job.example/" + "x" * 2_000, "http://job.example,127.0.0.1/", "http://job.example;127.0.0.1/", "http://job.example|127.0.0.1/",
    "http://job.example{127.0.0.1}/", "http://(127.0.0.1)/", "http://xn--/", "http://ａ.example/", "http://exam℀ple.com/", "http://job.example／127.0.0.1/",
    "http://job.example？127.0.0.1/", "http://job.example＃127.0.0.1/", "http://job.example＠127.0.0.1/", "http://127.0.0.1：80/",
    # ports
    "http://job.example:22/", "http://job.example:6379/", "http://job.example:8080/", "http://job.example:27017/", "http://job.example:0/",
    "http://job.example:65536/", "http://job.example:99999999999/", "http://job.example:-80/", "http://job.example:+80/", "http://job.example:080/",
    "http://job.example:0x50/", "http://job.example:８０/", "http://job.example: 80/", "http://job.example:/", "http://job.example:80:/", "https://job.example:8443/",
]  # fmt: skip
WRITTEN = [f"{scheme}://{host}/" for scheme in ("http", "https") for host in (*INNER, *(f"[{ip}]" for ip in INNER_6))]


async def everything_inner(host: str, port: int) -> Sequence[str]:
    """A resolver under an attacker's hand: numbers stand for themselves, every name for an inner address."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        return ["169.254.169.254"]


@pytest.fixture(scope="module")
def deceived() -> WebPageFetcher:
    return WebPageFetcher(resolve=everything_inner)


@pytest.mark.parametrize("url", [*TRICKS, *WRITTEN])
async def test_no_form_of_an_address_reaches_an_inner_host(url: str, deceived: WebPageFetcher) -> None:
    with connects() as connected, pytest.raises(InvalidInput) as refusal:
        await deceived.fetch(url)
    assert connected == []
    assert "Paste the text" in refusal.value.detail


@pytest.mark.parametrize("url", TRICKS)
def test_an_odd_form_is_refused_before_anything_is_looked_up_or_leads_to_the_host_it_shows(url: str) -> None:
    try:
        address = parsed_address(url)
    except AddressRefused:
        return
    shown = re.match(r"https?://\[?([^\]/]+)\]?/", url)
    assert shown is not None
    # What is left is a number in its one right form, in which the check of addresses sees what it is.
    assert ip_address(address.host) == ip_address(shown[1].removesuffix("."))
    assert not is_public(address.host)


@pytest.mark.parametrize(
    "address", [*INNER, *INNER_6, "::1%lo", "fe80::1%eth0", "2606:4700::1%eth0", "", "job.example", "1.1.1.1 "]
)
def test_an_address_of_an_inner_network_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [*PUBLIC, *PUBLIC_6])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_whatever_carries_an_inner_ipv4_address_is_no_more_public_than_it(address: object) -> None:
    four = str(address)
    number = int(ip_address(four))
    carried = [f"::ffff:{four}", f"::{four}", f"64:ff9b::{four}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"]
    assert is_public(four) or not any(map(is_public, carried))


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("http://job.example", "job.example", "/"),
        ("HTTPS://Job.Example./a/b?c=d#e", "job.example", "/a/b?c=d"),
        ("https://job.example?x=1", "job.example", "/?x=1"),
        ("https://bücher.example/jobs/köln", "xn--bcher-kva.example", "/jobs/k%C3%B6ln"),
        ("https://job.example:443/%E4%BD%A0", "job.example", "/%E4%BD%A0"),
        ("http://1.1.1.1:80/", "1.1.1.1", "/"),
        ("http://[2606:4700:4700:0::1111]/", "2606:4700:4700::1111", "/"),
        ("  https://job.example/a\n", "job.example", "/a"),
        ("https://job.example/a@b:c", "job.example", "/a@b:c"),
        ("https://job.example/?next=http://127.0.0.1/", "job.example", "/?next=http://127.0.0.1/"),
    ],
)
def test_an_ordinary_address_is_read_as_it_is_meant(url: str, host: str, target: str) -> None:
    address = parsed_address(url)
    assert (address.host, address.target) == (host, target)


@given(st.text(max_size=60))
def test_any_text_is_an_address_to_a_plain_host_or_refused(text: str) -> None:
    try:
        address = parsed_address(f"http://{text}")
    except AddressRefused:
        return
    assert re.fullmatch(r"[a-z0-9.-]+|[0-9a-f:.]+", address.host)
    assert address.port in (80, 443)
    assert address.target.isascii()
    assert not re.search(r"[\s\x00-\x1f]", address.target)
    assert parsed_address(str(address)) == address


async def test_a_name_that_changes_its_address_never_leads_to_an_inner_one() -> None:
    """The resolver alternates between a public and an inner address; here loopback's first stands for the public web."""
    answers = cycle([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"], ["::1"]])
    asked = 0

    async def rebinding(host: str, port: int) -> Sequence[str]:
        nonlocal asked
        asked += 1
        return next(answers)

    async with site(answer()) as public, site(answer()) as inner:
        fetcher = WebPageFetcher(
            resolve=rebinding, is_public=lambda ip: ip == "127.0.0.1", ports=frozenset((public.port, inner.port))
        )
        reached = refused = 0
        with connects() as connected:
            for _ in range(1_000):
                try:
                    await fetcher.fetch(f"http://job.example:{public.port}/")
                    reached += 1
                except AddressRefused:
                    refused += 1
        assert (reached, refused) == (200, 800)
        assert asked == 1_000  # one look-up a fetch: there is no second to be answered otherwise
        assert set(connected) == {("127.0.0.1", public.port)}
        assert len(connected) == len(public.requests) == 200
        assert inner.requests == []


@pytest.mark.parametrize(
    "location",
    [
        "http://inner.example:{port}/", "//inner.example:{port}/", "http://127.0.0.2:{port}/", "http://2130706434:{port}/",
        "http://[::ffff:127.0.0.2]:{port}/", "http://job.example:{port}@127.0.0.2:{port}/", "http:\\\\127.0.0.2:{port}/",
        "/\\127.0.0.2:{port}/", "\t//127.0.0.2:{port}/", "file:///etc/passwd", "http://localhost:{port}/", "http://job.example:22/",
        "http://[127.0.0.2/", "javascript:1", "http://127.0.0.2:{port}\\@job.example/",
    ],
)  # fmt: skip
async def test_a_redirect_is_checked_as_the_first_address_was(location: str) -> None:
    async with site(lambda _: answer(b"", "302 Found", location=location.format(port=here.port))) as here:
        fetcher = WebPageFetcher(
            resolve=resolver(job_example=["127.0.0.1"], inner_example=["127.0.0.2"]),
            is_public=lambda ip: ip == "127.0.0.1",
            ports=frozenset((here.port,)),
        )
        with connects() as connected, pytest.raises(AddressRefused):
            await fetcher.fetch(f"http://job.example:{here.port}/")
    assert connected == [("127.0.0.1", here.port)]


async def test_a_name_that_is_not_there_and_one_of_an_inner_network_get_the_same_answer() -> None:
    fetcher = WebPageFetcher(resolve=resolver(inner_example=["10.0.0.1"]))
    told = []
    for host in ("inner.example", "nobody.example"):
        with pytest.raises(AddressRefused) as refusal:
            await fetcher.fetch(f"http://{host}/")
        told.append(refusal.value.detail.replace(host, "HOST"))
    assert told[0] == told[1]


async def test_the_environment_cannot_put_a_proxy_between(monkeypatch: pytest.MonkeyPatch) -> None:
    async with site(answer()) as proxy, site(answer()) as here:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        fetcher = WebPageFetcher(
            resolve=resolver(job_example=["127.0.0.1"]), is_public=lambda _: True, ports=frozenset((here.port,))
        )
        await fetcher.fetch(f"http://job.example:{here.port}/")
        assert len(here.requests) == 1
        assert proxy.requests == []


async def test_when_one_checked_address_does_not_answer_the_next_checked_one_is_asked() -> None:
    async with site(answer()) as here:
        fetcher = WebPageFetcher(
            resolve=resolver(job_example=["::1", "127.0.0.1"]), is_public=lambda _: True, ports=frozenset((here.port,))
        )
        with connects() as connected:
            await fetcher.fetch(f"http://job.example:{here.port}/")
    assert connected == [("::1", here.port), ("127.0.0.1", here.port)]


async def test_nobody_at_the_address_is_said_as_such() -> None:
    fetcher = WebPageFetcher(
        resolve=resolver(job_example=["127.0.0.1"]), is_public=lambda _: True, ports=frozenset((1,))
    )
    with pytest.raises(PageUnavailable, match="could not be reached"):
        await fetcher.fetch("http://job.example:1/")
