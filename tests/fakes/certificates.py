"""Certificates for servers of this machine: a root of our own, and one for 127.0.0.1 that it signed."""

from __future__ import annotations

import datetime as dt
import ipaddress
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

HERE = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])


def named(name: str) -> x509.SubjectAlternativeName:
    """What a certificate for a server of this name says."""
    return x509.SubjectAlternativeName([x509.DNSName(name)])


def make_authority(folder: Path, whom: x509.SubjectAlternativeName = HERE) -> Path:
    """Write `root.pem`, `here.pem` and `here.key` into the folder and return it."""
    root_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, name = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, said)]) for said in ("Our root", "here"))
    root = _unsigned(root_name, root_name, root_key)
    root = root.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    here = _unsigned(name, root_name, key).add_extension(whom, critical=False)
    for file, certificate in (("root.pem", root), ("here.pem", here)):
        signed = certificate.sign(root_key, hashes.SHA256())
        (folder / file).write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "here.key").write_bytes(key.private_bytes(*private))
    return folder


def _unsigned(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = dt.datetime.now(dt.UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - dt.timedelta(hours=1)).not_valid_after(now + dt.timedelta(days=2))
