"""A committee's session: who sits in it, what each thinks, how far they agree, what they argue about, what they decide.

- ``committee`` the members and what the rules ask of a committee
- ``settings`` what no rule says and the committee sets
- ``phases`` the phases of a session and who may do what in each
- ``conflict`` conflicts of interest, and what they hide from whom
- ``opinion`` what one member thinks of a post, and the seal on it
- ``opinions`` what all think of a post, as arrays
- ``agreement`` how far the members agree, in figures and words
- ``dispute`` the fewest differences that decide the first places
- ``proposals`` ways to make one order of many
- ``room`` a post's candidates and everybody's opinions as one content, and all orders out of them
- ``decision`` votes, and what a decision must say
"""
