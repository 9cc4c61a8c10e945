"""Profil: one person on one page, or up to four side by side."""

import pandas as pd
import streamlit as st

from core.charts.profile import bars_against, posts_held
from core.reports.wording import field_header
from core.service import calibration
from core.store.accounts import Account
from core.talent.employee import parse_nip
from core.talent.person import profile
from core.talent.posts import ALL_PEOPLE
from core.talent.review import TalentReview
from core.talent.scoring.nine_box import ACTIONS
from core.ui.candidate.development import develop
from core.ui.explaining import explain_button
from core.ui.export import chart_with_files
from core.ui.language import named, plain, show_day, show_number, t
from core.ui.links import adopt, choose_one, publish
from core.ui.people_search import found_people
from core.ui.shared import engine, review, review_token
from core.ui.shell import part, serve
from core.ui.tables import compared_table
from core.ui.talent_grid.over_time import way_in_words
from core.ui.terms import answer_name, box_name, fact_name, gate_sentence, level_name, score_or_interval
from core.ui.widgets import nothing_imported, post_labels

_MOST = 4


def draw(account: Account) -> None:
    """The page."""
    current = review()
    if nothing_imported(current):
        return
    _profile(current, account)


@part
def _profile(current: TalentReview, account: Account) -> None:
    with st.container(key="profile_choice"):
        left, right = st.columns(2)
        with left:
            posts = [ALL_PEOPLE, *current.board["post"]]
            post = choose_one(
                st.selectbox,
                t("Held against the post"),
                posts,
                "post",
                posts[0],
                format_func=post_labels(current.board).get,
            )
        with right:
            nips = _chosen(current)
    if not nips:
        st.info(t("Nobody is chosen yet. Find a person by name, NIP or post in the field above."))
    elif len(nips) == 1:
        _one(current, nips[0], post, account)
    else:
        _several(current, nips, post)


def _chosen(current: TalentReview) -> list[str]:
    """People of the link; the field adds one to compare with."""
    adopt("nip", lambda text: [nip for nip in text.split("~") if nip][:_MOST], [])
    wanted = st.session_state["nip"]
    known = [nip for nip in dict.fromkeys(wanted) if nip in current.people.index]
    if len(known) < len(wanted):
        st.warning(t("A person of the link is not known here any more; the others are shown."))
    names = current.people["full_name"]
    if known and len(known) < _MOST:
        text = st.text_input(t("Compare with"), key="compare_with", max_chars=200, placeholder=t("name, NIP, post"))
        more = [(nip, line) for nip, line in found_people(text or "", 5) if nip not in known]
        for nip, line in more:
            if st.button(plain(line), key=f"add_{nip}", icon=":material/add:"):
                known.append(nip)
                break
    if len(known) > 1:
        kept = st.pills(
            t("Compared"),
            known,
            default=known,
            selection_mode="multi",
            format_func=lambda nip: str(names[nip]),
            key=f"compared_{'_'.join(known)}",
        )
        known = [nip for nip in known if nip in kept] or known[:1]
    publish("nip", known, "~".join(known))
    return known


def _one(current: TalentReview, nip: str, post: str, account: Account) -> None:
    person = current.people.loc[nip]
    required = profile.asked_levels(current, nip, post)
    criteria = profile.criteria_beside_peers(current, nip)
    levels = profile.competencies(current, nip, required)
    with st.container(key="profile"):
        _head(current, nip, person)
        _sentences(current, criteria, levels)
        # Side by side on paper as well, which a narrow sheet would not give columns.
        columns = st.container(horizontal=True, gap="large", key="profile_columns")
        left, right = (columns.container(width="stretch", key=f"profile_{side}") for side in ("left", "right"))
        with left:
            _criteria(current, criteria, str(person["level"]))
            _aspects(current, nip)
        with right:
            _competencies(levels)
            _gates(current, nip, post)
        _history(current, nip)
        _records(current, nip)
        st.caption(
            _how_sure(current, nip)
            + " "
            + t("As of {day}. For consideration: the decision is the PPK's.", day=show_day(current.as_of))
        )
    with st.container(key="profile_more"):
        develop(current, nip, post, account)
        explain_button(current, nip, post, "profile")
        st.caption(t("Print this page with Ctrl+P: it fits one sheet of A4."))


