#!/usr/bin/env python3
"""Writes day/messages.jsonl: one day of an invented residence of forty dwellings, with everything that its sensors and
their gateways send at once, each in the form of its sender. The same bytes with every run.

What happens (times of Paris): a sequence gap in the boiler room at 6:45; the gateway in the courtyard is cut off from 9:10
to 9:50 and sends what it has stored; a smoke alarm is tested at 10:05; a water meter is exchanged at 10:30; a message
is cut in two at 11:07; the boiler room is gone from 12:10 to 12:31; frame counters begin anew after 13:00 with a join,
after 15:00 without; a cellar is wet from 14:20 to 16:05, told through two gateways that do not know of each other; a
meter says that it leaks from 16:00 on; a hose leaks from 17:42 to 18:02; somebody calls for help at 21:14; the battery
of a fall pendant goes down to 9 %.
"""

import json
import pathlib

from bridges import bridges
from life import clock
from lorawan import climate, lorawan
from plant import plant
from senders import Radio, Recording, TheThingsStack


def poison(out):
    """A message that somebody's buffer cut off: it must harm nothing."""
    stack = TheThingsStack(out)
    device = Radio("A81758FFFE0500FF", "elsys", "ers", 5)
    at = clock(11, 7, 13)
    whole = json.dumps(stack.message(at, "climat-local-velos", device, climate(at, "local-velos")))
    out.say(at, stack.topic("climat-local-velos"), whole[:256])


if __name__ == "__main__":
    day = Recording()
    for part in (lorawan, bridges, plant, poison):
        part(day)
    day.write(pathlib.Path(__file__).resolve().parent / "day/messages.jsonl")
