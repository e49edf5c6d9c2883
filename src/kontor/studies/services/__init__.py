"""Writes of this room, by what somebody does: prepare, invite, weigh, judge, decide."""