def _head(current: TalentReview, nip: str, person: pd.Series) -> None:
    appointed = parse_nip(nip).appointed
    photo, who, box = st.columns([1, 7, 5], vertical_alignment="center")
    photo.markdown("# :material/account_circle:", help=t("place of the photo"))
    with who:
        st.subheader(plain(person["full_name"]), anchor=False)
        st.text(
            " · ".join(str(one) for one in (person["position_title"], person["unit"]) if isinstance(one, str) and one)
            or "–"
        )
        st.text(
            f"NIP {nip} · {level_name(person['level'])} · {person['grade'] if isinstance(person['grade'], str) else '–'} · "
            + t("{age} years, retires {day}", age=person["age"], day=show_day(person["retires_on"]))
            + (
                f" · {t('in the post since {day}', day=show_day(person['position_since']))}"
                if pd.notna(person["position_since"])
                else ""
            )
            + (f" · {t('in service since {year}', year=appointed.year)}" if appointed else "")
        )
    with box:
        decided = calibration.standing(engine()).get(nip)
        number = int(person["box"])
        value = score_or_interval(person["talent"], person["talent_low"], person["talent_high"])
        st.markdown(f"**{box_name(number)} · {t('Talent value')} {value}**")
        if decided:
            st.text(
                t("Decided by the committee: {box} ({session})", box=box_name(decided.box), session=decided.session)
            )
        if number:
            st.caption("; ".join(ACTIONS[number]), help="PermenPANRB 3/2020 jo 20/2025")
        else:
            possible = ", ".join(str(one) for one in current.possible_boxes(nip))
            st.caption(t("Possible boxes once known: {boxes}", boxes=possible))
        st.caption(t("Box over time: {way}", way=way_in_words(current, review_token(current), nip)))


def _sentences(current: TalentReview, criteria: pd.DataFrame, levels: pd.DataFrame) -> None:
    """Strengths and gaps, each a sentence that names its numbers."""
    parts = {one.key: named(one.name) for one in current.rubric.parts}

    def words(found: list[profile.Notable]) -> str:
        return "; ".join(
            t(
                "{what} {value} (median of peers {against})",
                what=parts[one.key],
                value=show_number(one.value, 1),
                against=show_number(one.against, 1),
            )
            if one.kind == "criterion"
            else t(
                "{what} level {value} of {against} asked for",
                what=field_header("competency_assessment", one.key),
                value=f"{one.value:g}",
                against=f"{one.against:g}",
            )
            for one in found
        )

    strong, weak = profile.strengths(criteria), profile.gaps(criteria, levels)
    st.text(
        t("Strengths: {list}.", list=words(strong))
        if strong
        else t("Strengths: no criterion stands out above the peers.")
    )
    st.text(
        t("Gaps: {list}.", list=words(weak))
        if weak
        else t("Gaps: nothing assessed lies below the peers or what is asked for.")
    )


def _criteria(current: TalentReview, criteria: pd.DataFrame, level: str) -> None:
    names = {one.key: named(one.name) for one in current.rubric.parts}
    table = criteria.assign(
        name=criteria["part"].map(names),
        mark=criteria["median"],
        label=[score_or_interval(row.value, row.low, row.high) for row in criteria.itertuples()],
    )
    title = t(
        "Criteria; the mark is the median of {count} peers ({level})",
        count=int(criteria["peers"].max()),
        level=level_name(level),
    )
    text = {"name": t("Criterion"), "value": t("Score"), "mark": t("Median of peers")}
    chart_with_files("criteria", "mantel_kriteria", bars_against(table, 100, text), criteria, title)


def _competencies(levels: pd.DataFrame) -> None:
    names = [field_header("competency_assessment", key) for key in levels["competency"]]
    labels = [f"{row.level:g} ({row.gap:+g})" if row.gap else f"{row.level:g}" for row in levels.itertuples()]
    asked = sorted(set(levels["required"]))
    title = (
        t("Competencies; the mark is level {level}", level=asked[0])
        if len(asked) == 1
        else t("Competencies; the mark is what the post asks for")
    )
    _levels(
        "competencies",
        title,
        t("Competency"),
        names,
        levels["level"],
        labels,
        levels["assessed_on"].iloc[0],
        levels["required"],
    )


def _aspects(current: TalentReview, nip: str) -> None:
    aspects = profile.potential_aspects(current, nip)
    names = [field_header("potential_assessment", key) for key in aspects["aspect"]]
    labels = [f"{value:g}" for value in aspects["value"]]
    title = t("Potential, eight aspects of 5")
    _levels(
        "potential", title, t("Aspect"), names, aspects["value"], labels, aspects["assessed_on"].iloc[0], float("nan")
    )


