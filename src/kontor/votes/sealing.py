"""Seal what was chosen until it is counted.

A ballot lies beside a roll that tells who has voted. Whoever saw the two twice, in two backups a vote apart,
could read the choice off the difference. So a ballot is locked with a key of which half is the secret of the
installation and half lies in a row that no backup holds (votes.models.BallotKey). All sealed ballots of a
vote are equally long, whatever was chosen, and carry no time.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.crypto import salted_hmac

from kontor.votes.choices import Choice
from kontor.votes.models import BallotKey
from kontor.votes.problems import VoteError

_NONCE_BYTES = 12
_ABSTAINS = 255


def new_half() -> str:
    """Return the half of a key that is kept with the vote."""
    return secrets.token_hex(32)


def sealed(choice: Choice, options: Sequence[int], key: BallotKey) -> str:
    """Return the choice so that only the key opens it: one byte for each option, 0 where it is not ranked."""
    plain = bytes([_ABSTAINS if choice.abstains else 0, *(choice.ranks.get(each, 0) for each in options)])
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return base64.b64encode(nonce + _lock(key).encrypt(nonce, plain, _about(key))).decode()


def unsealed(text: str, options: Sequence[int], key: BallotKey) -> Choice:
    """Return the choice that `sealed` was given; raises VoteError "vote.key_lost" for another key."""
    raw = base64.b64decode(text)
    try:
        plain = _lock(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _about(key))
    except InvalidTag:
        raise VoteError("vote.key_lost") from None
    ranks = {option: rank for option, rank in zip(options, plain[1:], strict=True) if rank}
    return Choice(ranks, abstains=plain[0] == _ABSTAINS)


def _lock(key: BallotKey) -> AESGCM:
    whole = salted_hmac("votes.ballots", f"{key.vote_id}:{key.half}", algorithm="sha256")
    return AESGCM(whole.digest())


def _about(key: BallotKey) -> bytes:
    """A ballot put into another box does not open."""
    return f"vote:{key.vote_id}".encode()
