"""The home's own certificate authority and the server certificate it signs.

The authority may only vouch for addresses of local networks and for ``.local`` names: a phone that trusts it does
not trust it for any site on the internet, even if the home's files are stolen.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from wanjia.lan.addresses import LOCAL_NETWORKS, Address

AUTHORITY, SERVER = "authority", "server"
_AUTHORITY_DAYS, _SERVER_DAYS = 1825, 397
_RENEW_DAYS = 30
"""A certificate with less time left than this is made anew."""
_SKEW = timedelta(days=1)
"""A phone's clock may be behind."""


def ensure_certificates(folder: Path, address: Address, name: str) -> None:
    """Make what is missing in ``folder`` or no longer fits: authority and server, each a ``.crt`` and a ``.key``.

    The authority stays while it lasts, so that phones that trust it go on trusting.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = _read(folder, AUTHORITY)
    if authority is None or _ends_soon(authority[0]):
        authority = _make_authority(name)
        _write(folder, AUTHORITY, *authority)
    server = _read(folder, SERVER)
    if server is None or not _fits(server[0], authority[0], address, name):
        _write(folder, SERVER, *_make_server(authority, address, name))


def fingerprint(folder: Path) -> str:
    """SHA-256 of the authority's certificate, as phones show it."""
    digest = _certificate(folder / f"{AUTHORITY}.crt").fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def authority_bytes(folder: Path) -> bytes:
    """The authority's certificate (DER), which iPhone and Android take in."""
    return _certificate(folder / f"{AUTHORITY}.crt").public_bytes(serialization.Encoding.DER)


Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def _make_authority(name: str) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    # the machine's name tells two authorities on one phone apart
    subject = _named(f"万家 本地证书 {name}")
    permitted: list[x509.GeneralName] = [x509.IPAddress(network) for network in LOCAL_NETWORKS]
    builder = (
        _builder(subject, subject, key, _AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(
            x509.NameConstraints(
                permitted_subtrees=[*permitted, x509.DNSName("local")], excluded_subtrees=None
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _make_server(authority: Pair, address: Address, name: str) -> Pair:
    issuer, issuer_key = authority
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(address), x509.DNSName(name)])
    signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    builder = (
        _builder(_named(str(address)), issuer.subject, key, _SERVER_DAYS)
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(signer, critical=False)
    )
    return builder.sign(issuer_key, hashes.SHA256()), key


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + timedelta(days=days) - _SKEW)
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _fits(server: x509.Certificate, authority: x509.Certificate, address: Address, name: str) -> bool:
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    try:
        server.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return (
        not _ends_soon(server)
        and address in names.get_values_for_type(x509.IPAddress)
        and name in names.get_values_for_type(x509.DNSName)
    )


def _ends_soon(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc - datetime.now(UTC) < timedelta(days=_RENEW_DAYS)


def _certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _read(folder: Path, name: str) -> Pair | None:
    """Read a certificate with its key; ``None`` where either is missing or they do not belong together."""
    try:
        certificate = _certificate(folder / f"{name}.crt")
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        return None
    return certificate, key


def _write(folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for suffix, content in (
        ("key", secret),
        ("crt", certificate.public_bytes(serialization.Encoding.PEM)),
    ):
        _put(folder / f"{name}.{suffix}", content)


def _put(path: Path, content: bytes) -> None:
    """Write with mode 600 from the first byte on, whole or not at all."""
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
