"""Wishes about what happens besides the song: sound, files, the library, the reply."""

import tomllib

from agent_sets.look import Look
from agent_sets.rules import rule
from loopmind_chat.home import resource
from loopmind_chat.song.find import section_kind


@rule(r"play(?: from (.+))?")
def play(look: Look, where: str | None) -> str:
    """It plays, from there."""
    if where is None:
        return "" if look.take_told("play", "play 0") else "it does not play"
    bar = int(where[4:]) - 1 if where.startswith("bar ") else look.after.start_bar(look.sections(where)[0].id)
    return "" if look.take_told(f"play {bar}") else "not from there"


@rule(r"stop")
def stop(look: Look) -> str:
    """It stops."""
    return "" if look.take_told("stop") else "it does not stop"


@rule(r"loop (.+)")
def loop(look: Look, where: str) -> str:
    """A section repeats, or (off) none does any more."""
    section = None if where == "off" else look.sections(where)[0].id
    return "" if look.take_told(f"loop {section}") else "not so"


@rule(r"export(?: (wav|mp3|flac|ogg))?( stems)?")
def export(look: Look, suffix: str | None, stems: str | None) -> str:
    """The mix was written in that format, with or without the tracks."""
    wanted = f"export {suffix or 'wav'}{stems or ''}"
    return "" if look.take_told(wanted) else "not written so"


@rule(r"(scan|save|open|fix|rate) (.+)")
def done(look: Look, what: str, rest: str) -> str:
    """A folder was scanned, a copy saved, a session opened, a loop corrected or rated; "a | b" is either."""
    if what == "open":
        look.left = look.before
        look.take_told("stop")  # another song is another transport
    ways = [f"{what} {way.strip()}" for way in rest.split("|")]
    return "" if look.take_told(*ways) else "not done"


@rule(r"reply has (.+)")
def reply_has(look: Look, ways: str) -> str:
    """The reply holds one of these texts, capitals apart."""
    said = look.reply.lower()
    return "" if any(way.strip().lower() in said for way in ways.split("|")) else look.reply[:90]


@rule(r"asked")
def asked(look: Look) -> str:
    """A question came back, and nothing was called."""
    return "" if not look.calls and is_question(look.reply) else look.reply[:90]


def is_question(reply: str) -> bool:
    """Whether a reply is one of the product's questions back."""
    texts = tomllib.loads(resource("prompts", "replies.toml").read_text("utf-8"))["ask"]
    return any(reply.startswith(text.partition("{")[0]) for ways in texts.values() for text in ways)


@rule(r"helpful")
def helpful(look: Look) -> str:
    """The reply names something that the song has, or says what is missing."""
    said = look.reply.lower()
    names = {t.name.lower() for t in look.before.tracks} | {s.name for s in look.before.sections}
    kinds = {str(s.kind) for s in look.before.sections if section_kind(str(s.kind))}
    says = any(text in said for text in ("there is no", "there are", "no track", "no section", "nothing "))
    return "" if says or any(name in said for name in names | kinds) else look.reply[:90]
