"""The captions of a video, by its address. Needs the extra `youtube`, and asks that one site and nobody else."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import ParseError

from ..errors import BadSources
from .markup import plain
from .parts import Line

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:[\w-]+\.)?(?:youtube\.com|youtu\.be)/\S+", re.IGNORECASE)
HOST = re.compile(r"(?:(?:www|m|music)\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be)", re.IGNORECASE)
VIDEO = re.compile(r"[\w-]{11}")
SITES = ("https://www.youtube.com/", "https://consent.youtube.com/")
TIMEOUT_S = 20.0
BY_HAND = "If you have its captions, save them as .vtt or .srt and give that file"


def is_address(given: str) -> bool:
    """Whether a text is an address in the web, and nothing else."""
    return bool(ADDRESS.fullmatch(given.strip()))


def video_in(address: str) -> str:
    """The id of the video at an address. BadSources if it is not the address of a video on YouTube.

    >>> video_in("https://youtu.be/dQw4w9WgXcQ?t=43"), video_in("m.youtube.com/watch?list=x&v=dQw4w9WgXcQ")
    ('dQw4w9WgXcQ', 'dQw4w9WgXcQ')
    """
    address = address.strip()
    parts = urlsplit(address if "://" in address else f"https://{address}")
    if not HOST.fullmatch(parts.netloc):
        raise BadSources(f"{address!r} is no video on YouTube, the one site that is asked for captions. {BY_HAND}.")
    path = [part for part in parts.path.split("/") if part]
    short = parts.netloc.lower().endswith("youtu.be")
    named = path[:1] if short else path[1:2] if path[:1] in (["shorts"], ["live"], ["embed"], ["v"]) else []
    video = next(iter(named or parse_qs(parts.query).get("v", [])), "")
    if not VIDEO.fullmatch(video):
        raise BadSources(
            f"{address!r} does not name one video. Give an address such as https://www.youtube.com/watch?v=dQw4w9WgXcQ."
        )
    return video


def fetch_captions(video: str, address: str) -> list[list[Line]]:
    """The captions of a video in the language that is spoken in it, those that a person wrote before automatic ones."""
    try:
        import requests
        import youtube_transcript_api as youtube
    except ImportError:
        raise BadSources(
            f'Reading {address} needs an extra part: pip install "orchestra-kit[youtube]". Or save the captions of the '
            "video as .vtt or .srt and give that file."
        ) from None
    try:
        tracks = list(youtube.YouTubeTranscriptApi(http_client=session()).list(video))
        snippets = min(tracks, key=preference(tracks)).fetch()
    except (youtube.YouTubeTranscriptApiException, requests.RequestException, ParseError, LookupError, ValueError) as e:
        raise BadSources(explained(e, address)) from e
    return [
        [Line(text, snippet.start, snippet.start + snippet.duration) for text in texts]
        for snippet in snippets
        if (texts := [text for line in snippet.text.split("\n") if (text := plain(line))])
    ]


def session() -> Any:
    """A client that reaches nothing but the one site, and never waits for ever."""
    import requests
    from requests.adapters import HTTPAdapter

    class Hurried(requests.Session):  # the library waits without end, and offers no place for a limit
        def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
            return super().send(request, **options | {"timeout": TIMEOUT_S})

    client = Hurried()
    client.adapters.clear()
    for site in SITES:
        client.mount(site, HTTPAdapter())
    return client


def preference(tracks: list[Any]) -> Any:
    """Sorts captions: written in the language that is spoken, then automatic, then written in English, then others."""
    spoken = {track.language_code.split("-")[0] for track in tracks if track.is_generated}

    def rank(track: Any) -> int:
        language = track.language_code.split("-")[0]
        if track.is_generated:
            return 1
        return 0 if language in spoken else 2 if language == "en" else 3

    return rank


def explained(error: Exception, address: str) -> str:
    """What happened, and what to do, in one sentence or two."""
    import requests
    import youtube_transcript_api as youtube

    reasons: list[tuple[tuple[type[Exception], ...], str]] = [
        ((youtube.TranscriptsDisabled, youtube.NoTranscriptFound), "the video has no captions. Have it transcribed"),
        ((youtube.VideoUnavailable, youtube.InvalidVideoId), "there is no such video. Compare the address"),
        ((youtube.AgeRestricted,), "the video is shown only after a login"),
        ((youtube.VideoUnplayable,), "the video cannot be played: it is private, or not out yet, or not shown here"),
        ((youtube.RequestBlocked, youtube.PoTokenRequired), "YouTube does not answer programs from your network"),
        ((requests.ConnectionError, requests.Timeout), "YouTube cannot be reached. Look whether you are online"),
    ]
    why = next(
        (why for kinds, why in reasons if isinstance(error, kinds)),
        f"its answer is no captions ({type(error).__name__})",
    )
    return f"No captions come from {address}: {why}. {BY_HAND}."
