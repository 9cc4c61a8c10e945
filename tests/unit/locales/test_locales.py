import string

import pytest

from core.locales import LANGUAGES, choose_form, day, number, read_catalogue, sentence, translator
from core.talent.errors import InvalidWeights
from tests.conftest import TODAY
from tests.messages import messages

MESSAGES = sorted(messages())
#: Messages that are the same word in both languages.
SAME = {"Data", "administrator"}


def test_messages_are_found():
    assert len(MESSAGES) > 150


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_is_translated_with_the_same_values(message):
    translated = translator("id")(message)
    assert (translated != message) == (message not in SAME)
    fields = [
        sorted(name for _, name, _, _ in string.Formatter().parse(text) if name) for text in (message, translated)
    ]
    assert fields[0] == fields[1]


def test_the_catalogue_is_what_make_messages_extracts():
    ids = set()
    for message in read_catalogue("id"):
        assert not message.fuzzy, message.id
        ids |= set(message.id) if isinstance(message.id, tuple) else {message.id}
    assert ids - {""} == set(MESSAGES)


def test_a_count_chooses_the_form():
    words = ("{count} of {all} people", "{count} of {all} people")
    assert choose_form("one post", "many posts", 1, "en") == "one post"
    assert choose_form("one post", "many posts", 0, "en") == "many posts"
    assert choose_form(*words, 1, "id") == choose_form(*words, 2, "id") == translator("id")(words[0])


def test_numbers_are_cut_never_rounded_over_a_threshold():
    assert number(79.996, 2, "id") == "79,99"
    assert number(80, 2, "en") == "80.00"
    assert number(1250, 0, "id") == "1.250"
    assert number(87.05, 2, "id") == "87,05"


def test_days_in_words():
    assert day(TODAY, "id") == "24 November 2026"
    assert set(LANGUAGES) == {"id", "en"}


def test_an_error_is_one_sentence():
    error = InvalidWeights("all weights are zero; at least one must be above zero")
    assert sentence(error, translator("id")) == "Semua bobot nol; paling sedikit satu harus di atas nol."
