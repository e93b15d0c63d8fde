"""Reads one JSON message again and again with `json.loads`.

Called with a file that holds the message. Prints the processor seconds that one took, the least of several rounds.
"""
import sys
import time
from json import loads

MESSAGES = 5_000

with open(sys.argv[1], "rb") as file:
    payload = file.read()

best = float("inf")
for _ in range(9):
    began = time.process_time()
    for _ in range(MESSAGES):
        loads(payload)
    best = min(best, time.process_time() - began)
print(best / MESSAGES)
