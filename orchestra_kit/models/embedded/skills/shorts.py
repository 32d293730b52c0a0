"""Short forms: social posts and subject lines, which have a limit in characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures import key_figures
from ..words import content_words, names
from .headlines import headline, shortened
from .leaning import leans, turns
from .particulars import HASHTAGS
from .phrases import key_phrases
from .plot import Plot
from .prose import capitalised, is_sentence, points_back, without_connective
from .threads import Thread
from .wishes import SOCIAL_CHARACTERS, Wish

SUBJECT_CHARACTERS = 60  # what most mail programs show of a subject
HOOK = 170  # characters that a network shows before "more"; our choice
LONG_POST = 600  # characters from which a post has room for more than one thread


def social_posts(plot: Plot, wish: Wish, asked: str) -> list[str]:
    """The threads that say most by themselves, one a post; a long post takes in neighbours."""
    limit = wish.characters or SOCIAL_CHARACTERS
    tags = " ".join(hashtags(plot)) if HASHTAGS.search(asked) else ""
    room = limit - len(tags) - 1 if tags else limit
    quote = plot.talk.quoted if plot.talk else str
    left = room - len(quote(""))
    says = {thread: first_of(thread) if plot.talk else thread.text for thread in plot.threads if not turned(thread, 0)}
    texts = {thread: quote(text) for thread, told in says.items() if (text := shortened(told, left))}
    apart = spread({thread: _weight(thread, text, plot.topic) for thread, text in texts.items()}, wish.count)
    posts = []
    for thread in apart:
        post = texts[thread]
        if room >= LONG_POST and not plot.talk:
            post = _longer(post, thread, plot, room, apart)
        posts.append(f"{post} {tags}".strip())
    return posts


def turned(thread: Thread, n: int) -> bool:
    """Whether a sentence of a talk is turned by the next one, so that it must not be shown by itself."""
    after = thread.sentences[n + 1 : n + 2]
    return bool(after and after[0].place and turns(after[0].text))


def first_of(thread: Thread) -> str:
    """The first sentence of a thread, which stands by itself."""
    return without_connective(thread.sentences[0].text)


def hook(chosen: Sequence[Thread], topic: str) -> Thread | None:
    """The line that a long post begins with: short, and it says most by itself; None if nothing will do."""
    short = [thread for thread in chosen if len(thread.text) <= HOOK and not points_back(thread.text)]
    return max(short, key=lambda thread: _weight(thread, thread.text, topic), default=None)


def _weight(thread: Thread, text: str, topic: str) -> float:
    about = len(content_words(topic) & content_words(text))
    orphan = points_back(text) or not is_sentence(text)
    return (
        thread.handed
        + min(2, len(key_figures(text)))
        + 0.5 * min(2, len(names(text)))
        + 0.5 * min(2, about)
        - 4 * orphan
    )


def spread(weights: dict[Thread, float], count: int) -> list[Thread]:
    """So many of the threads, the weightiest first; one from a paragraph that is drawn on already counts for less."""
    taken: list[Thread] = []
    while len(taken) < min(count, len(weights)):
        known = {thread.paragraph for thread in taken}
        rest = [thread for thread in weights if thread not in taken]
        taken.append(max(rest, key=lambda thread: weights[thread] - (thread.paragraph in known)))
    return taken


def _longer(post: str, thread: Thread, plot: Plot, room: int, used: Sequence[Thread]) -> str:
    """The post with the threads that follow in the same paragraph, as far as there is room."""
    start = plot.threads.index(thread)
    for following in plot.threads[start + 1 :]:
        if following.paragraph != thread.paragraph or following in used or len(post) + len(following.text) + 2 > room:
            break
        post = f"{post} {following.text}"
    return post


def hashtags(plot: Plot, most: int = 3) -> list[str]:
    """What the text turns on, in the way networks write it."""
    phrases = [plot.topic] if 0 < len(plot.topic.split()) <= 3 else []
    phrases += [
        phrase for phrase in key_phrases(plot.text) if not content_words(phrase) & content_words(" ".join(phrases))
    ]
    for alone in (3, 2):  # a short text says few things five times
        if plot.talk and len(phrases) < most:
            known = content_words(" ".join(phrases))
            more = key_phrases(f"{plot.title}. {plot.text}", alone=alone)
            phrases += [phrase for phrase in more if not content_words(phrase) & known]
    phrases = [phrase for phrase in phrases if phrase == plot.topic or not _is_one_name(phrase)]
    return ["#" + "".join(capitalised(word) for word in re.findall(r"\w+", phrase)) for phrase in phrases[:most]]


def _is_one_name(phrase: str) -> bool:
    """Whether a phrase is a single name, of a person or a place: no tag anybody would follow."""
    return phrase in names(f"the {phrase}") and not phrase.isupper()


def subject_candidates(plot: Plot, characters: int) -> list[str]:
    """Every subject line that the material gives: the title, and each fact that says something in so few characters."""
    facts = [thread for thread in plot.threads if key_figures(thread.text)] or list(plot.threads)
    lines = [
        line
        for thread in facts
        for n, sentence in enumerate(thread.sentences)
        if not (sentence.place and (leans(sentence.text) or turned(thread, n)))
        and (line := headline(sentence.text, characters))
    ]
    title = [plot.title] if len(plot.title) <= characters else []
    return list(dict.fromkeys(lines)) or title or [" ".join(plot.title.split()[:6])[:characters]]
