"""What of a closed session the public is told."""

from __future__ import annotations

import datetime as dt

from core.locales import Language
from core.papers.document import Block, Document, Section, head, list_items, say
from core.service.papers.material import Material, Writer
from core.talent.messages import N_
from core.talent.names import bare_name


def write_announcement(made: Material, paper_number: str, issued_on: dt.date, language: Language = "id") -> Document:
    """The names of each post in the order of the alphabet, without any value, place or NIP."""
    writer, session = Writer(made, language), made.session
    blocks: list[Block] = [
        say(writer.t(N_("The committee names for each post the following, in the order of the alphabet.")))
    ]
    for each in session.posts:
        decided = made.decided[each.post]
        blocks.append(head(made.title(each.post)))
        if decided is None or not decided.choices:
            blocks.append(say(writer.t(N_("Nobody is named for this post."))))
        else:
            blocks.append(list_items(sorted((made.name(choice.nip) for choice in decided.choices), key=bare_name)))
    blocks.append(
        say(writer.t(N_("No post is for sale. Whoever asks for money acts against the law; tell the Inspektorat.")))
    )
    subject = writer.t(N_("Announcement of the names for {count} posts"), count=len(session.posts))
    return writer.document(
        writer.t(N_("Announcement")), paper_number, issued_on, subject, [Section(tuple(blocks))], session.name
    )
