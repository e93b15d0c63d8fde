"""Bytes of the binary forms: Sparkplug B (protocol buffers), CBOR and the LoRaWAN frames that begin from real ones."""

import json
import pathlib
import struct

FIXTURES = pathlib.Path(__file__).resolve().parent.parent


# Protocol buffers, as far as Sparkplug B 3.0 needs them.


def varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def number(field, value):
    return varint(field << 3) + varint(value)


def run(field, data):
    return varint(field << 3 | 2) + varint(len(data)) + data


def double(field, value):
    return varint(field << 3 | 1) + struct.pack("<d", value)


DOUBLE, BOOLEAN, UINT64, STRING = 10, 11, 8, 12


def metric(value, name=None, alias=None, at=None, unit=None, historical=False):
    """A metric; a birth gives it a name, an alias and a unit, data after it only the alias."""
    out = run(1, name.encode()) if name else b""
    out += number(2, alias) if alias is not None else b""
    out += number(3, at) if at is not None else b""
    kind = {bool: BOOLEAN, int: UINT64, float: DOUBLE, str: STRING}[type(value)]
    if name:
        out += number(4, kind)
    if historical:
        out += number(5, 1)
    if unit:
        text = number(1, STRING) + run(8, unit.encode())
        out += run(9, run(1, b"engUnit") + run(2, text))
    if kind == DOUBLE:
        return out + double(13, value)
    if kind == STRING:
        return out + run(15, value.encode())
    return out + number(14 if kind == BOOLEAN else 11, int(value))


def sparkplug(at, metrics, sequence=None):
    out = number(1, at) + b"".join(run(2, each) for each in metrics)
    return out if sequence is None else out + number(3, sequence)


# CBOR (RFC 8949): numbers, texts, lists and maps.


def cbor(value):
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        return head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return head(4, len(value)) + b"".join(cbor(each) for each in value)
    return head(5, len(value)) + b"".join(cbor(key) + cbor(each) for key, each in value.items())


def head(major, count):
    for size, form, code in ((24, None, None), (1 << 8, ">B", 24), (1 << 16, ">H", 25), (1 << 32, ">I", 26)):
        if count < size:
            first = count if form is None else code
            return bytes([major << 5 | first]) + (struct.pack(form, count) if form else b"")
    return bytes([major << 5 | 27]) + struct.pack(">Q", count)


# LoRaWAN frames: the bytes of a real one with other values put in.


def frame(device, begins, **places):
    """The first frame of `device` in the fixtures that begins so; `at3="<h", ...` puts numbers into its bytes."""
    for name in ("the-things-network-apache-2", "chirpstack-mit"):
        for line in (FIXTURES / f"lorawan/{name}.jsonl").read_text().splitlines():
            found = json.loads(line)
            if found["device"] == device and found["hex"].startswith(begins):
                data = bytearray.fromhex(found["hex"])
                for place, (form, value) in places.items():
                    struct.pack_into(form, data, int(place.removeprefix("at")), value)
                return bytes(data)
    raise LookupError(f"no frame of {device} begins with {begins}")
