"""Presentasi: for the projector, one post or person at a time, with names hidden if wanted."""

import pandas as pd
import streamlit as st

from core.charts.presentation import large_bars
from core.store.accounts import Account
from core.talent.person import profile
from core.talent.person.anonymised import blind_numbers
from core.talent.ranking.order import shares_of
from core.talent.review import TalentReview, rank_post
from core.talent.succession.table import agenda
from core.ui.export import chart_with_files
from core.ui.language import named, plain, show_day, show_number, t
from core.ui.links import choose_one, remembered, switch
from core.ui.people_set import people_set
from core.ui.shared import review
from core.ui.shell import page, part, serve
from core.ui.terms import answer_name, box_name, gate_sentence, level_name, score_or_interval
from core.ui.widgets import nothing_imported

_LARGE_TYPE = "<style>html { font-size: 22px !important; }</style>"
#: How many candidates of a post are shown.
_FIRST = 5


def draw(account: Account) -> None:
    """The page."""
    if nothing_imported(review()):
        return
    st.html(_LARGE_TYPE)
    _slide(review())


@part
def _slide(current: TalentReview) -> None:
    people = [nip for nip in people_set() if nip in current.people.index]
    with st.container(horizontal=True, vertical_alignment="center", key="agenda"):
        kinds = {"posts": t("Posts"), "people": t("People")}
        kind = choose_one(
            st.segmented_control,
            t("Items of the agenda"),
            list(kinds),
            "agenda_of",
            "people" if people else "posts",
            required=True,
            format_func=kinds.get,
            label_visibility="collapsed",
        )
        items = people if kind == "people" else agenda(current.board)
        at = _position(len(items))
        st.button(
            t("Previous"), key="slide_back", icon=":material/arrow_back:", shortcut="Left", disabled=at == 0,
            on_click=_go, args=(at - 1,),
        )  # fmt: skip
        st.button(
            t("Next"), key="slide_on", icon=":material/arrow_forward:", shortcut="Right",
            disabled=at >= len(items) - 1, on_click=_go, args=(at + 1,),
        )  # fmt: skip
        st.text(t("{at} of {all}", at=at + 1 if items else 0, all=len(items)))
        blind = switch(t("Hide names"), "blind")
        if st.button(t("End"), key="slide_end", icon=":material/close:"):
            st.switch_page(page("overview"))
    if not items:
        st.info(t("No people are chosen: make a set on the talent grid, then come back; or show the posts."))
    elif kind == "posts":
        _post(current, items[at], blind)
    else:
        _one(current, items[at], items, blind)


def _position(count: int) -> int:
    said = remembered("slide") or "1"
    return min(max(int(said) if said.isascii() and said.isdigit() else 1, 1), max(count, 1)) - 1


def _go(at: int) -> None:
    st.session_state["slide"] = str(at + 1)


def _post(current: TalentReview, post: str, blind: bool) -> None:
    row = current.board.set_index("post").loc[post]
    st.title(plain(row["title"]), anchor=False)
    held = (
        t("vacant")
        if row["vacant"]
        else t("until {day}", day=show_day(row["retires_on"])) + ("" if blind else f" · {row['incumbent']}")
    )
    st.subheader(f"{plain(held)} · {t('{count} ready now', count=row['ready_now'])}", anchor=False)
    ranked = rank_post(current, post, shares_of(None, current.rubric.weights), current.rules.order)
    first = ranked[ranked["rank"].notna()].head(_FIRST)
    if first.empty:
        st.info(t("No candidate of this post is fully assessed."))
        return
    numbers = blind_numbers(list(ranked["nip"]), post)
    names = [_number(numbers[nip]) if blind else name for nip, name in zip(first["nip"], first["name"], strict=True)]
    table = pd.DataFrame(
        {
            "name": [f"{rank}. {name}" for rank, name in zip(first["rank"], names, strict=True)],
            "value": first["score"].to_numpy(),
            "label": [
                f"{show_number(score, 2)}   {box_name(box)}"
                for score, box in zip(first["score"], first["box"].fillna(0).astype(int), strict=True)
            ],
            "note": [answer_name(int(answer)) for answer in first["eligibility"]],
            "eligible": (first["eligibility"] == 0).to_numpy(),
        }
    )
    title = t("First {count} of {all} candidates, official weights", count=len(first), all=len(ranked))
    st.subheader(title, anchor=False)
    text = {"name": t("Name"), "value": t("Score"), "note": t("Eligibility")}
    chart_with_files("slide", f"mantel_{post}", large_bars(table, text), table, f"{row['title']}: {title}", "")
    st.caption(t("Blue: eligible; grey: not, or to be reviewed. For consideration: the decision is the PPK's."))


def _one(current: TalentReview, nip: str, people: list[str], blind: bool) -> None:
    person = current.people.loc[nip]
    name = _number(blind_numbers(people, "people")[nip]) if blind else person["full_name"]
    st.title(plain(name), anchor=False)
    where = [level_name(person["level"]), t("{age} years", age=person["age"])]
    if not blind:
        where.insert(0, str(person["position_title"] or "–"))
    value = score_or_interval(person["talent"], person["talent_low"], person["talent_high"])
    st.subheader(
        plain(" · ".join([*where, box_name(int(person["box"])), f"{t('Talent value')} {value}"])), anchor=False
    )
    criteria = profile.criteria_beside_peers(current, nip)
    names = {one.key: named(one.name) for one in current.rubric.parts}
    table = pd.DataFrame(
        {
            "name": criteria["part"].map(names),
            "value": criteria["value"],
            "label": [
                f"{score_or_interval(row.value, row.low, row.high)}   "
                + t("peers {median}", median=show_number(row.median, 1) if pd.notna(row.median) else "–")
                for row in criteria.itertuples()
            ],
            "note": "",
            "eligible": (criteria["value"] >= criteria["median"]).to_numpy(),
        }
    )
    title = t("Criteria; blue: at least the median of the peers")
    st.subheader(title, anchor=False)
    text = {"name": t("Criterion"), "value": t("Score"), "note": " "}
    chart_with_files("slide", "mantel_kriteria", large_bars(table, text), table, f"{name}: {title}", "")
    eligibility = current.eligibility
    st.subheader(f"{t('Eligibility')}: {answer_name(int(eligibility.overall.at[nip]))}", anchor=False)
    failing = [
        f"{named(gate.name)}: {gate_sentence(eligibility, gate.key, nip)}"
        for gate in eligibility.gates
        if gate.effect == "gate" and int(eligibility.answers[gate.key].at[nip, "answer"])
    ]
    st.text("\n".join(failing))


def _number(at: int) -> str:
    return t("Candidate {number}", number=f"{at:02d}")


serve(draw)
