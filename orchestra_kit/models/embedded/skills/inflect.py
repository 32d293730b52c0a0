"""Replacing a word by another in every form: leverages, uses; Leveraging, Using."""

from __future__ import annotations

import re

from .prose import capitalised


def substituted(text: str, old: str, new: str) -> str:
    """Every form of `old` replaced by the same form of `new`, in the same case.

    >>> substituted("Leveraging it, she leverages what we leveraged.", "leverage", "use")
    'Using it, she uses what we used.'
    """
    forms = {
        old.lower(): new,
        **{_inflected(old.lower(), ending): _inflected(new, ending) if new else "" for ending in ("s", "ed", "ing")},
    }
    spelled = {form.replace("isi", "izi").replace("ise", "ize"): word for form, word in forms.items()}
    forms = {**spelled, **forms}
    pattern = re.compile(
        r"(?<![\w-])(?:(?P<article>an?)\s+)?(?P<old>"
        + "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
        + r")(?![\w-])(?P<after>\s?)",
        re.IGNORECASE,
    )

    def change(match: re.Match[str]) -> str:
        word = _in_case(forms[match["old"].lower()], match["old"])
        if not word:
            return f"{match['article']} " if match["article"] else ""
        article = match["article"]
        if article and article.lower() in ("a", "an"):
            article = article[0] + ("n" if word[0].lower() in "aeio" else "")
        return f"{article} {word}{match['after']}" if article else f"{word}{match['after']}"

    changed = pattern.sub(change, text)
    if changed == text:
        return text
    tidy = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r" {2,}", " ", changed))
    return capitalised(tidy) if text[:1].isupper() else tidy


def _inflected(word: str, ending: str) -> str:
    """A verb with an ending; the last word of a phrase keeps it.

    >>> [_inflected("use", ending) for ending in ("s", "ed", "ing")], _inflected("apply", "ed")
    (['uses', 'used', 'using'], 'applied')
    """
    if ending == "s":
        return (
            word[:-1] + "ies"
            if re.search(r"[^aeiou]y$", word)
            else word + ("es" if re.search(r"(?:s|x|z|ch|sh)$", word) else "s")
        )
    if word.endswith("e"):
        return word[:-1] + ending if ending == "ing" else word + "d"
    if ending == "ed" and re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ied"
    return word + ending


def _in_case(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
