"""Linked: what a view is in RDF, for the format `rdf`.

vocabulary   the names under which things are said
terms        values as RDF has them
kinds        what the ids are that records name
things       sources, properties, entities, events
assertions   claims and rulings
dataset      the export itself, and what was taken away
syntaxes     TriG, Turtle, JSON-LD
"""
