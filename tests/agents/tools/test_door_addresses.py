"""Whatever the spelling, the way and the resolver: the door reaches public addresses and what a person allowed."""

from __future__ import annotations

import ipaddress
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.tools.addresses import Guard, is_public, shown
from agents.tools.door import Door
from core.errors import ResearchError
from tests.agents.tools.web_site import PUBLIC, Names, Site, Streets, answer, to

SPELLINGS = (
    # loopback, in the ways programs have been fooled with
    *("http://127.0.0.1/", "http://127.0.0.1:80/", "http://127.1/", "http://127.0.1/", "http://2130706433/"),
    *("http://0x7f000001/", "http://0x7f.0.0.1/", "http://0x7f.1/", "http://0177.0.0.1/", "http://017700000001/"),
    *("http://0177.0.0.01/", "http://127.0.0.1./", "http://127.000.000.001/", "http://0/", "http://0.0.0.0/"),
    *("http://１２７.0.0.1/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/"),
    *("http://%31%32%37.0.0.1/", "http://127.0.0.1%00.example.com/", "http://127.0.0.1%2f@example.test/"),
    *("http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://a.localhost/", "http://ⓛocalhost/"),
    *("http://localhost.localdomain/", "http://127.0.0.1\\@example.test/", "http:\\\\127.0.0.1/"),
    *("http://example.com@127.0.0.1/", "http://127.0.0.1@example.test/", "http://user:word@example.test/"),
    # IPv6
    *("http://[::1]/", "http://[0:0:0:0:0:0:0:1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/"),
    *("http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::127.0.0.1]/"),
    *("http://[64:ff9b::127.0.0.1]/", "http://[64:ff9b::a9fe:a9fe]/", "http://[64:ff9b:1::1]/"),
    *("http://[2002:7f00:1::]/", "http://[2002:a9fe:a9fe::1]/", "http://[2001:0:7f00:1::]/", "http://[fe80::1]/"),
    *("http://[fe80::1%25eth0]/", "http://[::1%25lo]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/"),
    *("http://[ff02::1]/", "http://[2001:db8::1]/", "http://[::ffff:0:127.0.0.1]/", "http://[fec0::1]/"),
    *("http://[2606:4700::5efe:7f00:1]/", "http://[::1]:80:80/", "http://[::1/", "http://::1/"),
    # private, link-local, shared, special
    *("http://10.0.0.1/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/"),
    *(
        "http://100.64.0.1/",
        "http://100.100.100.200/",
        "http://192.0.0.192/",
        "http://198.18.0.1/",
        "http://224.0.0.1/",
    ),
    *("http://255.255.255.255/", "http://240.0.0.1/", "http://168.63.129.16/", "http://192.0.2.1/"),
    *("http://2852039166/", "http://0xa9fea9fe/", "http://0251.0376.0251.0376/", "http://169.254.43518/"),
    *("http://metadata.google.internal/", "http://router/", "http://printer.local/", "http://nas.lan/"),
    # no web, other ports, no address
    *(
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://127.0.0.1:70/_x",
        "javascript:alert(1)",
        "data:text/html,x",
    ),
    *("http://example.com:22/", "http://example.com:6379/", "http://example.com:0/", "http://example.com:99999/"),
    *("http://example.com:8o/", "http:///etc/passwd", "http://", "//127.0.0.1/", "", "http://exa mple.com/"),
    *("http://example.com\r\nHost: 127.0.0.1/", "http://-a.example.com/", "http://a..example.com/", "http://.com/"),
    *(f"http://{'a' * 64}.com/", f"http://example.com/{'a' * 5_000}", "http://1.2.3/", "http://1.2.3.4.5/"),
)
INSIDE = (
    *("127.0.0.1", "10.1.2.3", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "fe80::1", "fe80::1%2", "fc00::1"),
    *("::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "224.0.0.1"),
    f"{PUBLIC} 127.0.0.1",
    f"192.168.0.1 {PUBLIC}",
)
"""What a resolver may answer for a name that looks harmless."""


async def refusal(door, url, **wishes):
    with pytest.raises(ResearchError) as caught:
        await door.get(url, **wishes)
    return caught.value


async def test_no_spelling_of_an_inner_address_is_gone_to():
    streets = Streets()
    async with Door(interval=0, backend=streets, resolver=Names()) as door:
        wrong = {url: error.fault for url in SPELLINGS if (error := await refusal(door, url)).fault != "refused"}
    assert len(SPELLINGS) >= 100
    assert wrong == {}
    assert streets.taken == []


async def test_no_redirect_leads_to_an_inner_address():
    locations = [url for url in SPELLINGS if url.startswith(("http:", "ftp:", "file:", "gopher:")) and url.isascii()]
    locations = [url for url in locations if url.isprintable() and re.match(r"\w+://[^/]", url)]
    site = Site({f"/{number}": to(url) for number, url in enumerate(locations)})
    async with site.served():
        streets = Streets()
        async with Door(allowed=frozenset({site.place}), interval=0, backend=streets, resolver=Names()) as door:
            errors = [await refusal(door, site.url(f"/{number}")) for number in range(len(locations))]
    assert len(locations) >= 70
    assert [url for url, error in zip(locations, errors, strict=True) if error.fault != "refused"] == []
    assert set(streets.taken) == {site.place}
    assert site.paths == [f"/{number}" for number in range(len(locations))]


async def test_a_name_that_means_an_inner_address_is_refused():
    names = Names(**{f"n{number}_example_com": [said] for number, said in enumerate(INSIDE)})
    streets = Streets({PUBLIC: 1})
    async with Door(interval=0, backend=streets, resolver=names) as door:
        errors = [await refusal(door, f"http://n{number}.example.com/") for number in range(len(INSIDE))]
    assert {error.fault for error in errors} == {"refused"}
    assert streets.taken == []


async def test_a_name_is_resolved_once_and_that_address_is_gone_to():
    site = Site({"/": answer("public")})
    async with site.served():
        names, streets = Names(rebind_example_com=[PUBLIC, "127.0.0.1"]), Streets({PUBLIC: site.port})
        async with Door(interval=0, backend=streets, resolver=names) as door:
            assert (await door.get("http://rebind.example.com/", fresh=0)).text == "public"
            assert names.asked == ["rebind.example.com"]
            assert streets.taken == [f"{PUBLIC}:80"]
            assert site.asked[0].headers["host"] == "rebind.example.com"
            await door.aclose()  # the next connection asks again, and is answered from inside
            assert (await refusal(door, "http://rebind.example.com/", fresh=0)).fault == "refused"
        assert streets.taken == [f"{PUBLIC}:80"]


async def test_a_redirect_to_a_name_that_means_an_inner_address_is_refused():
    site = Site({"/": to("http://inner.example.com/")})
    async with site.served():
        names = Names(outer_example_com=[PUBLIC], inner_example_com=["10.0.0.7"])
        streets = Streets({PUBLIC: site.port, "10.0.0.7": site.port})
        async with Door(interval=0, backend=streets, resolver=names) as door:
            error = await refusal(door, "http://outer.example.com/")
    assert (error.fault, error.facts["detail"]) == ("refused", "inner.example.com = 10.0.0.7")
    assert streets.taken == [f"{PUBLIC}:80"]


async def test_only_what_a_person_allowed_is_reached_beside_public_addresses():
    site = Site({"/": answer("mine")})
    async with site.served():
        names = Names(wiki_corp_example=["127.0.0.1"], other_corp_example=["127.0.0.1"])
        allowed = frozenset({f"wiki.corp.example:{site.port}", f"LOCALHOST:{site.port}", "", "x:y", "a b:80", "[::1"})
        names.meanings["localhost"] = ["127.0.0.1"]
        async with Door(allowed=allowed, interval=0, resolver=names) as door:
            assert (await door.get(f"http://wiki.corp.example:{site.port}/")).text == "mine"
            assert (await door.get(f"http://localhost.:{site.port}/")).text == "mine"
            for url in (site.url(), f"http://other.corp.example:{site.port}/", "http://wiki.corp.example/"):
                assert (await refusal(door, url)).fault == "refused"


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("HTTPS://Example.COM", "https://example.com/"),
        ("http://example.com.:8080/a b?q=c d#part", "http://example.com:8080/a%20b?q=c%20d"),
        ("https://example.com:443/%7Euser/?a=%20", "https://example.com/%7Euser/?a=%20"),
        ("https://пример.рф/путь", "https://xn--e1afmkfd.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
        ("http://93.184.216.34/", "http://93.184.216.34/"),
        ("http://[2606:4700:0:0::6810:85E5]/", "http://[2606:4700::6810:85e5]/"),
        ("http://[64:ff9b::93.184.216.34]/", "http://[64:ff9b::5db8:d822]/"),
    ],
)
def test_public_addresses_have_one_spelling(url, written):
    target = Guard().target(url)
    assert target.url == written
    assert Guard().target(written) == target


