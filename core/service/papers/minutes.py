"""The minutes of a closed session with their annexes, out of the parts that its replay rests on."""

from __future__ import annotations

import datetime as dt

import numpy as np

import core
from core.locales import Language, day, stamp
from core.papers.document import Block, Document, Section, head, list_items, say, tabulate
from core.reports.robustness import percent
from core.reports.sessions import BASIS_NAMES, PHASE_NAMES, PROPOSAL_NAMES, SEAT_NAMES, VOTE_NAMES
from core.reports.wording import ANSWER_NAMES
from core.service.papers.annex import AnnexWriter
from core.service.papers.material import Material
from core.service.robustness import assess_post
from core.service.sessions import seen
from core.service.sessions.seen import Decided, Room
from core.talent.messages import N_
from core.talent.ranking.decision_matrix import build_decision_matrix
from core.talent.ranking.fairness import list_group_kinds, monitor_selection
from core.talent.ranking.influence import measure_influence
from core.talent.session.agreement import measure_agreement
from core.talent.session.conflict import GROUNDS
from core.talent.session.proposals import PROPOSALS, Proposal


def write_minutes(made: Material, paper_number: str, issued_on: dt.date, language: Language = "id") -> Document:
    """The minutes with their annexes: everything that was put in, what came out, what was decided and by whom."""
    return _Minutes(made, language).write(paper_number, issued_on)


