"""What an import would do: who each record is about, what is new, changed, unchanged.

Pure: takes the records read and the facts already known, writes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pandas as pd

from core.imports.faults import Fault, RefusedImport
from core.imports.layouts import LAYOUTS
from core.imports.parse import Reading
from core.imports.records import Record
from core.talent.facts import DATE_COLUMNS, KINDS
from core.talent.messages import N_
from core.talent.names import bare_name, compare_names
from core.talent.vocabulary import RATING_FROM, fold_text, spell_code

Key = tuple[object, ...]

_TWO_NUMBERS = N_("the PNS ID {value} is that of {other}, and the row gives the NIP {nip}; one of them is wrong")
_NO_PNS_ID = N_("nobody has the PNS ID “{value}”; import SIASN data utama first or with it")
_NO_NIP = N_("nobody with the NIP {value} is known; import SIASN data utama first or with it")
_NO_NAME = N_("“{value}” of “{unit}” is nobody known; write the NIP into the file")
#: What is said of a row about nobody known; such rows may be left out on request.
UNKNOWN_PERSON = frozenset({_NO_PNS_ID, _NO_NIP, _NO_NAME})


@dataclass(frozen=True, slots=True)
class Change:
    """A fact to write.

    ``before`` is what it adds to and ``replaces`` the row id of that, if any; ``overruled``:
    another source of the same import says otherwise and counts; kept beside it.
    """

    record: Record
    before: dict[str, object] | None = None
    replaces: int | None = None
    overruled: bool = False

    @property
    def values(self) -> dict[str, object]:
        """Every column of the fact; made anew each time, since all of them at once fill the memory."""
        before, given = self.before or {}, self.record.values
        return {
            column: given[column] if column in given else before.get(column)
            for column in KINDS[self.record.kind].columns
        }


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A row without a NIP and the one person it fits, to be confirmed."""

    file: str
    row: int
    name: str
    place: str  # unit or birth date, as the file gives it
    nip: str
    known_name: str
    known_unit: str


