"""What each sender of the residence puts around its values: network servers, bridges and gateways."""

import base64
import copy
import json
import zlib
from datetime import datetime, timezone

from wire import FIXTURES


def iso(at):
    """Milliseconds since 1970 as every sender writes them: `2026-01-15T13:20:00.000Z`."""
    moment = datetime.fromtimestamp(at / 1000, timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at % 1000:03d}Z"


def example(fixture, line):
    return json.loads((FIXTURES / f"envelopes/{fixture}.jsonl").read_text().splitlines()[line])["message"]


def place(text, most):
    """A number below `most` that belongs to a text."""
    return zlib.crc32(text.encode()) % most


class Recording:
    """The messages of the day; written in the order in which they arrived."""

    def __init__(self):
        self.lines = []

    def say(self, at, topic, payload, retain=False, properties=None):
        line = {"at": iso(at), "topic": topic}
        if isinstance(payload, bytes):
            line["payloadBase64"] = base64.b64encode(payload).decode()
        else:
            text = isinstance(payload, str)
            line["payload"] = payload if text else json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
        if retain:
            line["retain"] = True
        if properties:
            line["properties"] = properties
        self.lines.append((at, line))

    def write(self, path):
        self.lines.sort(key=lambda entry: entry[0])
        with open(path, "w", encoding="utf-8") as file:
            for _, line in self.lines:
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")


class Radio:
    """A LoRaWAN device: its ids, its frame counter, and the gateways that hear it."""

    def __init__(self, eui, brand, model, port, gateways=("gw-toit",), counter=None):
        self.eui, self.brand, self.model, self.port, self.gateways = eui, brand, model, port, gateways
        self.counter = place(eui, 9000) + 100 if counter is None else counter

    def next(self):
        self.counter += 1
        return self.counter


class TheThingsStack:
    """Uplinks as The Things Stack 3 publishes them; the form is that of its documentation."""

    base = example("the-things-stack", 0)
    ids = example("the-things-stack", 8)["end_device_ids"]

    def __init__(self, recording):
        self.recording = recording

    def topic(self, name, event="up"):
        return f"v3/erables@ttn/devices/{name}/{event}"

    def names(self, name, device):
        ids = copy.deepcopy(self.ids)
        ids.update(device_id=name, dev_eui=device.eui, application_ids={"application_id": "erables"})
        return ids

    def message(self, at, name, device, frame, decoded=None, counter=None, gateways=None):
        uplink = copy.deepcopy(self.base["uplink_message"])
        heard = [self.heard(at, name, gateway) for gateway in gateways or device.gateways]
        uplink.update(
            f_port=device.port,
            f_cnt=device.next() if counter is None else counter,
            frm_payload=base64.b64encode(frame).decode(),
            rx_metadata=heard,
            version_ids={"brand_id": device.brand, "model_id": device.model},
            received_at=iso(at - 200),
        )
        uplink["settings"].update(time=iso(at - 350))
        del uplink["decoded_payload"]
        if decoded:
            uplink["decoded_payload"] = decoded
        return {
            "end_device_ids": self.names(name, device),
            "received_at": iso(at - 100),
            "uplink_message": uplink,
        }

    def heard(self, at, name, gateway):
        heard = copy.deepcopy(self.base["uplink_message"]["rx_metadata"][0])
        heard["gateway_ids"] = {"gateway_id": gateway, "eui": f"B827EBFFFE{place(gateway, 1 << 24):06X}"}
        signal = -70 - place(name + gateway, 45)
        heard.update(time=iso(at - 350), rssi=signal, channel_rssi=signal, snr=9.5 - place(name, 12))
        del heard["uplink_token"]
        return heard

    def up(self, at, name, device, frame, **more):
        self.recording.say(at, self.topic(name), self.message(at, name, device, frame, **more))


class ChirpStack:
    """Events as ChirpStack 4 publishes them; the form is that of its documentation, "Event types"."""

    application = "17c82e96-be03-4f38-aef3-f83d48582d97"

    def __init__(self, recording):
        self.recording = recording

    def event(self, at, name, device, kind, members):
        info = {
            "tenantName": "Bailleur", "applicationId": self.application, "applicationName": "erables",
            "deviceProfileName": f"{device.brand} {device.model}", "deviceName": name, "devEui": device.eui.lower(),
        }
        topic = f"application/{self.application}/device/{device.eui.lower()}/event/{kind}"
        self.recording.say(at, topic, {"deviceInfo": info, "devAddr": f"{place(name, 1 << 25):08x}"} | members)

    def up(self, at, name, device, frame, heard=None, object=None):
        """`heard`: when the gateway took it in, where that was long before it could pass it on."""
        taken = at - 300 if heard is None else heard
        info = [
            {
                "gatewayId": f"0016c001{place(gateway, 1 << 32):08x}", "uplinkId": place(f"{name}{at}", 1 << 32),
                "gwTime": iso(taken), "nsTime": iso(at - 150), "rssi": -72 - place(name + gateway, 40),
                "snr": 8.5 - place(name, 10), "crcStatus": "CRC_OK",
            }
            for gateway in device.gateways
        ]
        members = {
            "deduplicationId": f"3ac7e3c4-4401-4b8d-9386-{place(f'{name}{at}', 1 << 40):012x}", "time": iso(taken),
            "adr": True, "dr": 5, "fCnt": device.next(), "fPort": device.port, "confirmed": False,
            "data": base64.b64encode(frame).decode(), "rxInfo": info, "txInfo": {"frequency": 868100000},
        }
        self.event(at, name, device, "up", members | ({"object": object} if object else {}))

    def status(self, at, name, device, battery):
        self.event(at, name, device, "status", {"time": iso(at), "margin": 10, "batteryLevel": battery})
