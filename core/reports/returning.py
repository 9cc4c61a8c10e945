"""What BKN would send a submission back for, in words."""

from __future__ import annotations

from core.locales import Language, translator
from core.reports.wording import gate_sentence
from core.talent.case.returning import ReturnFault


def say_return_fault(fault: ReturnFault, language: Language) -> str:
    """The fault as words behind a person's name, or about the post."""
    t = translator(language)
    values = dict(fault.values)
    if fault.about is not None:
        gate, answer, detail = fault.about
        values |= {"gate": gate.name[language], "found": gate_sentence(gate, answer, detail, language)}
    if isinstance(names := values.get("criteria"), tuple):
        values["criteria"] = ", ".join(str(name[language]) for name in names)
    return t(fault.message).format(**values)


def say_remedy(fault: ReturnFault, language: Language) -> str:
    """What mends it."""
    return translator(language)(fault.remedy)
