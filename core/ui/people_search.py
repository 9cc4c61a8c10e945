"""The field that finds a person or a post from every page."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from core.talent.grid.search import SearchIndex, build_search_index, find_people, find_posts
from core.talent.review import TalentReview
from core.talent.vocabulary import spell_code
from core.ui.finder import Found, read_asked, show_finder
from core.ui.language import t
from core.ui.shared import review, shared_result


@shared_result(max_entries=2)
def _index(review: TalentReview) -> SearchIndex:
    return build_search_index(review.people)


def people_index(current: TalentReview) -> SearchIndex:
    """The search index of a review's people, made once."""
    return _index(current)


def found_people(text: str, most: int = 8) -> list[tuple[str, str]]:
    """NIP and a line (name · post · unit) of the people a text means, the likeliest first."""
    current = review()
    nips = find_people(people_index(current), text[:200], most)
    rows = current.people.loc[nips, ["full_name", "position_title", "unit"]]
    return [
        (str(nip), " · ".join(str(text) for text in row if isinstance(text, str) and text))
        for nip, row in zip(rows.index, rows.itertuples(index=False), strict=True)
    ]


@shared_result(max_entries=2)
def _left_index(review: TalentReview) -> SearchIndex:
    return build_search_index(review.left.assign(name=review.left["name"].astype(str)))


def find_left(text: str, most: int = 3) -> list[tuple[str, str]]:
    """NIP and a line (name · why not in service · last unit) of who left service and is looked for by name or NIP."""
    left = review().left
    nips = find_people(_left_index(review()), text[:200], most) if len(left) else []
    return [(str(nip), describe_left(left.loc[nip])) for nip in nips]


def describe_left(row: pd.Series) -> str:
    """Who is not in active service, why, and where last: a line of plain text."""
    pieces = (row["full_name"], spell_code("service_status", str(row["service_status"])), row["unit"])
    return t("{who}: not in active service", who=" · ".join(str(piece) for piece in pieces if isinstance(piece, str)))


def find_field(profile: st.Page, ranking: st.Page) -> None:
    """A text field; choosing what it finds leads to a person's profile or a post's ranking, and empties it."""
    asked = read_asked()
    posts = find_posts(review().posts, asked, 2) if asked else []
    people = found_people(asked, 7 - len(posts)) if asked else []
    found = [Found("post", post.key, post.title, t("Post: open its ranking")) for post in posts]
    found += [Found("nip", nip, line.split(" · ")[0], f"{line.partition(' · ')[2]} · {nip}") for nip, line in people]
    chosen = show_finder(
        t("Find a person"),
        t("Find: name, NIP, post"),
        asked,
        found,
        t("Nobody is found by “{text}”.", text=asked[:60]),
        [line for _, line in find_left(asked)] if asked else [],
    )
    if chosen:
        kind, key = chosen
        st.switch_page(profile if kind == "nip" else ranking, query_params={kind: key})
