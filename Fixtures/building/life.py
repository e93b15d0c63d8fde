"""The clock, the weather and the people of Les Érables, on Thursday 15 January 2026 in Paris; the same in every run."""

import math
import random

from senders import place

SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000
MIDNIGHT = 1_768_431_600_000  # 2026-01-15T00:00:00+01:00, in milliseconds since 1970
END = MIDNIGHT + 24 * HOUR

dice = random.Random(20260115)


def clock(hours, minutes=0, seconds=0):
    return MIDNIGHT + hours * HOUR + minutes * MINUTE + seconds * SECOND


def every(minutes, name):
    """Times of a device that reports so often, begun at a moment of its own and never quite on time."""
    begin = MIDNIGHT + place(name, minutes * 60) * SECOND
    return [begin + step * minutes * MINUTE + dice.randrange(1200) for step in range(24 * 60 // minutes)]


def moments(count):
    """When people do something, about so often: by the life of the house, and never twice within a minute."""
    minutes = range(MIDNIGHT, END - 2 * MINUTE, 2 * MINUTE)
    share = sum(awake(at) for at in minutes)
    return [at + dice.randrange(MINUTE) for at in minutes if dice.random() < count * awake(at) / share]


def hour(at):
    return (at - MIDNIGHT) / HOUR


def wave(at, low, high, warmest):
    """Between two values in the course of the day."""
    return round((low + high) / 2 + (high - low) / 2 * math.cos((hour(at) - warmest) * math.pi / 12), 1)


def outdoors(at):
    return wave(at, 0.5, 7.5, 15)


def indoors(at, name):
    coldest = 18.5 + place(name, 20) / 10
    return wave(at, coldest, coldest + 1.6, 20)


def humidity(name):
    return 40 + place(name, 15)


def awake(at):
    """How much goes on in a home, 0 to 1: breakfast, noon, evening."""
    peaks = ((7.5, 0.9), (12.5, 0.5), (19.5, 1.0))
    return 0.04 + sum(height * math.exp(-((hour(at) - peak) ** 2) / 2) for peak, height in peaks)


def counted(begin, times, daily):
    """A counter of water or electricity at each of these times, by how much goes on at them."""
    total, share = float(begin), sum(awake(at) for at in times)
    for at in times:
        total += daily * awake(at) / share * dice.uniform(0.7, 1.3)
        yield at, total
