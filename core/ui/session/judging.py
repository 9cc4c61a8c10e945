"""One's own judgement: conflicts first, then the weights, the own first names and the scores of each post, then the seal.

Everything that is let go of is kept at once; this tab keeps only what it itself let go of, so that an older tab of the same
member never writes over a newer one.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from core.service.sessions import judging, seen
from core.service.sessions.records import Session
from core.service.sessions.seen import Own
from core.store.accounts import Account
from core.talent.errors import InvalidWeights, MantelError
from core.talent.messages import N_
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.order import convert_tenths, parse_tenths
from core.talent.review import TalentReview
from core.talent.session.conflict import GROUNDS, ConflictProblem, Declaration
from core.talent.session.opinion import Opinion
from core.talent.session.opinions import Opinions
from core.ui.actions import ask_first, attempt, outcome, say_done
from core.ui.language import language, named, plain, sentence_of, show_number, t, tn
from core.ui.links import choose_one
from core.ui.ranking.panel import Release, live_ranking, read_release
from core.ui.ranking.panel.rows import panel_rows
from core.ui.ranking.panel.text import panel_text
from core.ui.session.scores import read_scores, type_scores
from core.ui.session.sentences import ground_name
from core.ui.session.shared import naming_posts, review_without, session_review
from core.ui.shared import engine

_PLACE, _SEALING = "session_judging", "session_sealing"
#: So many names of the own order are listed beside the scores.
_LISTED = 10


def draw(session: Session, account: Account, member: int | None = None) -> None:
    """The judgement of whoever is signed in, or of a member whose paper the secretariat enters."""
    outcome(_PLACE)
    own = seen.read_own(engine(), session, by=account, member=member)
    review = session_review(session)
    if session.phase == "judging" or own.undeclared:
        _conflicts(session, review, own, account, member)
        if own.undeclared:
            return
    posts = [each.post for each in session.posts if not own.recusal.hides(each.post)]
    if not posts:
        st.info(t("A declared conflict of interest shuts you out from every post of this session."))
    else:
        _judge(session, review, own, posts, account, member)
    if session.phase == "judging":
        _seal(session, own, account, member)


def _conflicts(session: Session, review: TalentReview, own: Own, account: Account, member: int | None) -> None:
    nips = list(dict.fromkeys(nip for post in session.posts for nip in post.candidates))
    declared = [own.declared[nip] for nip in nips if nip in own.declared]
    with_ground = [each for each in declared if each.ground]
    title = t("1. Conflicts of interest")
    if not own.undeclared:
        title += " · " + tn("{count} declared", "{count} declared", len(with_ground))
    with st.expander(title, expanded=bool(own.undeclared), icon=":material/handshake:"):
        st.caption(
            t(
                "Say of each candidate, before you see any value, whether there is a conflict (UU 30/2014, articles 42 and 43). {left} are left.",
                left=len(own.undeclared),
            )
        )
        grounds = {ground_name(ground): ground for ground in ("", *GROUNDS)}
        titles = {post.key: post.title for post in review.posts}
        at = {nip: [titles[each.post] for each in session.posts if nip in each.candidates] for nip in nips}
        table = pd.DataFrame(
            {
                "name": [review.people["full_name"].get(nip, nip) for nip in nips],
                "posts": ["; ".join(at[nip]) for nip in nips],
                "ground": [ground_name(own.declared[nip].ground) if nip in own.declared else None for nip in nips],
                "reason": [own.declared[nip].reason if nip in own.declared else "" for nip in nips],
            }
        ).astype("object")
        edited = st.data_editor(
            table,
            placeholder="–",
            key=f"conflicts_{session.id}_{own.member}_{len(declared)}",
            hide_index=True,
            width="stretch",
            height=min(38 * len(nips) + 40, 420),
            disabled=["name", "posts"] if not own.seal else True,
            column_config={
                "name": st.column_config.TextColumn(t("Candidate"), width="medium"),
                "posts": st.column_config.TextColumn(t("Posts"), width="medium"),
                "ground": st.column_config.SelectboxColumn(t("Declaration"), options=list(grounds), width="medium"),
                "reason": st.column_config.TextColumn(t("What the conflict is"), width="large", max_chars=500),
            },
        )
        said = [
            Declaration(nip, grounds[row.ground], row.reason or "")
            for nip, row in zip(nips, edited.itertuples(index=False), strict=True)
            if row.ground in grounds
        ]
        new = [each for each in said if own.declared.get(each.nip) != each]
        rest = [nip for nip in nips if nip not in {each.nip for each in said}]
        unclear = [row.name for row in edited.itertuples(index=False) if row.ground not in grounds and row.reason]

        def declare(everybody: bool) -> None:
            if unclear:
                raise ConflictProblem(N_("a reason is written for {name} and no ground chosen"), name=unclear[0])
            others = rest if everybody else []
            judging.declare_conflicts(engine(), session.id, new, others, by=account, member=member)

        left, right, _ = st.columns([2, 3, 3])
        left.button(
            t("Save what is said"),
            key=f"declare_{own.member}",
            on_click=attempt,
            args=(_PLACE, lambda: declare(everybody=False)),
            disabled=not new or bool(own.seal),
        )
        right.button(
            tn("No conflict with the other {count}", "No conflict with all {count} others", len(rest)),
            key=f"declare_all_{own.member}",
            type="primary",
            on_click=attempt,
            args=(_PLACE, lambda: declare(everybody=True)),
            disabled=not rest or bool(own.seal),
        )


def _judge(
    session: Session, review: TalentReview, own: Own, posts: list[str], account: Account, member: int | None
) -> None:
    titles = {post.key: post.title for post in review.posts}
    st.markdown(f"**{t('2. My weights, names and scores')}**")
    post = choose_one(
        st.segmented_control,
        t("Post"),
        posts,
        "judged",
        posts[0],
        required=True,
        format_func=lambda key: plain(titles[key]),
        label_visibility="collapsed",
    )
    opinion = own.opinions[post]
    chosen = session.find_post(post)
    hidden = own.recusal.people & set(chosen.candidates)
    seated = review_without(session, post, frozenset(hidden))
    readonly = bool(own.seal) and session.phase == "judging"
    tenths = _weights(session, seated, post, own, account, member, readonly)
    nips = [str(nip) for nip in seated.candidates(post)]
    names = dict(zip(nips, seated.view(post).names, strict=True))
    scores, order = st.columns([3, 2])
    with scores:
        given = _scores(session, post, own, nips, names, account, member, readonly)
    with order:
        _own_order(session, seated, post, tenths, given)
    _first(session, post, own, opinion, nips, names, account, member, readonly)


def _weights(
    session: Session,
    review: TalentReview,
    post: str,
    own: Own,
    account: Account,
    member: int | None,
    readonly: bool,
) -> tuple[int, ...] | None:
    """The live ranking with one's own weights; what was let go of is kept."""
    rubric, rule = review.rubric, session.find_post(post).rule
    kept = own.opinions[post].tenths
    start = Release(list(kept) if kept is not None else None, ())
    key = f"session_{session.id}_{own.member}_{post}_{language()}"
    known, elsewhere = f"_known_{key}", f"_elsewhere_{key}"
    start_id = f"{session.id}|{own.member}|{session.freeze}|{readonly}|"
    st.session_state.setdefault(known, kept)
    newer = st.session_state.setdefault(elsewhere, 0)
    released = read_release(key, f"{start_id}{newer}", start)
    tenths = st.session_state[known]
    try:
        given = (
            None
            if released.tenths is None
            else tuple(parse_tenths(".".join(map(str, released.tenths)), rubric.criterion_keys))
        )
        if given != tenths and not readonly:
            judging.keep_weights(engine(), session.id, post, given, len(rubric.criteria), by=account, member=member)
            tenths = st.session_state[known] = given
        elif kept != tenths:
            # Another tab of the same member has let go since: the panel begins anew with that.
            tenths = st.session_state[known] = kept
            st.session_state[elsewhere] = newer = newer + 1
    except (InvalidWeights, MantelError) as error:
        st.error(sentence_of(error))
    live_ranking(
        panel_rows(review, post, "talent", language()),
        key=key,
        cache_key=f"{review.cache_key}|{post}|{rule}|{language()}",
        criteria=[
            {
                "key": criterion.key,
                "name": named(criterion.name),
                "measures": [{"name": named(measure.name), "share": measure.share} for measure in criterion.measures],
            }
            for criterion in rubric.criteria
        ],
        official=rubric.weights,
        weights=list(kept) if kept is not None else None,
        locked=(),
        start_id=f"{start_id}{newer}",
        rule=rule,
        text={**panel_text(rule, review.eligibility_for(post)), **_own_words()},
        decimal_comma=language() == "id",
        readonly=readonly,
    )
    return tenths