class _Minutes(AnnexWriter):
    def __init__(self, made: Material, language: Language) -> None:
        super().__init__(made, language)
        self._proposals: dict[str, Proposal] = {}

    def write(self, paper_number: str, issued_on: dt.date) -> Document:
        sections = [Section(tuple(self._frame()))]
        for each in self.session.posts:
            sections.append(Section(tuple(self._post(each.post))))
            sections.append(Section(tuple(self.annex(each.post)), wide=True))
        closing = [*self._tasks(), *self._course(), *self._evidence(), *self._signatures()]
        sections.append(Section(tuple(closing)))
        subject = self.t(N_("Session of the committee: {name}"), name=self.session.name)
        foot = f"{self.t(N_('Digest of the replay'))} {self.made.digest[:16]}"
        return self.document(self.t(N_("Minutes")), paper_number, issued_on, subject, sections, foot)

    def _propose(self, room: Room) -> Proposal:
        """The order that decisions are held beside, made once for a post."""
        if room.post not in self._proposals:
            self._proposals[room.post] = PROPOSALS[self.session.settings.consensus](room.opinions)
        return self._proposals[room.post]

    def _frame(self) -> list[Block]:
        settings, freeze, status = self.session.settings, self.session.freeze, self.made.status
        assert freeze is not None
        yes, no = self.t(N_("yes")), self.t(N_("no"))
        members = [
            (
                member.full_name,
                self.t(SEAT_NAMES[member.seat]),
                self.t(N_("inside")) if member.inside else self.t(N_("outside")),
                yes if member.id in status.present else no,
                yes if member.id in status.sealed else no,
            )
            for member in self.session.members
        ]
        basis = f"{self.t(BASIS_NAMES[settings.basis])} {settings.basis_number}".strip()
        rules = [
            f"{self.t(N_('Basis'))}: {basis}",
            self.t(N_("Quorum: {count}"), count=settings.count_quorum(len(self.session.members))),
            self.t(N_("Majority: more than {share} % of votes for and against"), share=round(settings.majority * 100)),
            self.t(N_("Secret vote")) if settings.secret_votes else self.t(N_("Open vote")),
            self.t(N_("Decisions are held beside: {proposal}"), proposal=self.t(PROPOSAL_NAMES[settings.consensus])),
            f"{self.t(N_('Rubric'))}: {self.review.rubric.name} ({self.review.rubric.digest[:12]})",
            self.t(
                N_("Data version {version} of {day}"), version=freeze.data_version, day=day(freeze.as_of, self.language)
            ),
        ]
        rules += [
            self.t(
                N_("Scored by members: {name}, {share} % of the whole"),
                name=part.name,
                share=self.figure(part.tenths / 10, 1),
            )
            for part in settings.parts
        ]
        blocks = [head(self.t(N_("Members and attendance")))]
        header = [self.t(word) for word in (N_("Name"), N_("Seat"), N_("Comes from"), N_("There"), N_("Sealed"))]
        blocks += tabulate("", header, members)
        blocks += [head(self.t(N_("By which rules"))), list_items(rules), *self._recusals()]
        return blocks

    def _recusals(self) -> list[Block]:
        said = [
            self.t(
                N_("Conflict of interest: {member} with {name} ({ground}: {reason})"),
                member=self.session.find_member(member).full_name,
                name=self.made.name(each.nip),
                ground=self.t(GROUNDS[each.ground]),
                reason=each.reason,
            )
            for member, declared in self.made.recusals.items()
            for each in declared
        ]
        nothing = self.t(N_("No member has a conflict of interest with a candidate."))
        return [head(self.t(N_("Conflicts of interest"))), list_items(said) if said else say(nothing)]

    def _post(self, post: str) -> list[Block]:
        title, room, decided = self.made.title(post), self.made.rooms[post], self.made.decided[post]
        candidates = self.session.find_post(post).candidates
        withdrawn = [entry for entry in self.made.status.withdrawn if entry[0] == post]
        everybody = {nip for each in self.session.posts for nip in each.candidates}
        applications = sum(len(each.candidates) for each in self.session.posts)
        blocks = [
            head(title),
            say(
                self.t(
                    N_(
                        "{count} candidates stand for this post; the session has {applications} applications of {persons} persons."
                    ),
                    count=len(candidates),
                    applications=applications,
                    persons=len(everybody),
                )
            ),
        ]
        blocks += [
            say(
                self.t(
                    N_("Withdrawn from {post}: {name} ({reason})"), post=title, name=self.made.name(nip), reason=reason
                )
            )
            for _, nip, reason in withdrawn
        ]
        blocks += self._decision(decided, room)
        if room is not None and room.members:
            blocks += self._orders(room)
            blocks += self._weights(room)
            blocks += self._label(post, room)
        return blocks

    def _decision(self, decided: Decided | None, room: Room | None) -> list[Block]:
        blocks = [head(self.t(N_("The decision")), 2)]
        if decided is None:
            return [*blocks, say(self.t(N_("Nothing was decided.")))]
        if not decided.choices:
            blocks.append(say(f"{self.t(N_('Left open'))}: {decided.reason}"))
        else:
            standings = seen.find_standings(self.session, room) if room is not None else {}
            rows = []
            for place, choice in enumerate(decided.choices, 1):
                stands = standings.get(choice.nip)
                check = self.t(N_("to be checked: {what}"), what=choice.check) if choice.check else ""
                rows.append(
                    (
                        f"{place}. {self.made.name(choice.nip)}",
                        choice.nip,
                        str(stands.official or "–") if stands else "–",
                        str(stands.consensus) if stands and stands.official else "–",
                        "; ".join(filter(None, (choice.reason, check))) or "–",
                    )
                )
            header = [self.t(word) for word in (N_("Named"), N_("Official place"), N_("Consensus place"), N_("Reason"))]
            header.insert(1, "NIP")
            blocks += tabulate("", header, rows)
        if decided.tally is not None and decided.choices:
            blocks.append(
                say(
                    self.t(
                        N_(
                            "Votes: {yes} in favour, {no} against, {abstain} abstentions; {entitled} members could vote."
                        ),
                        yes=decided.tally.yes,
                        no=decided.tally.no,
                        abstain=decided.tally.abstain,
                        entitled=decided.tally.entitled,
                    )
                )
            )
        voted = [
            f"{self.session.find_member(member).full_name}: {self.t(VOTE_NAMES[vote])}"
            for member, vote in decided.votes.items()
        ]
        voted += [
            self.t(N_("Dissent of {name}: {text}"), name=self.session.find_member(member).full_name, text=text)
            for member, text in decided.dissents.items()
        ]
        voted += [
            self.t(
                N_("Before: {names} ({votes})"),
                names="; ".join(map(self.made.name, before.choices)) or self.t(N_("Left open")),
                votes=self.t(
                    N_("{yes} in favour, {no} against, {abstain} abstentions"),
                    yes=before.yes,
                    no=before.no,
                    abstain=before.abstain,
                ),
            )
            for before in decided.earlier
        ]
        return [*blocks, list_items(voted)] if voted else blocks

    def _orders(self, room: Room) -> list[Block]:
        """The official order, the consensus, and every member's own."""
        consensus = self._propose(room).places
        ranks = [ranking.rank for ranking in room.opinions.rankings]
        order = np.lexsort((consensus, np.where(room.official > 0, room.official, len(room.official) + 1)))
        members = [self._short(member) for member in room.members]
        rows = [
            (
                self.made.name(room.candidates[row]),
                self.t(ANSWER_NAMES[int(room.answers[row])]),
                str(room.official[row] or "–"),
                str(consensus[row]) if room.official[row] else "–",
                *(str(rank[row] or "–") for rank in ranks),
            )
            for row in order
        ]
        header = [
            self.t(N_("Candidate")),
            self.t(N_("Gates")),
            self.t(PROPOSAL_NAMES["official"]),
            self.t(PROPOSAL_NAMES[self.session.settings.consensus]),
            *members,
        ]
        return [head(self.t(N_("Orders")), 2), *tabulate("", header, rows, most=8)]

    def _short(self, member: int) -> str:
        return self.session.find_member(member).full_name

    def _weights(self, room: Room) -> list[Block]:
        criteria = [str(each.name[self.language]) for each in self.review.rubric.criteria]
        rows = [
            (self._short(member), *(self.figure(share * 100, 1) for share in room.opinions.weights[at]))
            for at, member in enumerate(room.members)
        ]
        rows.append((self.t(N_("Official weights")), *(self.figure(share * 100, 1) for share in room.official_weights)))
        agreement = measure_agreement(room.opinions, room.places, room.stated)
        said = [
            self.t(N_("Consensus on the weights: {share}"), share=percent(agreement.consensus, self.language)),
            self.t(
                N_("Concordance of the orders (Kendall's W): {share}"),
                share=percent(agreement.concordance, self.language),
            ),
            self.t(N_("First names in common: {share}"), share=percent(agreement.overlap, self.language)),
        ]
        said += [f"{self._short(room.members[at])}: {note}" for at, note in room.notes.items()]
        return [
            head(self.t(N_("Weights and agreement")), 2),
            *tabulate(self.t(N_("Weights in percent")), [self.t(N_("Member")), *criteria], rows),
            list_items(said),
        ]

    def _label(self, post: str, room: Room) -> list[Block]:
        """What the order is made of: recipe, ingredients, influence, firmness, fairness."""
        proposal = self._propose(room)
        weights = proposal.weights if proposal.weights is not None else np.array(room.official_weights)
        chosen, places = self.session.find_post(post), room.places
        matrix = build_decision_matrix(self.review, post, chosen.rule)
        influence = measure_influence(matrix, weights, places)
        criteria = [str(each.name[self.language]) for each in self.review.rubric.criteria]
        missing = np.isnan(matrix.value).sum(axis=0)
        rows = [
            (name, self.figure(share * 100, 1), self.figure(of_first * 100, 1), str(int(gone)))
            for name, share, of_first, gone in zip(criteria, weights, influence.of_first, missing, strict=True)
        ]
        header = [
            self.t(word)
            for word in (
                N_("Criterion"),
                N_("Weight (%)"),
                N_("Influence on the first places (%)"),
                N_("Not assessed (persons)"),
            )
        ]
        said = [
            self.t(
                N_("Recipe: {proposal}; gates and boxes decide {share} of all pairs before any score."),
                proposal=self.t(PROPOSAL_NAMES[self.session.settings.consensus]),
                share=percent(influence.by_group, self.language),
            )
        ]
        robustness, alarm = assess_post(self.review, post, weights, chosen.rule)
        for nip, row in robustness.head(places).set_index("nip").iterrows():
            said.append(
                self.t(
                    N_("Firmness: {name} is among the first three in {share} of weightings nearby."),
                    name=self.made.name(str(nip)),
                    share=percent(float(row["first_three_share"]), self.language),
                )
            )
        if alarm:
            said.append(alarm)
        said += self._fairness(room)
        return [head(self.t(N_("Label of the ranking")), 2), *tabulate("", header, rows), list_items(said)]

    def _fairness(self, room: Room) -> list[str]:
        people = self.review.people.loc[list(room.candidates)]
        kinds = list_group_kinds(people)
        consensus = self._propose(room).places
        table = monitor_selection(people, {"now": consensus}, room.places, {"sex": kinds["sex"]})["now"]
        return [
            self.t(
                N_("Fairness: {selected} of {people} {group} among the first names."),
                selected=int(row["selected"]),
                people=int(row["people"]),
                group=self.t({"male": N_("men"), "female": N_("women")}.get(str(group), N_("of unknown sex"))),
            )
            for (_, group), row in table.iterrows()
        ]

    def _tasks(self) -> list[Block]:
        if not self.made.status.tasks:
            return []
        rows = [(task.what, task.owner, day(task.due, self.language)) for task in self.made.status.tasks]
        header = [self.t(word) for word in (N_("What"), N_("By whom"), N_("Until"))]
        return [head(self.t(N_("Tasks"))), *tabulate("", header, rows)]

    def _course(self) -> list[Block]:
        """The phases with their times (WIB), and what else was noted."""
        names = {member.username: member.full_name for member in self.session.members if member.username}
        rows = []
        for step in self.made.status.steps:
            told = [step.reason]
            for message, listed in ((N_("without {names}"), step.without), (N_("not there: {names}"), step.absent)):
                if listed:
                    told.append(self.t(message, names=", ".join(self._short(member) for member in listed)))
            way = f"{self.t(PHASE_NAMES[step.before])} → {self.t(PHASE_NAMES[step.after])}"
            rows.append(
                (stamp(step.at), way, names.get(step.username, step.username), "; ".join(filter(None, told)) or "–")
            )
        header = [self.t(word) for word in (N_("Time (WIB)"), N_("Step"), N_("By whom"), N_("Note"))]
        blocks = [head(self.t(N_("How the meeting went"))), *tabulate("", header, rows)]
        noted = [self.t(N_("Put aside for later: {what}"), what=text) for text in self.made.status.parked]
        noted += [
            self.t(
                N_("Later data taken over ({before} → {after}): {reason}"), before=before, after=after, reason=reason
            )
            for before, after, reason in self.made.status.updates
        ]
        return [*blocks, list_items(noted)] if noted else blocks

    def _evidence(self) -> list[Block]:
        return [
            head(self.t(N_("Replay"))),
            say(
                self.t(
                    N_(
                        "Facts, rules, judgements and orders of this session are kept. Computed again they must give the digest {digest} (Mantel {version})."
                    ),
                    digest=self.made.digest,
                    version=core.__version__,
                )
            ),
        ]

    def _signatures(self) -> list[Block]:
        rows = tuple(
            (self.t(SEAT_NAMES[member.seat]).capitalize(), member.full_name) for member in self.session.members
        )
        return [head(self.t(N_("Signatures"))), Block("signatures", rows=rows)]
