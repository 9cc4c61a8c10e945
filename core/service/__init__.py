"""What one can do with Mantel, for pages and commands alike: the only place that joins
settings, files, store and domain. Roles are checked here, where the thing is done.

- ``accounts``: accounts: who may do what, and changing accounts
- ``attempts``: attempts at a secret: counted before it is looked at
- ``authenticator``: streamlit-authenticator, in this module alone: its hash of passwords and its signed cookie
- ``backup``: backups: the whole installation in one encrypted file, proven, and put back
- ``checking``: confirming that people have no disciplinary punishment, without a file
- ``clock``: the only clock: dates for the domain, times for the store
- ``decisions``: decisions of the committee on boxes and on readiness
- ``development``: steps of a person's development: kept, followed, closed
- ``explanation``: explanations: a person's numbers down to the cells they were imported from
- ``health``: whether an installation is in order
- ``importing``: importing, and undoing an import: one door for pages, commands and the demo
- ``installation``: making an installation: folder, database, cookie key, first administrator, demo data
- ``moving``: moving an installation to another database
- ``papers``: papers that were issued, a package
- ``passwords``: passwords: made for somebody, or chosen by somebody and then looked at
- ``placement``: placements: the plans of a review under limits, and each as rows
- ``pools``: kelompok rencana suksesi
- ``posts``: the posts
- ``quality``: data quality and official results: what needs the store beside the review
- ``reads``: who looked at whom: written into the audit trail beside the page
- ``reference``: the files under ``data/`` that describe the regency and the rules: posts, families, rubrics
- ``review``: talent reviews: the current one, shared by all sessions, and others by rubric or past date
- ``robustness``: firmness of an order with the installation's settings
- ``rubrics``: rubrics: the shipped ones, those kept in the database, copying, editing, comparing
- ``saved``: what is saved by name has one rule
- ``rules``: the rules in force: shipped ones overlaid by edited ones, with their history
- ``scenarios``: scenarios: save, list, find, rank again, remove
- ``secret_files``: secrets in files: made once, readable by the owner alone
- ``sessions``: a committee's session, a package
- ``second_factor``: the second factor: a code that changes every half minute, and codes for its loss
- ``sign_ins``: signing in, step by step, and out; who is signed in where
- ``studies``: fields of study that no discipline knows, placed in one by hand
- ``toml_text``: rubric and rules texts: read, and say on which line an entry stands
- ``trail``: the audit trail: written in the transaction of what it tells, verified against a signed checkpoint
- ``trail_reading``: reading the audit trail: an administrator's
- ``views``: views of a page saved by name, for everybody
"""
