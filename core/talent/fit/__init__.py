"""How a person fits a post: the official figure, and three parts by a rubric of its own.

- ``official`` talent value and technical competence mixed by the post's level (Kepka BKN 411/2025)
- ``standard`` what a post asks for: study, levels of competency, technical subject, experience
- ``rubric`` the weights and settings of the parts, from their file
- ``parts`` discipline, competence and experience of people against a standard
"""
