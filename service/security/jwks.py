"""JSON Web Key Set -> the public keys in it that can be used; the others are set aside, each with its reason.

KeysUnusable   what came is no key set at all
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.exceptions import PyJWTError

PublicKey = EllipticCurvePublicKey | RSAPublicKey

RSA_BITS = range(2048, 8193)
_RSA = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
_CURVES = {"secp256r1": frozenset({"ES256"}), "secp384r1": frozenset({"ES384"})}
_THUMBED = {"EC": ("crv", "kty", "x", "y"), "RSA": ("e", "kty", "n")}
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


class KeysUnusable(Exception):
    """What came is no key set, or nothing came; the message never holds an address or a key."""


@dataclass(frozen=True)
class Key:
    """A public key, and the algorithms that its kind, its size and its own ``alg`` allow."""

    material: PublicKey
    algorithms: frozenset[str]
    thumbprint: str


@dataclass(frozen=True)
class KeySet:
    """Usable keys by key id; ``set_aside`` counts the others by reason."""

    keys: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)


def read_key_set(document: object) -> KeySet:
    """Return the keys of a decoded JWK Set; raise KeysUnusable."""
    listed = document.get("keys") if isinstance(document, Mapping) else None
    if not isinstance(listed, list | tuple):
        raise KeysUnusable("it is no JSON Web Key Set: it needs the list keys")
    keys: dict[str, tuple[Key, ...]] = {}
    aside: Counter[str] = Counter()
    for jwk in listed:
        key = _key(jwk)
        if isinstance(key, Key):
            keys[jwk["kid"]] = (*keys.get(jwk["kid"], ()), key)
        else:
            aside[key] += 1
    return KeySet(keys, aside)


def thumbprint(jwk: Mapping[str, Any]) -> str:
    """Return the RFC 7638 thumbprint of a key of kind EC or RSA."""
    members = {name: jwk[name] for name in _THUMBED[jwk["kty"]]}
    digest = hashlib.sha256(json.dumps(members, sort_keys=True, separators=(",", ":")).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def fitting(material: PublicKey) -> frozenset[str]:
    """Return the algorithms that the key's kind, curve and size allow; none where it is too weak."""
    if isinstance(material, EllipticCurvePublicKey):
        return _CURVES.get(material.curve.name, frozenset())
    return _RSA if material.key_size in RSA_BITS else frozenset()


def _key(listed: object) -> Key | str:
    if not isinstance(listed, Mapping):
        return "no key"
    # Some servers write every member that a key could have.
    jwk = {name: value for name, value in listed.items() if value not in (None, [], ())}
    if reason := _unfit(jwk):
        return reason
    material = _material(jwk)
    if material is None:
        return "unreadable"
    algorithms = fitting(material)
    if not algorithms:
        return "too weak, or of another size or curve"
    algorithms &= {jwk["alg"]} if "alg" in jwk else algorithms
    return Key(material, algorithms, _thumbprint(material)) if algorithms else "for another algorithm"


def _unfit(jwk: Mapping[str, Any]) -> str | None:
    if not isinstance(jwk.get("kid"), str) or not jwk["kid"]:
        return "without kid"
    if _PRIVATE & jwk.keys():
        return "with its private part"
    operations = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(operations, list | tuple) or "verify" not in operations:
        return "not for signatures"
    return None if isinstance(jwk.get("alg", ""), str) else "unreadable"


def _material(jwk: Mapping[str, Any]) -> PublicKey | None:
    try:
        made = (RSAAlgorithm if jwk.get("kty") == "RSA" else ECAlgorithm).from_jwk(dict(jwk))
    except (PyJWTError, UnsupportedAlgorithm, ValueError, TypeError, AttributeError):
        return None
    return made if isinstance(made, EllipticCurvePublicKey | RSAPublicKey) else None


def _thumbprint(material: PublicKey) -> str:
    # From the key itself: its written form may pad numbers.
    if isinstance(material, RSAPublicKey):
        return thumbprint(RSAAlgorithm.to_jwk(material, as_dict=True))
    return thumbprint(ECAlgorithm.to_jwk(material, as_dict=True))