@given(st.integers(0, 2**32 - 1))
def test_an_address_inside_another_is_judged_like_itself(number):
    plain = ipaddress.IPv4Address(number)
    assert is_public(ipaddress.IPv6Address(0xFFFF << 32 | number)) == is_public(plain)
    assert is_public(ipaddress.IPv6Address((0x0064_FF9B << 96) | number)) == is_public(plain)
    assert not is_public(ipaddress.IPv6Address((0x2002 << 112) | (number << 80)))
    assert not is_public(ipaddress.IPv6Address(number))
    assert not (is_public(plain) and not plain.is_global)


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://[", "//", "http://a.com:"]))
def test_any_text_is_a_public_web_address_or_refused(text, start):
    try:
        target = Guard().target(start + text)
    except ResearchError:
        return
    assert target.url.isascii()
    assert target.url.isprintable()
    assert Guard().target(target.url) == target
    assert target.literal is None or is_public(target.literal)


def test_an_address_is_shown_without_what_it_hides():
    assert shown("https://user:word@example.test/a?key=sesame#b") == "https://example.test/a?..."
    assert shown("http://a.com/\u202egnp.\x00") == "http://a.com/\\u202egnp.\\u0000"
    assert len(shown("http://a.com/" + "b" * 9_000)) < 250
