"""The elevator pipeline's work as a plain loop over a dictionary of states.

Called with a file of payloads, one a line, and `json` or `orjson`. Prints the processor seconds a message took.
"""
import sys
import time
from datetime import datetime

if sys.argv[2] == "orjson":
    from orjson import loads
else:
    from json import loads


class Elevator:
    __slots__ = ("sequence", "stuck_since", "told", "mean", "variance", "count", "last")

    def __init__(self):
        self.sequence = -1
        self.stuck_since = None
        self.told = False
        self.mean = 0.0
        self.variance = 1.0
        self.count = 0
        self.last = 0.0


with open(sys.argv[1], "rb") as file:
    payloads = file.read().splitlines()

elevators = {}
findings = 0
dropped = 0
began = time.process_time()
for payload in payloads:
    reading = loads(payload)
    name = reading["deviceId"]
    elevator = elevators.get(name)
    if elevator is None:
        elevator = elevators[name] = Elevator()
    if reading["sequence"] <= elevator.sequence:
        dropped += 1
        continue
    elevator.sequence = reading["sequence"]
    speed = reading["speed"]
    if reading["inInspection"] or speed < 0 or speed > 4:
        dropped += 1
        continue
    at = datetime.fromisoformat(reading["ts"]).timestamp()
    if speed < 0.02 and reading["load"] > 25 and reading["doors"] == "closed":
        if elevator.stuck_since is None:
            elevator.stuck_since = at
        elif at - elevator.stuck_since >= 90 and not elevator.told:
            elevator.told = True
            findings += 1
    else:
        elevator.stuck_since = None
        elevator.told = False
    elevator.count += 1
    difference = reading["motorCurrent"] - elevator.mean
    weight = max(0.001, 1 / elevator.count)
    elevator.mean += weight * difference
    elevator.variance = (1 - weight) * (elevator.variance + weight * difference * difference)
    if elevator.count > 100 and abs(difference) > 5 * elevator.variance**0.5:
        findings += 1
    elevator.last = at
print((time.process_time() - began) / len(payloads))
