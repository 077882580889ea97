"""The command line: each command parses, makes one call, and prints.

    app         the command `chronicle`, its options and its commands by name
    lazy        commands that are imported when they are called
    helping     help, laid out when it is asked for
    desk        what every command gets: where the database is
    options     the options of views, of formats
    failures    every error to its words and its exit code
    report      what a command has to say, whatever the format
    output      JSON, JSON Lines and CSV
    layout      sheets as lines that fit a width
    tables      tables for people
    cells       single values as text
    progress    a count on the terminal while long work runs
    rulings     rulings as reports
    grounds     why a slot is ruled on as it is, claim by claim
    filling     init, append
    state       state
    conflicts   conflicts
    why         why
    history     trace, timeline
    finding     show, search
    keeping     log, verify, rebuild
    expect      expect

Data go to standard output, words to standard error. Exit code 0: fine; 1: refused, or findings;
2: a wrong use.
"""

from __future__ import annotations


def main() -> None:
    """Run the command `chronicle` with the arguments of this process."""
    from chronicle.cli.app import chronicle  # noqa: PLC0415  # the package itself stays light

    chronicle(prog_name="chronicle")