def _levels(
    key: str,
    title: str,
    what: str,
    names: list[str],
    values: pd.Series,
    labels: list[str],
    day: pd.Timestamp,
    mark: float | pd.Series,
) -> None:
    """Levels of 5 of the latest assessment with its date, or that there is none."""
    title += f" · {show_day(day)}" if pd.notna(day) else ""
    if values.isna().all():
        st.markdown(f"**{title}**")
        st.text(t("not assessed"))
        return
    known = values.notna()
    table = pd.DataFrame(
        {
            "name": names,
            "value": values,
            "low": 0.0,
            "high": 0.0,
            "mark": mark,
            "label": [label if is_known else "–" for label, is_known in zip(labels, known, strict=True)],
        }
    )
    picture = bars_against(table, 5, {"name": what, "value": t("Level"), "mark": t("Asked for")})
    chart_with_files(key, f"mantel_{key}", picture, table[["name", "value", "mark"]], title)


def _gates(current: TalentReview, nip: str, post: str) -> None:
    eligibility = current.eligibility_for(post)
    st.markdown(f"**{t('Eligibility')}: {answer_name(int(eligibility.overall.at[nip]))}**")
    lines = []
    for gate in eligibility.gates:
        if gate.effect != "shown":
            answer = int(eligibility.answers[gate.key].at[nip, "answer"])
            words = answer_name(answer) if answer == 0 else gate_sentence(eligibility, gate.key, nip)
            lines.append(f"{('✓', '?', '✗')[answer]} {named(gate.name)}: {words}")
    st.text("\n".join(lines))


def _history(current: TalentReview, nip: str) -> None:
    held = profile.history(current, nip)
    title = t("Posts held")
    if held.empty:
        st.markdown(f"**{title}**")
        st.text(t("no history has been imported"))
        return
    table = held.assign(
        acting=held["holding"].fillna("definitive") != "definitive",
        days=[f"{show_day(row.started_on)} – {show_day(row.ended_on)}" for row in held.itertuples()],
    )
    picture = posts_held(table.head(8), {"post": t("Post"), "unit": t("Unit"), "time": t("Time")})
    chart_with_files("held", "mantel_riwayat_jabatan", picture, held, title)


def _how_sure(current: TalentReview, nip: str) -> str:
    """How much of the talent value rests on records, and of which days the latest are."""
    lacking = set(current.scores.missing_measures(nip))
    weights = {measure.key: part.weight * measure.share for part in current.rubric.parts for measure in part.measures}
    known = show_number(100 * sum(weight for key, weight in weights.items() if key not in lacking))
    names = {"valid": t("valid"), "expired": t("expired"), "missing": t("missing")}
    latest = {
        kind: frame["assessed_on"].max()
        for kind, frame in current.context.of_person(nip).facts.items()
        if kind in current.assessments and len(frame)
    }
    dated = "; ".join(
        f"{fact_name(kind)}: {names[state]}" + (f" ({show_day(latest[kind])})" if kind in latest else "")
        for kind, state in current.assessments.loc[nip].items()
    )
    year = current.context.coverage.latest_year["performance_rating"]
    return t(
        "{share} % of the weight rests on records; ratings up to {year}; {dated}.", share=known, year=year, dated=dated
    )


def _records(current: TalentReview, nip: str) -> None:
    """Education, training, awards and discipline in one line each."""
    facts = current.context.of_person(nip).facts
    person = current.people.loc[nip]
    study = " ".join(str(one) for one in (person["education_level"], person["education_field"]) if isinstance(one, str))
    hours = facts["training"]["hours"].astype(float).sum()
    lines = [
        (t("Education"), study or "–"),
        (
            t("Training"),
            t("{count} courses, {hours} JP", count=len(facts["training"]), hours=show_number(hours, 0))
            + _latest_names(facts["training"], "name_of_training", "started_on"),
        ),
        (t("Awards"), _latest_names(facts["award"], "name_of_award", "awarded_on").removeprefix(": ") or "–"),
        (
            t("Disciplinary punishments"),
            "; ".join(f"{row.punishment} ({show_day(row.decided_on)})" for row in facts["discipline"].itertuples())
            or "–",
        ),
    ]
    for title, words in lines:
        st.text(f"{title}: {words}")


def _latest_names(frame: pd.DataFrame, name: str, day: str) -> str:
    """The three latest with their years, after a colon; empty without any."""
    latest = frame.sort_values(day, ascending=False, kind="stable").head(3)
    words = [
        f"{one} ({when.year})" if pd.notna(when) else str(one)
        for one, when in zip(latest[name], latest[day], strict=True)
    ]
    return f": {'; '.join(words)}" if words else ""


def _several(current: TalentReview, nips: list[str], post: str) -> None:
    table = profile.side_by_side(current, nips)
    eligibility = current.eligibility_for(post)
    st.dataframe(compared_table(current, table, eligibility), alt=t("People side by side"), height="content")
    st.caption(t("▲ best and ▼ least of each line where they differ by three points or more."))


serve(draw)
