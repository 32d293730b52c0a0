"""Captions of a video by its address: the real client, on answers that a test makes up. No network is touched."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest

from orchestra_kit.errors import BadSources
from orchestra_kit.transcripts import Transcript, video

pytest.importorskip("youtube_transcript_api", reason="needs the extra `youtube`")
requests = pytest.importorskip("requests")

ID = "dQw4w9WgXcQ"
ADDRESS = f"https://www.youtube.com/watch?v={ID}&t=42s"


class MadeUp(requests.adapters.BaseAdapter):
    """Answers as the site would: a page, the list of captions, the captions themselves."""

    def __init__(self, player: Any, captions: dict[str, str], status: int = 200) -> None:
        super().__init__()
        self.player, self.captions, self.status = player, captions, status

    def send(self, request: Any, *_: Any, **options: Any) -> Any:
        assert options["timeout"] == video.TIMEOUT_S
        url = str(request.url)
        page = '"INNERTUBE_API_KEY": "abc"' if "/watch" in url else json.dumps(self.player) if "/player" in url else ""
        response = requests.Response()
        response.status_code, response.url, response.request = self.status, url, request
        response._content = (page or self.captions[url.rpartition("lang=")[2]]).encode()
        return response

    def close(self) -> None: ...


def track(language: str, automatic: bool = False) -> dict[str, Any]:
    name = {"runs": [{"text": language}]}
    url = f"https://www.youtube.com/api/timedtext?lang={language}" + ("-auto" if automatic else "")
    return {"baseUrl": url, "name": name, "languageCode": language} | ({"kind": "asr"} if automatic else {})


def answering(monkeypatch: pytest.MonkeyPatch, tracks: list[dict[str, Any]], status: int = 200, **player: Any) -> None:
    texts = {
        address: f'<transcript><text start="1.5" dur="2">{address}: Tom &amp;amp; I</text>'
        '<text start="3.5" dur="2">we are 40.</text></transcript>'
        for address in ("en", "de", "de-auto", "fr")
    }
    texts["it"] = "\n"
    listed = {"captions": {"playerCaptionsTracklistRenderer": {"captionTracks": tracks}}} if tracks else {}
    adapter = MadeUp({"playabilityStatus": {"status": "OK"}} | listed | player, texts, status)
    real = video.session

    def session() -> Any:
        client = real()
        for site in list(client.adapters):
            client.mount(site, adapter)
        return client

    monkeypatch.setattr(video, "session", session)


def refusal(address: str = ADDRESS) -> str:
    with pytest.raises(BadSources) as caught:
        Transcript.of(address)
    return str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS,
        f"https://youtu.be/{ID}?si=x",
        f"youtube.com/shorts/{ID}",
        f"https://m.youtube.com/live/{ID}?feature=share",
    ],
)
def test_the_captions_of_a_video_are_a_talk(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    answering(monkeypatch, [track("en")])
    talk = Transcript.of(address)
    assert (talk.title, [(s.start_s, s.text) for s in talk.said]) == (f"Video {ID}", [(1.5, "en: Tom & I we are 40.")])


@pytest.mark.parametrize(
    ("tracks", "taken"),
    [
        ([track("en"), track("de"), track("de", automatic=True)], "de:"),
        ([track("en"), track("de", automatic=True)], "de-auto:"),
        ([track("fr"), track("en")], "en:"),
        ([track("fr")], "fr:"),
    ],
)
def test_written_captions_in_the_language_that_is_spoken_come_first(
    monkeypatch: pytest.MonkeyPatch, tracks: list[dict[str, Any]], taken: str
) -> None:
    answering(monkeypatch, tracks)
    assert Transcript.of(ADDRESS).text.split()[0] == taken


@pytest.mark.parametrize(
    ("status", "reason", "why"),
    [
        ("OK", "", "the video has no captions. Have it transcribed"),
        ("ERROR", "This video is unavailable", "there is no such video. Compare the address"),
        ("UNPLAYABLE", "Private video", "the video cannot be played"),
        ("LOGIN_REQUIRED", "Sign in to confirm you’re not a bot", "YouTube does not answer programs from your network"),
        ("LOGIN_REQUIRED", "This video may be inappropriate for some users.", "the video is shown only after a login"),
    ],
)
def test_what_the_site_refuses_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, status: str, reason: str, why: str
) -> None:
    answering(monkeypatch, [], playabilityStatus={"status": status, "reason": reason})
    sentence = refusal()
    assert sentence.startswith(f"No captions come from {ADDRESS}: {why}")
    assert sentence.endswith("save them as .vtt or .srt and give that file.")
    assert "\n" not in sentence


@pytest.mark.parametrize(("status", "why"), [(429, "YouTube does not answer programs"), (500, "is no captions")])
def test_errors_of_the_site(monkeypatch: pytest.MonkeyPatch, status: int, why: str) -> None:
    answering(monkeypatch, [], status)
    assert why in refusal()


def test_captions_that_are_no_captions(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, [track("it")])  # a language whose answer is an empty line
    assert "its answer is no captions (ParseError)" in refusal()


def test_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_: Any, **__: Any) -> Any:
        raise requests.ConnectionError("no route")

    monkeypatch.setattr(MadeUp, "send", offline)
    answering(monkeypatch, [track("en")])
    assert "YouTube cannot be reached. Look whether you are online" in refusal()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "youtube_transcript_api", None)
    assert 'pip install "orchestra-kit[youtube]"' in refusal()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("https://vimeo.com/123", "is no video on YouTube"),
        ("https://www.youtube.com/@somebody", "does not name one video"),
        ("https://www.youtube.com.evil.org/watch?v=dQw4w9WgXcQ", "is no video on YouTube"),
        ("https://youtu.be/short", "does not name one video"),
    ],
)
def test_other_addresses(address: str, why: str) -> None:
    assert why in refusal(address)
    assert repr(address) in refusal(address)


def test_nothing_but_the_one_site_can_be_reached() -> None:
    with pytest.raises(requests.exceptions.InvalidSchema):
        video.session().get("https://example.org/")
