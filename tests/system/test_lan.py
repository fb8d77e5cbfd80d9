"""``wanjia up --lan``: real handshakes with the certificate made on the spot, and what is opened to whom."""

import json
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests
from cryptography import x509

from scanner import read_terminal
from wanjia.chain.local_node import free_port
from wanjia.config import SettingsError, load_settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.db.migrate import upgrade
from wanjia.identity.staff import create_staff
from wanjia.identity.vault import Vault
from wanjia.lan import certificates
from wanjia.lan.addresses import NoLocalAddress, local_address
from wanjia.lan.certificates import authority_bytes, ensure_certificates, fingerprint
from wanjia.lan.settings import lan_settings
from wanjia.secrets_file import make_home
from wanjia.serving import all_invented
from wanjia.simulation.people import save_officials
from wanjia.simulation.sample_world import SampleWorld, officials_file

ADDRESS = "127.0.0.1"
NAME = "house.local"
PASSWORD = "a long pass phrase"  # noqa: S105  of a home that lasts one test
UP_SECONDS = 90


def _shake_hands(folder: Path, *, asked: str, trusted: Path | None = None) -> dict[str, object]:
    """Let a client that trusts the authority talk to a server with the certificate; give what it was shown."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.crt", folder / "server.key")
    client = ssl.create_default_context(cafile=trusted or folder / "authority.crt")
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    there = server.wrap_bio(incoming, outgoing, server_side=True)
    here = client.wrap_bio(outgoing, incoming, server_hostname=asked)
    for _ in range(4):
        for side in (here, there):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    shown = here.getpeercert()
    assert shown
    return dict(shown)


def test_a_client_that_trusts_the_authority_accepts_the_server(tmp_path: Path) -> None:
    """By address and by name; under another name, or trusting another home's authority, it refuses."""
    ensure_certificates(tmp_path / "one", ip_address(ADDRESS), NAME)
    ensure_certificates(tmp_path / "two", ip_address(ADDRESS), NAME)
    for asked in (ADDRESS, NAME):
        names = _shake_hands(tmp_path / "one", asked=asked)["subjectAltName"]
        assert names == (("IP Address", ADDRESS), ("DNS", NAME))
    with pytest.raises(ssl.SSLCertVerificationError, match="mismatch"):
        _shake_hands(tmp_path / "one", asked="10.0.0.9")
    with pytest.raises(ssl.SSLCertVerificationError, match="verify failed"):
        _shake_hands(tmp_path / "one", asked=ADDRESS, trusted=tmp_path / "two" / "authority.crt")


@pytest.mark.parametrize(("address", "name"), [(ADDRESS, "bank.example"), ("203.0.113.5", NAME)])
def test_the_authority_is_good_for_local_networks_only(tmp_path: Path, address: str, name: str) -> None:
    """Whoever steals its key still cannot pass for a site of the internet."""
    ensure_certificates(tmp_path, ip_address(address), name)
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        _shake_hands(tmp_path, asked=name if address == ADDRESS else address)


def test_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Mode 600, in a folder nobody else may enter."""
    folder = tmp_path / "certificates"
    ensure_certificates(folder, ip_address(ADDRESS), NAME)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {
        f"{who}.{what}" for who in ("authority", "server") for what in ("crt", "key")
    }
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert fingerprint(folder).count(":") == 31
    assert x509.load_der_x509_certificate(authority_bytes(folder)).subject


def test_certificates_are_made_anew_when_they_no_longer_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another address, or too little time left: a new server certificate under the same authority."""

    def files() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def remade(before: dict[str, bytes]) -> set[str]:
        return {name for name, content in files().items() if before[name] != content}

    ensure_certificates(tmp_path, ip_address("10.1.1.1"), NAME)
    first = files()
    ensure_certificates(tmp_path, ip_address("10.1.1.1"), NAME)
    assert remade(first) == set()
    ensure_certificates(tmp_path, ip_address(ADDRESS), NAME)
    assert remade(first) == {"server.crt", "server.key"}
    _shake_hands(tmp_path, asked=ADDRESS)
    second = files()

    class Later(datetime):
        """A year on, less than a month before the server's certificate ends."""

        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            """The time then."""
            assert tz is UTC
            return datetime.now(UTC) + timedelta(days=380)

    monkeypatch.setattr(certificates, "datetime", Later)
    ensure_certificates(tmp_path, ip_address(ADDRESS), NAME)
    assert remade(second) == {"server.crt", "server.key"}
    (tmp_path / "authority.key").unlink()
    ensure_certificates(tmp_path, ip_address(ADDRESS), NAME)
    assert remade(second) == set(second)


@pytest.mark.parametrize("given", ["garden", "8.8.8.8", "10.255.255.254", "0.0.0.0"])  # noqa: S104  refused
def test_only_this_machines_local_addresses_are_served(given: str) -> None:
    """No name, no address of the internet, none of another machine, not every address at once."""
    with pytest.raises(NoLocalAddress, match=given):
        local_address(given)
    assert local_address(ADDRESS) == ip_address(ADDRESS)


