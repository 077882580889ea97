"""Pieces: what a page for people is made of, for the format `markdown`.

saying       what claims and rulings say, with names for ids
disputes     rulings that are disputed, with all sides
losing       why a rival is not what is held
chronology   the pieces of a page
headings     the years and months in which events stand
preface      what a page says of itself
prose        a piece in Markdown
"""
