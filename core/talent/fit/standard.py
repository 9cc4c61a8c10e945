"""What a post asks for, from the post, its level and its rules, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.talent.employee import derive_level
from core.talent.facts import COMPETENCIES
from core.talent.posts import Post
from core.talent.vocabulary import EDUCATION_RANK

#: Level of competency that a level of posts asks for (PermenPANRB 38/2017: JPT Pratama 4 [S], the others by practice [L]).
REQUIRED_LEVEL = {
    "jpt_madya": 5,
    "jpt_pratama": 4,
    "administrator": 3,
    "expert_senior": 3,
    "supervisor": 2,
    "executive": 1,
}


def get_required_level(level: str | None) -> int:
    """The level of competency asked for at a level of posts; that of JPT Pratama where it is not known."""
    return REQUIRED_LEVEL.get(level or "", REQUIRED_LEVEL["jpt_pratama"])


def list_asked_competencies(post: Post) -> dict[str, int]:
    """The level (1-5) a post asks for of each competency.

    Raises
    ------
    PostProblem
    """
    level = derive_level(post.echelon or None, post.title)
    return dict.fromkeys(COMPETENCIES, post.required_level or get_required_level(level)) | post.asked


@dataclass(frozen=True)
class Standard:
    """What a post asks for.

    ``education`` is a level of education, ``levels`` those at one of which somebody must have served (empty: any);
    ``competencies`` the level (1-5) of each competency, ``of_level`` whether they are those of its level of posts;
    ``years`` of experience in the field, 0 where the post does not say.
    """

    post: Post
    level: str
    education: str
    levels: frozenset[str]
    competencies: Mapping[str, int]
    years: int

    @property
    def of_level(self) -> bool:
        """Whether the competencies asked for are those of the level of posts, no more and no less."""
        return set(self.competencies.values()) == {get_required_level(self.level)}


def ask_standard(post: Post, education: str, levels: frozenset[str]) -> Standard:
    """The standard of a post; ``education`` and ``levels`` are what its rules ask for.

    Raises
    ------
    PostProblem
        When what the post asks for cannot be read.
    """
    level = derive_level(post.echelon or None, post.title)
    own = post.own_requirements.get("education", ())
    competencies = list_asked_competencies(post)
    # A post may ask for more than its level, never for less.
    asked = max([education, *own], key=EDUCATION_RANK.__getitem__)
    return Standard(post, level, asked, levels, competencies, post.experience_years)
