"""The other side, for tests and trials: makes key pairs and signs tokens as a CDS Client does.

KeyUnusable   a key file that cannot sign: what to change, in words
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from service.security.jwks import fitting, thumbprint

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

_CURVES = {"ES256": ec.SECP256R1, "ES384": ec.SECP384R1}
_BITS = 3072


class KeyUnusable(Exception):
    """A key file that cannot sign; the message says what to change and holds nothing of the file."""


@dataclass(frozen=True)
class Signer:
    """A private key with the algorithm and the key id under which it signs."""

    material: PrivateKey
    algorithm: str
    key_id: str

    def pem(self) -> bytes:
        """Return the private key as PKCS #8 PEM."""
        return self.material.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def key_set(self) -> dict[str, Any]:
        """Return the JWK Set with the public key only."""
        members = _members(self.material)
        return {"keys": [{**members, "kid": self.key_id, "alg": self.algorithm, "use": "sig"}]}

    def token(self, issuer: str, audience: str, *, seconds: int = 300, tenant: str | None = None) -> str:
        """Return a new token for one call of ``audience``, good from now on for so many seconds."""
        now = int(time.time())
        claims = {"iss": issuer, "aud": audience, "iat": now, "exp": now + seconds, "jti": str(uuid4())}
        return self.sign(claims | ({"tenant": tenant} if tenant else {}))

    def sign(self, claims: Mapping[str, Any], **headers: object) -> str:
        """Return a token with exactly these claims."""
        named = {"typ": "JWT", "kid": self.key_id, **headers}
        return jwt.encode(dict(claims), self.material, algorithm=self.algorithm, headers=named)


def new_signer(algorithm: str) -> Signer:
    """Return a new key pair; its id is its RFC 7638 thumbprint."""
    made = (
        ec.generate_private_key(_CURVES[algorithm]())
        if algorithm in _CURVES
        else rsa.generate_private_key(65537, _BITS)
    )
    return Signer(made, algorithm, thumbprint(_members(made)))


def read_signer(file: bytes, algorithm: str | None = None, key_id: str | None = None) -> Signer:
    """Return the signer in a PEM file or a JSON Web Key; raise KeyUnusable."""
    written = _jwk(file) if file.lstrip().startswith(b"{") else None
    material = _from_pem(file) if written is None else _from_jwk(written)
    own = written or {}
    fit = fitting(material.public_key())
    if not fit:
        raise KeyUnusable("this key is too weak, or of another curve. Use P-256, P-384, or RSA of 2048 to 8192 bits")
    chosen = algorithm or str(own.get("alg") or ("RS384" if "RS384" in fit else min(fit)))
    if chosen not in fit:
        raise KeyUnusable(f"this key cannot sign with {chosen}, only with {', '.join(sorted(fit))}")
    return Signer(material, chosen, key_id or str(own.get("kid") or thumbprint(_members(material))))


def _members(material: PrivateKey) -> dict[str, Any]:
    public = material.public_key()
    made = (
        RSAAlgorithm.to_jwk(public, as_dict=True)
        if isinstance(public, rsa.RSAPublicKey)
        else ECAlgorithm.to_jwk(public, as_dict=True)
    )
    return {name: value for name, value in made.items() if name != "key_ops"}


def _jwk(file: bytes) -> dict[str, Any]:
    try:
        found = json.loads(file)
    except (ValueError, RecursionError):
        raise KeyUnusable("is not JSON. Give a PEM file, or a JSON Web Key with its private part") from None
    keys = found.get("keys")
    only = keys[0] if isinstance(keys, list) and len(keys) == 1 and isinstance(keys[0], dict) else found
    return dict(only)


def _from_jwk(written: Mapping[str, Any]) -> PrivateKey:
    try:
        made = (RSAAlgorithm if written.get("kty") == "RSA" else ECAlgorithm).from_jwk(dict(written))
    except (jwt.PyJWTError, UnsupportedAlgorithm, ValueError, TypeError, AttributeError, KeyError):
        raise KeyUnusable("is no JSON Web Key of kind EC or RSA") from None
    return _private(made)


def _from_pem(file: bytes) -> PrivateKey:
    try:
        made = load_pem_private_key(file, password=None)
    except TypeError:
        raise KeyUnusable("is encrypted with a password. Give a key without one") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyUnusable("holds no private key. Make one with: vascular-cds token new-key --out FILE") from None
    return _private(made)


def _private(made: object) -> PrivateKey:
    if isinstance(made, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        return made
    raise KeyUnusable("is not the private key of a pair of kind EC or RSA. Only that can sign")
