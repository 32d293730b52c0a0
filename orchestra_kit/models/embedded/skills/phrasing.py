"""The few sentences a draft says of itself: greetings, leads, closing lines. Each is true of any material.

They are the only words of a draft that do not come from the prompt, and a reader of drafts can tell them apart:
`is_scaffolding` knows them again, so that they are not mistaken for content when a report becomes an email.
"""

from __future__ import annotations

import re
from functools import lru_cache

EMAIL_LEAD = (
    "Here are the main points on {topic}.",
    "Below are the main points on {topic}.",
    "This is where things stand on {topic}.",
)
EMAIL_PLAIN_LEAD = ("Here are the main points.", "This is where things stand.")
EMAIL_CLOSE = (
    "If anything is unclear, just reply to this email.",
    "Please reply if you have any questions.",
    "Do reply if you would like to know more.",
)
EMAIL_SOURCES = ("The points above come from {sources}.", "All of this comes from {sources}.")
SIGN_OFF = ("Kind regards,", "Best regards,", "Best wishes,")
NEWSLETTER_LEAD = ("In this issue: {items}.", "This issue covers {items}.")
REPORT_LEAD = (
    "This report sets out what is known about {topic}.",
    "This report brings together the findings on {topic}.",
)
COMMUNITY_LEAD = ("Hello everyone,", "Hi everyone,", "Hello all,")
COMMUNITY_CLOSE = (
    "Does this match what you have seen? Replies are welcome.",
    "How does this compare with your own experience?",
    "What would you add? Please reply below.",
)
OF_TALK, OF_A_TALK = "From the talk “{talk}”", "From a talk"
BY_SPEAKER, OWN_WORDS, AS_SAID = " by {speaker}", ", in the speaker’s own words", ", as it was said"
TALK_PLACES = ("Hear it in the talk {places}.", "All of this is in the talk, {places}.")
NEWSLETTER_CLOSE = (
    "Reply to this email and tell us what you think.",
    "Know somebody who should read this? Please pass it on.",
    "Reply to this email: we read every answer.",
)
ASK_THE_READER = ("What do you think?", "How is it where you are?", "What is your experience?")
CONCLUSION = ("In short", "Conclusion", "What to take away")
GREETING = "Hello,"
GREETING_NAMED = "Dear {name},"
OWN = (
    *(EMAIL_LEAD + EMAIL_PLAIN_LEAD + EMAIL_CLOSE + EMAIL_SOURCES + SIGN_OFF),
    *(NEWSLETTER_LEAD + REPORT_LEAD + COMMUNITY_LEAD + COMMUNITY_CLOSE + TALK_PLACES + NEWSLETTER_CLOSE),
    *ASK_THE_READER,
    *(
        of + by + own + "."
        for of in (OF_TALK, OF_A_TALK)
        for by in (BY_SPEAKER, "")
        for own in (OWN_WORDS, AS_SAID, "")
    ),
    GREETING,
    GREETING_NAMED,
)


def as_pattern(template: str) -> str:
    """A template as a regular expression: its gaps may hold anything."""
    return re.sub(r"\\\{\w+\\\}", ".+?", re.escape(template))


SCAFFOLDING = re.compile("|".join(as_pattern(part) for template in OWN for part in re.split(r"(?<=[.?]) ", template)))


@lru_cache(1 << 13)
def is_scaffolding(text: str) -> bool:
    """Whether a sentence only speaks of the text it stands in.

    >>> is_scaffolding("This issue covers honey and swarms."), is_scaffolding("The roof covers two hives.")
    (True, False)
    """
    return SCAFFOLDING.fullmatch(text.strip()) is not None
