"""Files to take away: made on the click, for whoever is still signed in then, in the language of the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.service import trail
from core.service.accounts import NotAllowed, Right, refuse_ended, require_right
from core.trail.events import Event
from core.ui.language import language, speaking
from core.ui.shared import engine
from core.ui.sign_in import later_asker


def offer_download(
    label: str,
    make: Callable[[], bytes | str],
    file_name: str,
    *,
    right: Right = "read",
    detail: str = "",
    place: DeltaGenerator | None = None,
    **more: Any,
) -> None:
    """A button whose file is made when it is pressed.

    Streamlit makes it outside the run of a page, where there is no session: a tab left open after its sign-in has ended
    would still be served. It goes into the audit trail by its name and ``detail``. ``more`` goes to Streamlit's button.
    """
    asker, words = later_asker(), language()

    def make_for_asker() -> bytes | str:
        by, signed_in = asker()
        try:
            if not signed_in:
                raise refuse_ended()
            require_right(by, right)
        except NotAllowed:
            trail.record_alone(engine(), Event.ACCESS_REFUSED, by, file_name)
            raise
        with speaking(words):
            content = make()
        trail.record_alone(engine(), Event.FILE_TAKEN, by, file_name, detail)
        return content

    (place or st).download_button(label, data=make_for_asker, file_name=file_name, on_click="ignore", **more)
