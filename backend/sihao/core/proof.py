"""Mark a route that asks for a fresh proof of who is there (step-up).

It only marks: who asks is known later, and whether he must depends on his account.
"""

from enum import StrEnum

from fastapi import Request


class Proof(StrEnum):
    """From whom a fresh proof is asked."""

    AS_SET = "as_set"
    """As `SIHAO_STEP_UP` says."""
    ALWAYS = "always"


def require_proof(request: Request) -> None:
    """Ask as the setting says: publishing, approving, granting, keys."""
    request.state.proof = Proof.AS_SET


def require_proof_always(request: Request) -> None:
    """Ask whoever it is: what changes how he proves himself."""
    request.state.proof = Proof.ALWAYS


def wanted_proof(request: Request) -> Proof | None:
    """Say what the route was marked with."""
    return getattr(request.state, "proof", None)
