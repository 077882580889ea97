"""Dossiers: what a view is as entities and statements, for the format `followthemoney`.

cleaned     values as its types take them
proxies     entities while they are gathered, with who says each thing
links       which edge says what a ruling says of two things
notes       rulings in words
portraits   sources, entities and events with all that is held of them
"""
