"""Read ballots; `list_results` is what annual results read."""

from sihao.ballots.queries.results import list_results

__all__ = ["list_results"]
