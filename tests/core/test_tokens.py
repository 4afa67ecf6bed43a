"""Access tokens outlive nothing: a signature that was good once does not keep a token alive."""

import time

import pytest
from jose import JWTError

from sihao.core.tokens import Tokens, new_signing_key


def test_a_token_that_was_read_before_is_refused_once_it_has_expired() -> None:
    keys = Tokens(new_signing_key(), "sihao")
    token = keys.issue("somebody", -4)
    assert keys.read(token)["sub"] == "somebody"
    time.sleep(2.1)
    with pytest.raises(JWTError, match="expired"):
        keys.read(token)


def test_a_token_signed_by_another_key_is_refused_every_time() -> None:
    keys, others = Tokens(new_signing_key(), "sihao"), Tokens(new_signing_key(), "sihao")
    token = others.issue("somebody", 900)
    for _ in range(2):
        with pytest.raises(JWTError):
            keys.read(token)
