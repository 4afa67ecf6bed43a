"""The demo city: invented content for 96 leadership teams, the same at every start.

Every function is a pure function of unit and year. Nothing here knows the database.
"""