@dataclass
class ImportPlan:
    """What will be written, and what the preview tells.

    ``written_otherwise`` are people whose name the file writes in another way than is known, ``skipped`` rows about
    nobody known that were to be left out. ``could_erase`` counts for each column the empty cells where something is known,
    ``erased`` those that take it away. ``names`` are those of the people whose known facts change, as known, by NIP. ``not_in_export`` are people (NIP, name) whom an export of everybody does not name
    any more, ``gone_back`` those (NIP, name) whose post would be one held since an earlier day than the known one, ``twice`` people (name, NIP, NIP) who may stand there twice.
    """

    reading: Reading
    changes: list[Change] = field(default_factory=list)
    counts: dict[tuple[int, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    matched_by_name: list[NameMatch] = field(default_factory=list)
    written_otherwise: list[NameMatch] = field(default_factory=list)
    skipped: list[Fault] = field(default_factory=list)
    erased: Counter[str] = field(default_factory=Counter)
    could_erase: Counter[str] = field(default_factory=Counter)
    not_in_export: list[tuple[str, str]] = field(default_factory=list)
    gone_back: list[tuple[str, str]] = field(default_factory=list)
    twice: list[tuple[str, str, str]] = field(default_factory=list)
    overruled: int = 0
    names: dict[str, str] = field(default_factory=dict)

    @property
    def says_something(self) -> bool:
        """Whether anything would be written."""
        return bool(self.changes)

    def total(self, state: str) -> int:
        """How many records are ``new``, ``changed`` or ``unchanged``."""
        return sum(counter[state] for counter in self.counts.values())


class _People:
    """Known people, from the database and the files themselves, found by NIP, PNS ID or name.

    ``known_names`` and ``known_units`` are as the database has them.
    """

    def __init__(self, employees: pd.DataFrame, records: list[Record]) -> None:
        self.names: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self.by_pns_id: dict[str, str] = {}
        self.by_name: dict[str, dict[str, str]] = defaultdict(dict)  # bare name -> nip -> folded unit
        self.births: dict[str, object] = {}
        columns = ["nip", "pns_id", "name", "unit", "birth_date"]
        for nip, pns_id, name, unit, birth in employees[columns].itertuples(index=False):
            self._add(nip, pns_id, name, unit, birth.date() if isinstance(birth, pd.Timestamp) else None)
        self.known_names, self.known_units = dict(self.names), dict(self.units)
        for record in records:
            if record.kind == "employee":
                v = record.values
                self._add(str(v["nip"]), v.get("pns_id"), str(v["name"]), v.get("unit"), v.get("birth_date"))

    def _add(self, nip: str, pns_id: object, name: str, unit: object, birth: object) -> None:
        self.names[nip] = name
        self.births[nip] = birth
        self.units[nip] = unit if isinstance(unit, str) else ""
        if isinstance(pns_id, str):
            self.by_pns_id[pns_id.casefold()] = nip
        self.by_name[bare_name(name)][nip] = fold_text(unit) if isinstance(unit, str) else ""


@dataclass(frozen=True)
class Wishes:
    """What whoever imports has ticked: rows about nobody known are left out, empty cells of some columns erase."""

    skip_unknown: bool = False
    erase: frozenset[str] = frozenset()


def plan_import(reading: Reading, current: dict[str, pd.DataFrame], wishes: Wishes = Wishes()) -> ImportPlan:
    """Plan the import of what was read against the current facts.

    Parameters
    ----------
    current
        One frame a kind with the fact's columns and ``id``; kinds without records may be missing,
        ``employee`` must be there.

    Raises
    ------
    RefusedImport
        With every fault, when there is any.
    """
    plan = ImportPlan(reading)
    faults = list(reading.faults)
    people = _People(current["employee"], reading.records)
    identified = [record for record in reading.records if _identify(record, people, plan, faults, wishes)]
    faults += _name_conflicts(plan, identified, people)
    merged, overruled = _merge_duplicates(reading, identified, faults)
    if faults:
        raise RefusedImport(sorted(faults, key=lambda fault: (fault.file, fault.sheet, fault.row or 0)))
    known = {kind: _by_key(current[kind], kind) for kind in {record.kind for record in merged}}
    for record in merged:
        _compare(record, known[record.kind], plan, wishes)
    _look_at_export(plan, current["employee"], merged)
    plan.gone_back = sorted(
        (str(change.record.values["nip"]), str(change.before["name"]))
        for change in plan.changes
        if change.before and _goes_back(change.record.values, change.before)
    )
    plan.twice = _find_twice(people, {str(record.values["nip"]) for record in merged if record.kind == "employee"})
    plan.names = {
        nip: people.known_names.get(nip, people.names[nip])
        for change in plan.changes
        if change.before and (nip := str(change.record.values["nip"]))
    }
    changed_keys = {(change.record.kind, _key_of(change.record)) for change in plan.changes} if overruled else set()
    # A contradiction that is known already is not written again.
    plan.changes += [
        Change(record, overruled=True) for record in overruled if (record.kind, _key_of(record)) in changed_keys
    ]
    plan.overruled = len(overruled)
    return plan


def _key_of(record: Record) -> Key:
    return _fold_key([record.values.get(column) for column in KINDS[record.kind].key])


def _fold_key(values: Iterable[object]) -> Key:
    """What identifies a fact, capitals and blanks aside: PELATIHAN X is Pelatihan X."""
    return tuple([" ".join(value.casefold().split()) if isinstance(value, str) else value for value in values])


def _fault(
    reading: Reading, record: Record, message: str, column: str = "", value: str = "", **values: object
) -> Fault:
    return Fault(reading.files[record.file].name, message, values, record.sheet, record.row, column, value)


def _identify(record: Record, people: _People, plan: ImportPlan, faults: list[Fault], wishes: Wishes) -> bool:
    """Put the NIP of the person into a record; a fault, or left out if wished, when it is nobody known."""
    values = record.values
    unknown = plan.skipped if wishes.skip_unknown else faults
    pns_id = values.pop("pns_id", None) if record.kind != "employee" else None
    nip = values.get("nip")
    owner = people.by_pns_id.get(pns_id.casefold()) if isinstance(pns_id, str) else None
    if nip is not None and owner is not None and owner != nip:
        faults.append(_fault(plan.reading, record, _TWO_NUMBERS, "PNS ID", str(pns_id), other=owner, nip=nip))
        return False
    if nip is None and isinstance(pns_id, str):
        nip = people.by_pns_id.get(pns_id.casefold()) or (pns_id if pns_id in people.names else None)
        if nip is None:
            unknown.append(
                _fault(
                    plan.reading,
                    record,
                    _NO_PNS_ID,
                    "PNS ID",
                    pns_id,
                )
            )
            return False
    if nip is None:
        nip = _by_name(record, people, plan, faults, unknown)
        if nip is None:
            return False
    if nip not in people.names:
        unknown.append(
            _fault(
                plan.reading,
                record,
                _NO_NIP,
                "NIP",
                str(nip),
            )
        )
        return False
    values["nip"] = nip
    return True


def _by_name(
    record: Record, people: _People, plan: ImportPlan, faults: list[Fault], unknown: list[Fault]
) -> str | None:
    """The one person of that name with that birth date or in that unit; a fault where it is not one."""
    name, unit, birth = str(record.values.get("name") or ""), record.values.get("unit"), record.values.get("birth_date")
    namesakes = people.by_name.get(bare_name(name), {}) if name else {}
    wanted = fold_text(str(unit or ""))
    if birth is not None:
        same_person = [nip for nip in namesakes if people.births[nip] == birth]
        place = f"{birth:%d-%m-%Y}"
    else:
        same_person = [nip for nip, home in namesakes.items() if wanted and home and (wanted in home or home in wanted)]
        place = str(unit or "")
    if len(same_person) == 1:
        file = plan.reading.files[record.file].name
        nip = same_person[0]
        plan.matched_by_name.append(NameMatch(file, record.row, name, place, nip, people.names[nip], people.units[nip]))
        record.matched_by_name = True
        return nip
    message = (
        _NO_NAME
        if not same_person
        else N_("“{value}” of “{unit}” may be one of {count} people; write the NIP into the file")
    )
    aside = faults if same_person else unknown
    aside.append(_fault(plan.reading, record, message, "Nama", name, unit=place, count=len(same_person)))
    return None


def _name_conflicts(plan: ImportPlan, records: list[Record], people: _People) -> list[Fault]:
    """Records whose NIP and name do not belong together, within the files or against the database.

    Names that are only written otherwise are noted in the plan.
    """
    faults = []
    first: dict[str, tuple[str, Record]] = {}
    told: set[tuple[str, str]] = set()
    for record in records:
        name = record.values.get("name")
        if not isinstance(name, str):
            continue
        nip = str(record.values["nip"])
        before = first.setdefault(nip, (name, record))
        if compare_names(before[0], name) == "other":
            faults.append(
                _fault(
                    plan.reading,
                    record,
                    N_("the NIP {value} belongs to “{name}” here and to “{other}” in row {row} of “{sheet}”"),
                    "NIP",
                    nip,
                    name=name,
                    other=before[0],
                    row=before[1].row,
                    sheet=before[1].sheet,
                )
            )
            continue
        if nip not in people.known_names:
            continue
        if other := _exchanged_namesake(record, nip, people):
            faults.append(
                _fault(
                    plan.reading,
                    record,
                    N_("“{name}” of “{unit}” has the NIP {other}, and the row gives {value}; one of them is wrong"),
                    "NIP",
                    nip,
                    name=name,
                    unit=record.values["unit"],
                    other=other,
                )
            )
            continue
        likeness = compare_names(people.known_names[nip], name)
        if likeness == "other":
            faults.append(
                _fault(
                    plan.reading,
                    record,
                    N_(
                        "the NIP {value} is known as that of “{other}”, and the row names “{name}”; one of them is wrong"
                    ),
                    "NIP",
                    nip,
                    name=name,
                    other=people.known_names[nip],
                )
            )
        elif likeness == "alike" and (nip, name) not in told:
            told.add((nip, name))
            file = plan.reading.files[record.file].name
            plan.written_otherwise.append(
                NameMatch(file, record.row, name, "", nip, people.known_names[nip], people.known_units[nip])
            )
    return faults


def _exchanged_namesake(record: Record, nip: str, people: _People) -> str:
    """The NIP of the namesake whose unit a row names, where it gives another one's; empty where it does not."""
    unit = fold_text(str(record.values.get("unit") or ""))
    homes = people.by_name.get(bare_name(people.known_names[nip]), {})
    if record.kind == "employee" or not unit or len(homes) < 2 or unit == homes.get(nip):
        return ""
    return next((other for other, home in homes.items() if other != nip and home == unit), "")


#: From which share of the known people on a file of main data is one of everybody.
_WHOLE = 0.5


def _look_at_export(plan: ImportPlan, known: pd.DataFrame, records: list[Record]) -> None:
    """Note who is known, in service, and not named by an export that names most others."""
    named = {str(record.values["nip"]) for record in records if record.kind == "employee"}
    serving = known[known["service_status"].isna() | (known["service_status"] == "active")]
    missing = serving[~serving["nip"].isin(named)]
    if named and len(missing) and len(serving) - len(missing) >= max(3, _WHOLE * len(serving)):
        plan.not_in_export = sorted(zip(missing["nip"], missing["name"], strict=True), key=lambda pair: pair[1])


def _goes_back(values: Mapping[str, object], before: Mapping[str, object]) -> bool:
    """Whether main data name another post than known, held since an earlier day: those of an older export."""
    since, known = values.get("position_since"), before.get("position_since")
    other = fold_text(str(values.get("position_title"))) != fold_text(str(before.get("position_title")))
    return other and isinstance(since, dt.date) and isinstance(known, dt.date) and since < known


def _find_twice(people: _People, named: set[str]) -> list[tuple[str, str, str]]:
    """People of one name and one birth date with two NIPs, one of them in the files."""
    twice = []
    for namesakes in people.by_name.values():
        nips = sorted(namesakes)
        twice += [
            (people.names[nip], nip, other)
            for at, nip in enumerate(nips)
            for other in nips[at + 1 :]
            if people.births[nip] == people.births[other] and named & {nip, other}
        ]
    return twice


#: Columns that say who wrote a fact down, not what it is: two rows that differ in them alone agree.
_ASIDE = frozenset({"appraiser", "recommendation", "organiser", "decree", "institution", "assessor"})


def _merge_duplicates(
    reading: Reading, records: list[Record], faults: list[Fault]
) -> tuple[list[Record], list[Record]]:
    """One record a fact, and those that another source overrules.

    Later rows of a layout may add what earlier ones do not say, never contradict it. Of two
    layouts that contradict each other the one that comes first among the layouts counts: system
    exports before recaps before templates.
    """
    order = {layout.key: number for number, layout in enumerate(LAYOUTS)}
    merged: dict[Key, Record] = {}
    overruled = []
    for record in sorted(records, key=lambda record: order[record.layout]):
        kind = KINDS[record.kind]
        key = (record.kind, *_key_of(record))
        other = merged.setdefault(key, record)
        if other is record:
            continue
        clash = [
            column
            for column in kind.values
            if column not in _ASIDE
            and None not in (record.values.get(column), other.values.get(column))
            and record.values[column] != other.values[column]
        ]
        if clash and record.layout != other.layout:
            overruled.append(record)
            continue
        if clash and clash != ["name"]:
            faults.append(
                _fault(
                    reading,
                    record,
                    N_(
                        "the row contradicts row {row} of “{sheet}” about the same fact: {columns}; keep the row that counts"
                    ),
                    row=other.row,
                    sheet=other.sheet,
                    columns="; ".join(
                        f"{column} {spell_code(column, str(other.values[column]))} / "
                        f"{spell_code(column, str(record.values[column]))}"
                        for column in clash
                    ),
                )
            )
        for column in kind.values:
            if other.values.get(column) is None and column in record.values:
                other.values[column] = record.values[column]
    return list(merged.values()), overruled


def _by_key(frame: pd.DataFrame, kind: str) -> dict[Key, tuple[int, dict[str, object]]]:
    columns = KINDS[kind].columns
    width = len(KINDS[kind].key)
    return {
        _fold_key(row[1 : 1 + width]): (row[0], dict(zip(columns, row[1:], strict=True)))
        for row in zip(frame["id"].tolist(), *(_plain(frame[column], column) for column in columns), strict=True)
    }


def _plain(values: pd.Series, column: str) -> list[object]:
    """Values as a reader of files would hand them out: None for missing, date for dates."""
    if column in DATE_COLUMNS:
        return [None if pd.isna(value) else pd.Timestamp(value).date() for value in values]
    return [None if pd.isna(value) else value for value in values.tolist()]


def _let_go_of_halves(record: Record, before: Mapping[str, object]) -> None:
    """What a rating was made of goes with it, where another rating comes without its halves."""
    halves = ("work_result", "behaviour")
    if record.kind != "performance_rating" or any(record.values.get(half) is not None for half in halves):
        return
    derived = RATING_FROM.get((str(before["work_result"]), str(before["behaviour"])))
    if derived is not None and record.values.get("rating") not in (None, derived):
        record.values |= dict.fromkeys(halves)


def _compare(record: Record, known: dict[Key, tuple[int, dict[str, object]]], plan: ImportPlan, wishes: Wishes) -> None:
    """Note whether a record is new, changes what is known or says nothing new. An empty cell takes nothing away."""
    kind = KINDS[record.kind]
    counter = plan.counts[(record.file, record.kind)]
    before = known.get(_key_of(record))
    if before is None:
        counter["new"] += 1
        plan.changes.append(Change(record))
        return
    # Written as it is known: other capitals are no change.
    record.values |= {column: before[1][column] for column in kind.key}
    for column in kind.values:
        if column in record.values and record.values[column] is None:
            if before[1][column] is not None:
                (plan.erased if column in wishes.erase else plan.could_erase)[column] += 1
            if column not in wishes.erase:
                del record.values[column]
    _let_go_of_halves(record, before[1])
    if any(before[1][column] != value for column, value in record.values.items() if column in kind.columns):
        counter["changed"] += 1
        plan.changes.append(Change(record, before[1], before[0]))
    else:
        counter["unchanged"] += 1
