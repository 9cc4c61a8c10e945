"""Every event has a name of its own in words."""

from core.trail.events import Event
from core.ui.trail.event_names import _NAMES, event_name


def test_every_event_has_a_name_of_its_own():
    assert set(_NAMES) == set(Event)
    assert len(set(_NAMES.values())) == len(Event)


def test_what_a_later_version_has_written_is_shown_as_it_is():
    assert event_name("moon:reached") == "moon:reached"
