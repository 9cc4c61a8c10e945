"""An invented regency: people and their files in the layouts that really arrive. All invented.

- ``files``: write the invented people's facts as workbooks in the layouts that really arrive
- ``people``: invent the civil servants of a regency: seeded, so that the same call gives the same people
"""