def _own_words() -> dict[str, str]:
    """The panel's weights are no simulation here."""
    return {"simulation": t("my weights"), "simulation_note": t("kept as soon as you let go")}


def _scores(
    session: Session,
    post: str,
    own: Own,
    nips: list[str],
    names: dict[str, str],
    account: Account,
    member: int | None,
    readonly: bool,
) -> Mapping[str, tuple[float | None, ...]]:
    """The own scores, each kept as soon as its field is left; returns them as they are now."""
    parts = session.settings.parts
    if not parts:
        return {}
    empty = (None,) * len(parts)
    given = own.opinions[post].scores
    key = f"scores_{session.id}_{own.member}_{post}_{language()}"
    start = f"{session.id}|{own.member}|{post}|{readonly}|{language()}|{zlib.crc32('|'.join(nips).encode())}"
    # What this tab has sent to the database; an older tab never writes over a newer one.
    done: dict[tuple[int, int], float | None] = st.session_state.setdefault(f"_done_{start}", {})
    typed = read_scores(key, start, len(nips), len(parts))
    fresh = {cell: value for cell, value in typed.items() if cell not in done or done[cell] != value}
    if fresh and readonly:
        st.warning(t("This is sealed, perhaps in another tab of yours: what was typed here is not kept."))
    elif fresh:
        given = {nip: tuple(given.get(nip, empty)) for nip in nips}
        for (row, part), value in fresh.items():
            try:
                judging.keep_score(engine(), session.id, post, nips[row], part, value, by=account, member=member)
            except MantelError as error:
                st.error(sentence_of(error))
            else:
                done[row, part] = value
                kept = list(given[nips[row]])
                kept[part] = value
                given[nips[row]] = tuple(kept)
    type_scores(
        key,
        start,
        [names[nip] for nip in nips],
        [f"{part.name} ({show_number(part.tenths / 10, 1)} %)" for part in parts],
        [given.get(nip, empty) for nip in nips],
        {
            "head": t("Candidate"),
            "wrong": t("“{value}” is no score; expected 0 to 100, at most two decimals. It was not kept."),
            "of": t("{part} of {name}"),
        },
        readonly=readonly,
        decimal_comma=language() == "id",
    )
    lacking = sum(given.get(nip, empty).count(None) for nip in nips)
    said = (
        tn("{count} score is missing", "{count} scores are missing", lacking) if lacking else t("all scores are there")
    )
    st.caption(f"{said}. {t('Each score is kept as soon as you leave its field; 0 to 100. Enter goes down.')}")
    return given