def test_codes_are_opened_to_the_network_for_the_sample_alone(tmp_path: Path) -> None:
    """Without the sample the outbox stays shut, and a home that shows codes to itself is not served to others."""
    make_home(tmp_path)
    address = ip_address(ADDRESS)
    own = {"WANJIA_HOME": str(tmp_path), "WANJIA_OUTBOX_PAGE": "1"}
    opened = load_settings(own | lan_settings(tmp_path, address, codes_for_all=True))
    assert opened.outbox_page
    assert not load_settings(
        {"WANJIA_HOME": str(tmp_path)} | lan_settings(tmp_path, address, codes_for_all=False)
    ).outbox_page
    with pytest.raises(SettingsError, match="WANJIA_OUTBOX_PAGE"):
        load_settings(
            own
            | lan_settings(tmp_path, address, codes_for_all=False)
            | {"WANJIA_PUBLIC_URL": "https://10.0.0.2:8000"}
        )
    assert opened.public_url == "https://127.0.0.1:8000"


def test_a_home_with_real_communities_is_no_sample(tmp_path: Path) -> None:
    """The sample alone is all invented; one community beside it and codes stay private."""
    make_home(tmp_path)
    settings = load_settings({"WANJIA_HOME": str(tmp_path)})
    upgrade(settings.database_url)
    world = SampleWorld("sample", "sample", "0x00", open_meeting=2, finished_meeting=1, notice_meeting=3)
    database = Database(open_engine(settings.database_url))
    assert not all_invented(settings)
    (tmp_path / "sample-world.json").write_text(json.dumps(asdict(world)))
    save_officials(officials_file(tmp_path), [])
    for at, (slug, invented) in enumerate((("sample", True), ("real", False))):
        with database.write() as session:
            places = ("registry_address", "open_meeting_address", "notary_address")
            addresses = {place: f"0x{3 * at + number:040x}" for number, place in enumerate(places)}
            session.add(Community(slug=slug, name=slug, salt=bytes(32), first_block=0, **addresses))
        assert all_invented(settings) is invented
    database.engine.dispose()


@dataclass(frozen=True, slots=True)
class Site:
    """A home served to the network: its link, its authority's certificate, what was printed, its operator."""

    url: str
    authority: Path
    said: Path
    totp_secret: str

    def get(self, path: str) -> requests.Response:
        """Ask as a client that trusts the authority."""
        return requests.get(self.url + path, verify=str(self.authority), timeout=10)


def _home_with_operator(home: Path) -> str:
    make_home(home)
    settings = load_settings({"WANJIA_HOME": str(home)})
    upgrade(settings.database_url)
    database = Database(open_engine(settings.database_url))
    with database.write() as session:
        link = create_staff(
            session,
            Vault(settings.data_key),
            username="operator",
            password=PASSWORD,
            role="operator",
            community_id=None,
            address=None,
            now=0,
        )
    database.engine.dispose()
    return parse_qs(urlsplit(link).query)["secret"][0]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a home without communities by the command itself."""
    home = tmp_path_factory.mktemp("lan")
    totp_secret = _home_with_operator(home)
    port, said = free_port(), home / "said"
    with said.open("wb") as output:
        up = subprocess.Popen(
            [sys.executable, "-m", "wanjia", "up", "--lan", ADDRESS],
            env={
                **os.environ,
                "WANJIA_HOME": str(home),
                "WANJIA_BIND": f"0.0.0.0:{port}",
                "WANJIA_RPC_URL": f"http://127.0.0.1:{free_port()}",
                "WANJIA_WEB_WORKERS": "1",
            },
            stdout=output,
            stderr=output,
        )
        try:
            deadline = time.monotonic() + UP_SECONDS
            while "/api/docs" not in said.read_text():
                assert up.poll() is None, said.read_text()
                assert time.monotonic() < deadline, said.read_text()
                time.sleep(0.2)
            yield Site(f"https://{ADDRESS}:{port}", home / "certificates/authority.crt", said, totp_secret)
        finally:
            up.terminate()
            up.wait(30)


@pytest.mark.slow
def test_the_network_is_served_over_https_alone(site: Site) -> None:
    """A trusting client is answered; a stranger to the authority refuses; plain HTTP gets no page."""
    answer = site.get("/api/communities")
    assert answer.json() == []
    # a phone that was told to insist on HTTPS could never go past the warning of a certificate it does not know
    assert "Strict-Transport-Security" not in answer.headers
    with pytest.raises(requests.exceptions.SSLError, match="verify failed"):
        requests.get(site.url, timeout=10)
    with pytest.raises(requests.exceptions.ConnectionError):
        requests.get(site.url.replace("https:", "http:"), timeout=10)
    assert site.get("/api/dev/outbox").status_code == 404


@pytest.mark.slow
def test_a_phone_can_fetch_the_authority(site: Site) -> None:
    """The bytes of the home's authority, whose fingerprint the terminal showed beside link and code."""
    answer = site.get("/api/authority.crt")
    assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
    assert answer.content == authority_bytes(site.authority.parent)
    told = site.said.read_text()
    assert fingerprint(site.authority.parent) in told
    assert f"{site.url}/trust" in told
    assert read_terminal(told) == site.url
    assert "虚构" not in told


@pytest.mark.slow
def test_the_cookie_never_goes_over_plain_http(site: Site) -> None:
    """A session's cookie is Secure, HttpOnly, Strict, and bound to this host by its name."""
    answer = requests.post(
        f"{site.url}/api/staff/login",
        json={"username": "operator", "password": PASSWORD, "totp": pyotp.TOTP(site.totp_secret).now()},
        headers={"Origin": site.url},
        verify=str(site.authority),
        timeout=10,
    )
    assert answer.status_code == 200
    name, *flags = answer.headers["Set-Cookie"].split("; ")
    assert name.startswith("__Host-wanjia=")
    assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(flags)
