"""A chronicle that was wrong in several ways, in two appends: for tests of what changes."""

from __future__ import annotations

FIRST = """\
sources:
  - {id: gazette, title: The *Gazette* & Co, published: 2022-01-05}
  - {id: herald, title: Вестник, published: 2022-01-12}
entities:
  - {id: ada, type: person, name: Ada Example}
  - {id: ada-e, type: person, name: A. Example}
  - {id: ben, type: person, name: Ben}
  - {id: agency, type: organisation, name: The Agency}
  - {id: chair, type: office, name: Chair of the Agency}
properties:
  - {id: status, label: state in the post, datatype: text}
  - {id: holder, label: held by, datatype: entity, qualifiers: [of]}
  - {id: toll, label: toll, datatype: quantity, temporal: fixed}
  - {id: hat, label: hat, cardinality: many, temporal: fixed}
events:
  - {id: fire, title: A fire, when: 2022-01-11, place: agency, source: herald, locator: p. 3}
claims:
  - {id: ada-in-post, subject: ada, property: status, value: in post, valid: 2021/..,
     source: gazette, speaker: agency}
  - {id: ada-relieved, subject: ada, property: status, value: relieved, valid: 2022-01-10/..,
     source: herald, locator: p. 2, speaker: agency, via: [ben], credibility: 1,
     revises: {claim: ada-in-post, kind: update, reason: The post came to its end.}}
  - {id: chair-ada, subject: chair, property: holder, value: ada, valid: 2021/..,
     source: gazette, qualifiers: {of: agency}}
  - {id: chair-ada-end, subject: chair, property: holder, value: ada, valid: /2022-01-10,
     source: herald, qualifiers: {of: agency}}
  - {id: toll-three, subject: agency, property: toll, value: "3", source: gazette}
  - {id: toll-four, subject: agency, property: toll, value: "4", source: herald}
  - {id: hat-red, subject: ada, property: hat, value: red, source: gazette}
  - {id: hat-red-too, subject: ada, property: hat, value: red, source: herald}
  - {id: hat-blue, subject: ada, property: hat, value: blue, source: gazette}
  - {id: ben-hat, subject: ben, property: hat, value: "=1+1", source: herald}
  - {id: ada-e-hat, subject: ada-e, property: hat, value: green, source: gazette}
retractions:
  - {id: blue-withdrawn, retracts: hat-blue, mode: withdrawn, source: herald,
     asserted: 2022-01-12, reason: "Not *blue*, says [she]."}
"""
"""What was known on the 6th, and what the Herald of the 12th made of it."""

SECOND = """\
retractions:
  - {id: slip, retracts: toll-four, mode: erratum, asserted: 2022-02-01, source: herald,
     reason: Misread.}
merges:
  - {id: same-ada, into: ada, from: [ada-e], judgement: same, reason: One person.}
policies:
  - {id: last-first, criteria: [assertion]}
"""
"""What the maintainers found out later about their own log."""
