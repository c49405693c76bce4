"""LoopFacts as JSON, for the store and for the pipe from a worker; bytes in names that are no text survive, escaped."""

import json
from dataclasses import asdict, fields
from functools import lru_cache
from sys import intern
from typing import Any, Final

from loopmind_chat.song.keys import parse_key
from loopmind_chat.song.loops import LoopFacts, TempoReading
from loopmind_chat.song.vocabulary import Role

_key = lru_cache(maxsize=64)(parse_key)
_ROLES: Final = {role.value: role for role in Role}
_FIELDS: Final = frozenset(field.name for field in fields(LoopFacts))


def facts_to_json(facts: LoopFacts) -> str:
    """One line of JSON that ``facts_from_json`` reads back as the same facts."""
    return json.dumps(facts_document(facts), separators=(",", ":"))


def facts_document(facts: LoopFacts) -> dict[str, Any]:
    """The facts as plain values: the key as "A minor", the role as its word."""
    plain = asdict(facts)
    plain["key"] = str(facts.key) if facts.key else None
    plain["role"] = str(facts.role)
    plain["bpm_alternates"] = list(facts.bpm_alternates)
    plain["tags"] = dict(facts.tags)
    plain["tempo_readings"] = [[r.bpm, r.beats, r.log_odds] for r in facts.tempo_readings]
    plain["role_odds"] = {str(role): odds for role, odds in facts.role_odds.items()}
    return plain


def facts_from_json(text: str | bytes) -> LoopFacts:
    """The facts that ``facts_to_json`` wrote; fields that a newer LoopMind added are left out."""
    plain: dict[str, Any] = json.loads(text)
    for name in plain.keys() - _FIELDS:
        del plain[name]
    plain["key"] = _key(plain["key"]) if plain.get("key") else None
    plain["role"] = _ROLES[plain["role"]]
    for word in ("tempo_source", "role_source"):
        plain[word] = intern(plain.get(word, ""))  # a few words, and 100,000 loops that say them
    plain["tags"] = {intern(tag): confidence for tag, confidence in plain.get("tags", {}).items()}
    plain["bpm_alternates"] = tuple(plain.get("bpm_alternates", ()))
    plain["tempo_readings"] = tuple([TempoReading(*reading) for reading in plain.get("tempo_readings", ())])
    plain["role_odds"] = {_ROLES[role]: odds for role, odds in plain.get("role_odds", {}).items()}
    return LoopFacts(**plain)
