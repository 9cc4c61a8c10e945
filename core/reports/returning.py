"""What BKN would send a submission back for, in words."""

from __future__ import annotations

from core.locales import Language, day, translator
from core.reports.wording import gate_sentence
from core.talent.case.returning import ReturnFault, Vacancy
from core.talent.messages import N_

_VACANT = {
    "left": N_("vacant since {name} left active service"),
    "ended": N_("vacant since {day}, when {name} left it"),
    "moved": N_("vacant since {day}, when {name} was inaugurated elsewhere"),
}


def say_return_fault(fault: ReturnFault, language: Language, *, masked: bool = False) -> str:
    """The fault as words behind a person's name, or about the post; ``masked`` without the names of other sessions, for a paper."""
    t = translator(language)
    values = dict(fault.values)
    if "session" in values:
        hidden = t(N_("in another session")) if masked else t(N_("one that is kept from you"))
        values["session"] = hidden if masked else values["session"] or hidden
    if fault.about is not None:
        gate, answer, detail = fault.about
        values |= {"gate": gate.name[language], "found": gate_sentence(gate, answer, detail, language)}
    if isinstance(names := values.get("criteria"), tuple):
        values["criteria"] = ", ".join(str(name[language]) for name in names)
    said = t(fault.message).format(**values)
    return f"{said} ({t(N_('by the data of now'))})" if fault.by_now else said


def say_remedy(fault: ReturnFault, language: Language) -> str:
    """What mends it."""
    return translator(language)(fault.remedy)


def say_vacancy(vacancy: Vacancy | None, language: Language) -> str:
    """By which fact a post is vacant; "" where none is known."""
    if vacancy is None:
        return ""
    when = day(vacancy.day.date(), language) if vacancy.day is not None else ""
    return translator(language)(_VACANT[vacancy.kind]).format(name=vacancy.name, day=when)
