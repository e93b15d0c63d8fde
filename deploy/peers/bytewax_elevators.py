"""The elevator pipeline's work as a Bytewax dataflow on one worker.

Called with a file of payloads, one a line. Prints the processor seconds a message took.
"""
import json
import sys
import time
from datetime import datetime

import bytewax.operators as op
from bytewax.dataflow import Dataflow
from bytewax.testing import TestingSink, TestingSource, run_main

with open(sys.argv[1], "rb") as file:
    payloads = file.read().splitlines()

findings = []


def is_wanted(reading):
    return not reading["inInspection"] and 0 <= reading["speed"] <= 4


def decide(state, reading):
    if state is None:
        # Sequence, stuck since, told, mean, variance, count.
        state = [-1, None, False, 0.0, 1.0, 0]
    if reading["sequence"] <= state[0]:
        return state, None
    state[0] = reading["sequence"]
    at = datetime.fromisoformat(reading["ts"]).timestamp()
    finding = None
    if reading["speed"] < 0.02 and reading["load"] > 25 and reading["doors"] == "closed":
        if state[1] is None:
            state[1] = at
        elif at - state[1] >= 90 and not state[2]:
            state[2] = True
            finding = "people stuck"
    else:
        state[1] = None
        state[2] = False
    state[5] += 1
    difference = reading["motorCurrent"] - state[3]
    weight = max(0.001, 1 / state[5])
    state[3] += weight * difference
    state[4] = (1 - weight) * (state[4] + weight * difference * difference)
    if state[5] > 100 and abs(difference) > 5 * state[4] ** 0.5:
        finding = "drive"
    return state, finding


flow = Dataflow("elevators")
stream = op.input("payloads", flow, TestingSource(payloads, batch_size=1000))
stream = op.map("decode", stream, json.loads)
stream = op.filter("wanted", stream, is_wanted)
keyed = op.key_on("elevator", stream, lambda reading: reading["deviceId"])
decided = op.stateful_map("decide", keyed, decide)
found = op.filter("found", decided, lambda pair: pair[1] is not None)
op.output("findings", found, TestingSink(findings))

began = time.process_time()
run_main(flow)
print((time.process_time() - began) / len(payloads))
