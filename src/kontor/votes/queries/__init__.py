"""Reads of this room."""

from kontor.votes.queries.votes import Turnout, result, turnout, vote_of, votes_of

__all__ = ["Turnout", "result", "turnout", "vote_of", "votes_of"]
