"""One layout a deliverable: how threads become a post, an email, a newsletter."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import phrasing
from .particulars import ADDRESSEE, HASHTAGS, IN_FULL, SENDER, SOURCES_WANTED
from .passages import paragraphs
from .plot import requests
from .prose import capitalised, enumerate_in_words
from .sections import Desk, byline, names_topic, sections, source_list, title
from .shorts import LONG_POST, SUBJECT_CHARACTERS, hashtags, hook, social_posts, subject_candidates
from .talks import places_line
from .threads import Thread
from .wishes import Kind

EVERYTHING = 10**6  # words: more than anybody asks for
A_SENTENCE = 40  # words at most, so that there is enough to choose from
ONE_PARAGRAPH = 150  # words up to which a summary is one


def article(desk: Desk, words: int) -> str:
    """Title, opening, sections, conclusion, sources."""
    chosen = desk.chosen(words)
    return "\n\n".join(
        [*title(desk, chosen), *byline(desk, chosen), *sections(desk, chosen, words), *source_list(desk, chosen)]
    )


def report(desk: Desk, words: int) -> str:
    """An article that says first what it is."""
    chosen = desk.chosen(words)
    lead = [desk.say(phrasing.REPORT_LEAD, topic=desk.plot.topic)] if names_topic(desk) else []
    return "\n\n".join([*title(desk, chosen), *lead, *sections(desk, chosen, words), *source_list(desk, chosen)])


def newsletter(desk: Desk, words: int) -> str:
    """Title, what is in this issue, short sections."""
    chosen = desk.chosen(words)
    wanted = source_list(desk, chosen) if SOURCES_WANTED.search(desk.job.asked) else []
    if wanted and desk.plot.talk:  # an email goes on to its closing line
        wanted = [desk.say(phrasing.TALK_PLACES, places=places_line(chosen))]
    parts = sections(desk, chosen, words, phrasing.NEWSLETTER_LEAD, conclusion=False)
    close = [desk.say(phrasing.NEWSLETTER_CLOSE)] if desk.job.demands.call_to_action else []
    short = len(desk.plot.title) <= SUBJECT_CHARACTERS
    heading = title(desk, chosen) if short or not desk.plot.talk else [f"# {subject(desk, words)}"]
    return "\n\n".join([*heading, *byline(desk, chosen), *parts, *wanted, *close])


def email(desk: Desk, words: int) -> str:
    """Subject, greeting, what matters, a way to answer, a name if one is given."""
    task, role = requests(desk.job)
    asked = f"{role}\n{task}"
    chosen = desk.chosen(EVERYTHING if IN_FULL.search(asked) and not desk.wish.words else words - 30)
    to, sender = ADDRESSEE.search(task) or ADDRESSEE.search(role), SENDER.search(asked)
    lines = [f"Subject: {desk.plot.title}", _greeting(to["to"]) if to else phrasing.GREETING]
    if len(chosen) > 2:
        lead = phrasing.EMAIL_LEAD if names_topic(desk) else phrasing.EMAIL_PLAIN_LEAD
        lines.append(desk.say(lead, topic=desk.plot.topic))
    lines += paragraphs(chosen)
    if SOURCES_WANTED.search(asked) and (sources := desk.sources(chosen)):
        lines.append(
            desk.say(phrasing.EMAIL_SOURCES, sources=enumerate_in_words([f'"{source}"' for source in sources]))
        )
    lines += [
        desk.say(phrasing.EMAIL_CLOSE),
        desk.say(phrasing.SIGN_OFF) + (f"\n{capitalised(sender['sender'].rstrip('.'))}" if sender else ""),
    ]
    return "\n\n".join(lines)


def social(desk: Desk, words: int) -> str:  # noqa: ARG001  # every layout is called alike, and a post has its limit in characters
    """As many posts as asked, apart by a blank line; one that may be long, with a hook, paragraphs and a question."""
    if desk.plot.talk and desk.wish.characters >= LONG_POST and desk.wish.count == 1:
        return long_post(desk)
    return "\n\n".join(social_posts(desk.plot, desk.wish, desk.job.asked))


def long_post(desk: Desk) -> str:
    """The strongest line, whose words these are, short paragraphs, a question, hashtags: within the limit."""
    tags = [" ".join(hashtags(desk.plot))] if HASHTAGS.search(desk.job.asked) else []
    text = ""
    for words in range(desk.wish.aim, 20, -15):
        chosen = desk.chosen(words)
        first = hook(chosen, desk.plot.topic)
        rest = [thread for thread in chosen if thread is not first]
        told = [*([first.text] if first else []), *byline(desk, chosen), *paragraphs(rest, roomy=True)]
        text = "\n\n".join([*told, desk.say(phrasing.ASK_THE_READER), *tags])
        if len(text) <= desk.wish.characters:
            break
    return text


def community(desk: Desk, words: int) -> str:
    """A greeting, two or three short paragraphs, a question that invites replies."""
    chosen = desk.chosen(words - (30 if desk.plot.talk else 12))
    told = [desk.say(phrasing.COMMUNITY_LEAD), *byline(desk, chosen), *paragraphs(chosen)]
    return "\n\n".join([*told, desk.say(phrasing.COMMUNITY_CLOSE)])


def subject(desk: Desk, words: int) -> str:  # noqa: ARG001
    """Subject lines, another one for another sample."""
    limit = desk.wish.characters or SUBJECT_CHARACTERS
    candidates = subject_candidates(desk.plot, limit)
    drawn = sorted(candidates, key=lambda line: desk.job.chance("subject", line))
    return "\n".join(drawn[: desk.wish.count])


def plain(desk: Desk, words: int) -> str:
    """Paragraphs and nothing else: a summary, a description."""
    chosen = desk.chosen(words)
    if desk.wish.sentences:
        chosen = _so_many_sentences(desk, words)
    return "\n\n".join(
        paragraphs(chosen, most=desk.wish.paragraphs or int(sum(thread.words for thread in chosen) <= ONE_PARAGRAPH))
    )


def _greeting(to: str) -> str:
    """A name is addressed by itself, a group as everyone in it."""
    return phrasing.GREETING_NAMED.format(
        name=to if to[0].isupper() else re.sub(r"^(?:the|our|all|my|your)\s+", "", to)
    )


def _so_many_sentences(desk: Desk, words: int) -> list[Thread]:
    """Chosen threads that come to the number of sentences asked for, or as near below it as they can."""
    taken: list[Thread] = []
    for thread in desk.chosen(max(words, A_SENTENCE * desk.wish.sentences)):
        if sum(len(other.sentences) for other in (*taken, thread)) <= desk.wish.sentences:
            taken.append(thread)
    return taken


LAYOUTS: dict[Kind, Callable[[Desk, int], str]] = {
    "article": article,
    "report": report,
    "email": email,
    "newsletter": newsletter,
    "social": social,
    "community": community,
    "summary": plain,
    "subject": subject,
    "paragraph": plain,
}
