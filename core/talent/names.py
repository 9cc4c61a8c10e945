"""Names of people as they are written here: titles before and behind, spellings of one sound, short forms."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from rapidfuzz import fuzz

from core.talent.vocabulary import fold_text

Likeness = Literal["same", "alike", "other"]

#: Old and other spellings of one sound.
_SPELLINGS = (
    ("oe", "u"),
    ("tj", "c"),
    ("dj", "j"),
    ("kh", "h"),
    ("dh", "d"),
    ("j", "y"),
    ("i", "y"),
    ("v", "f"),
    ("z", "s"),
)
#: Short and other forms of names, brought to one.
_FORMS = {
    form: name
    for name, forms in {
        "muhammad": "muh moh mohd muhd mohammad mohamad muhamad mochammad mochamad mochamat muhamat md",
        "ahmad": "achmad akhmad achmat ahmat",
        "abdul": "abd abdl",
        "siti": "sitti st",
    }.items()
    for form in forms.split()
}
_TITLES_BEFORE = frozenset(
    [
        "prof",
        "dr",
        "drs",
        "dra",
        "ir",
        "h",
        "hj",
        "haji",
        "hajah",
        "kh",
        "ust",
        "ustadz",
        "apt",
        "drg",
        "drh",
        "ns",
        "tgk",
        "raden",
        "rd",
    ]
)
_TITLES_BEHIND = frozenset(
    [
        "ama",
        "amd",
        "amdkeb",
        "amdkep",
        "apt",
        "cgcae",
        "cgaa",
        "cfra",
        "dea",
        "dess",
        "llm",
        "ma",
        "mag",
        "mal",
        "map",
        "mars",
        "mba",
        "mcom",
        "mec",
        "meng",
        "mep",
        "mes",
        "mh",
        "mha",
        "mhum",
        "mikom",
        "mip",
        "mkep",
        "mkes",
        "mkeb",
        "mkm",
        "mkn",
        "mkom",
        "ml",
        "mm",
        "mmsi",
        "mmr",
        "mp",
        "mpa",
        "mpd",
        "mpdi",
        "mph",
        "mpp",
        "mpsi",
        "mpt",
        "ms",
        "msc",
        "mse",
        "msi",
        "msos",
        "mt",
        "mta",
        "mti",
        "msm",
        "mtr",
        "ners",
        "ns",
        "phd",
        "sag",
        "sap",
        "sars",
        "se",
        "sei",
        "sfarm",
        "sh",
        "shi",
        "shum",
        "si",
        "sik",
        "sikom",
        "sip",
        "skeb",
        "skel",
        "skep",
        "skg",
        "skh",
        "skm",
        "skom",
        "sp",
        "spd",
        "spdi",
        "spi",
        "spog",
        "spa",
        "spb",
        "spsi",
        "spt",
        "spa",
        "spm",
        "ss",
        "ssi",
        "sst",
        "ssstp",
        "ssos",
        "st",
        "stp",
        "sthi",
        "sthut",
        "str",
        "strkeb",
        "strkep",
        "stt",
        "sptk",
        "spd",
        "sstp",
        "sth",
        "ak",
        "ca",
        "cpa",
        "bsc",
        "ba",
        "be",
    ]
)
_TITLES = _TITLES_BEFORE | _TITLES_BEHIND
#: Likeness (0-100) from which on two names are two ways to write one.
_ALIKE = 85.0
#: Tokens of at least so many letters may differ by one and still be the same.
_LONG = 4


@lru_cache(maxsize=65_536)
def bare_name(name: str) -> str:
    """A folded name without titles, with or without their commas and full stops."""
    return "".join(_bare_words(name))


@lru_cache(maxsize=65_536)
def _bare_words(name: str) -> tuple[str, ...]:
    words = [fold_text(word) for word in re.split(r"[\s/]+", name.split(",")[0]) if fold_text(word)]
    # "S.E." is a title by its full stops; "Muh." is a name, and "B." an initial of one.
    dotted = {fold_text(word) for word in name.split(",")[0].split() if word.count(".") > 1}
    words = [_FORMS.get(word, word) for word in words if word in _FORMS or word not in dotted] or words
    while len(words) > 1 and words[0] in _TITLES_BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1] in _TITLES_BEHIND:
        words = words[:-1]
    return tuple(words)


def split_words(text: str) -> str:
    """Lower-case words of letters and digits, one blank between them."""
    return " ".join(re.findall(r"[0-9a-z]+", str(text).casefold().replace("'", "")))


def write_as_heard(text: str) -> str:
    """Words with the spellings that Indonesian names are mixed up in brought to one."""
    text = split_words(text)
    for old, new in _SPELLINGS:
        text = text.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"h\b", "", text))


@lru_cache(maxsize=65_536)
def compare_names(one: str, other: str) -> Likeness:
    """Whether two names are the same but for titles, two ways to write one person, or clearly two people."""
    ours, theirs = _bare_words(one), _bare_words(other)
    if ours == theirs:
        return "same"
    if not ours or not theirs:
        return "other"
    heard, again = (sorted(write_as_heard(" ".join(words)).split()) for words in (ours, theirs))
    if "".join(heard) == "".join(again) or write_as_heard("".join(ours)) == write_as_heard("".join(theirs)):
        return "alike"
    shorter, longer = sorted((heard, again), key=lambda words: (len(words), words))
    if all(any(_is_one_word(word, candidate) for candidate in longer) for word in shorter) and any(
        len(word) > 2 for word in shorter
    ):
        return "alike"
    return "alike" if fuzz.ratio(" ".join(heard), " ".join(again)) >= _ALIKE else "other"


def holds_two_names(name: str) -> bool:
    """Whether a text names two people: behind a comma stands a name of two words or more, and no title."""
    for piece in name.split(",")[1:]:
        if re.search(r"(?i)\b(sarjana|magister|doktor|ahli|diploma)\b", piece):
            continue
        words = piece.split()
        if len(words) > 1 and all(
            word.isalpha() and len(word) > 2 and fold_text(word) not in _TITLES for word in words
        ):
            return True
    return False


def _is_one_word(word: str, other: str) -> bool:
    """The same word, an initial of it, or one letter off."""
    if word == other or (1 in (len(word), len(other)) and word[0] == other[0]):
        return True
    if min(len(word), len(other)) < _LONG or abs(len(word) - len(other)) > 1:
        return False
    return fuzz.ratio(word, other) >= 100 * (1 - 2 / (len(word) + len(other))) - 1e-9 or _one_swapped(word, other)


def _one_swapped(word: str, other: str) -> bool:
    """One letter in the place of another, which Indel counts as two steps."""
    return len(word) == len(other) and sum(a != b for a, b in zip(word, other, strict=True)) == 1