def _own_order(
    session: Session,
    review: TalentReview,
    post: str,
    tenths: tuple[int, ...] | None,
    given: Mapping[str, tuple[float | None, ...]],
) -> None:
    """The own order with the own scores; the panel above knows the criteria alone."""
    parts = session.settings.parts
    if not parts:
        return
    view = review.view(post)
    matrix = build_decision_matrix(review, post, session.find_post(post).rule)
    empty = (None,) * len(parts)
    scores = [[np.nan if each is None else each for each in given.get(str(nip), empty)] for nip in view.candidates]
    weights = convert_tenths(tenths, review.rubric.weights)
    shares = np.array([part.tenths / 1000 for part in parts])
    ranking = Opinions(matrix.value, matrix.groups, weights[None, :], np.array([scores]), shares).rank(0)
    placed = [row for row in ranking.order if ranking.rank[row] > 0][:_LISTED]
    st.markdown(f"**{t('My order with my scores')}**")
    if not placed:
        st.caption(t("It appears with the first candidate who has all scores."))
    for row in placed:
        st.text(f"{ranking.rank[row]}. {view.names[row]} · {show_number(float(ranking.score[row]), 2)}")


def _first(
    session: Session,
    post: str,
    own: Own,
    opinion: Opinion,
    nips: list[str],
    names: dict[str, str],
    account: Account,
    member: int | None,
    readonly: bool,
) -> None:
    places = session.find_post(post).places
    key = f"first_{session.id}_{own.member}_{post}"

    def keep(names: bool) -> None:
        first = list(st.session_state.get(key) or []) if names else None
        note = None if names else st.session_state.get(f"{key}_note") or ""
        attempt(
            _PLACE,
            lambda: judging.keep_first(engine(), session.id, post, first, note, by=account, member=member),
        )

    left, right = st.columns(2)
    left.multiselect(
        t("My first name, if other than my order's")
        if places == 1
        else t("My first {count}, if other than my order's", count=places),
        nips,
        default=[nip for nip in opinion.first if nip in names],
        format_func=names.get,
        max_selections=places,
        key=key,
        on_change=keep,
        args=(True,),
        disabled=readonly,
        placeholder=t("choose in order …"),
    )
    right.text_input(
        t("Note"),
        value=opinion.note,
        key=f"{key}_note",
        max_chars=1000,
        on_change=keep,
        args=(False,),
        disabled=readonly,
    )


def _seal(session: Session, own: Own, account: Account, member: int | None) -> None:
    st.markdown(f"**{t('3. Seal')}**")
    outcome(_SEALING)
    if own.seal:
        st.success(t("Sealed. Nobody sees your judgement through Mantel before all are opened together."))
        st.caption(t("Seal {digest}", digest=own.seal[:16]))
        if member is None:
            ask_first(
                st.container(),
                t("Take the seal back"),
                t("You can change your judgement and seal again; the audit trail tells it."),
                "unseal",
                _SEALING,
                lambda: judging.unseal(engine(), session.id, by=account),
            )
        return
    st.caption(
        t(
            "Mantel shows your judgement to nobody before the opening, and a value that is changed after the seal is found. Whoever owns the database itself could read it."
        )
    )
    if member is None:

        def seal() -> None:
            judging.seal(engine(), session.id, by=account)
            say_done(_SEALING, t("Sealed."))

        st.button(
            t("Seal my judgement"),
            key="seal",
            type="primary",
            on_click=attempt,
            args=(_SEALING, naming_posts(session, seal)),
            icon=":material/lock:",
        )


def no_seat() -> MantelError:
    """What somebody without a seat reads where members judge."""
    return MantelError(N_("members judge alone now; what they think is shown to nobody before it is opened"))
