"""Devices on LoRaWAN: leak ropes, meters and climate over The Things Stack, doors and motion over ChirpStack."""

from life import MINUTE, SECOND, clock, counted, every, humidity, indoors, moments
from senders import ChirpStack, Radio, TheThingsStack, iso, place
from wire import frame

ROPES = ("cave-a", "cave-b", "chaufferie", "gaine-a3", "gaine-a5", "gaine-b2", "local-velos", "surpresseur")
BOTH = ("gw-toit", "gw-cour")
LEAK, DRY = clock(14, 20, 1), clock(16, 5, 1)
# From then on the module is on a new meter, which began at 0.
EXCHANGE = clock(10, 30)
OUTAGE = (clock(9, 10), clock(9, 50))


def rope(temperature, percent=62, wet=False, battery=92):
    """Milesight EM300-ZLD: battery, temperature, humidity, and whether the rope is wet."""
    return frame("em300-sld-zld", "01755c", at2=("B", battery), at5=("<h", round(temperature * 10)),
                 at9=("B", percent * 2), at12=("B", wet))


def meter(litres, backwards=0, alarm=0):
    """B METERS IWM-LR3, clipped on a meter: litres forwards and backwards."""
    return frame("iwmlr3", "2c4a", at1=("<I", litres), at5=("<I", backwards), at12=("B", alarm))


def climate(at, name):
    """ELSYS ERS: temperature, humidity, light, motion, battery."""
    return frame("ers", "0100e2", at2=("B", round(indoors(at, name) * 10)), at4=("B", humidity(name)))


def leak_ropes(out):
    stack = TheThingsStack(out)
    for number, name in enumerate(ROPES):
        device = Radio(f"24E124136B50{number + 16:04X}", "milesight-iot", "em300-zld", 85, BOTH)
        times = [(at, False) for at in every(120, name)]
        if name == "cave-b":
            # Wet at 14:20, again with every report, dry after the plumber: at 16:05.
            times = [(at, LEAK < at < DRY) for at, _ in times]
            times += [(LEAK, True), (LEAK + 10 * MINUTE, True), (DRY, False)]
        for at, wet in sorted(times):
            temperature = indoors(at, name) - 7
            frame = rope(temperature, 85 if wet else 62, wet, battery=11 if name == "gaine-a5" else 92)
            counter = device.next()
            if at == LEAK:
                # The gateways' servers do not know of each other: the same frame comes twice.
                stack.up(at, f"corde-{name}", device, frame, counter=counter, gateways=["gw-toit"])
                stack.up(at + 1400, f"corde-{name}", device, frame, counter=counter, gateways=["gw-cour"])
            else:
                stack.up(at, f"corde-{name}", device, frame, counter=counter)


def water_meters(out):
    stack = TheThingsStack(out)
    for number in range(8):
        name = f"eau-a{number // 4 + 1}{number % 4 + 1}"
        device = Radio(f"70B3D5E75E01{number + 1:04X}", "b-meters", "iwmlr3", 1)
        begin = 180_000 + place(name, 400_000)
        taken_off = 0
        for at, total in counted(begin, every(120, name), 180 + place(name, 200)):
            if name == "eau-a23" and at < EXCHANGE:
                taken_off = int(total)
            stack.up(at, name, device, meter(int(total) - (taken_off if at > EXCHANGE else 0)))


def rooms(out):
    """Climate: four that the server leaves to us, four that it decodes itself."""
    stack = TheThingsStack(out)
    for number, name in enumerate(("hall-a", "hall-b", "laverie", "salle-commune")):
        device = Radio(f"A81758FFFE05{number + 64:04X}", "elsys", "ers", 5)
        for at in every(60, name):
            if name == "laverie" and clock(13) < at < clock(14):
                device.counter = -1  # Its battery was changed: it joins and counts from 0.
                joined = {"end_device_ids": stack.names(f"climat-{name}", device), "received_at": iso(at - 9000)}
                joined["join_accept"] = {"session_key_id": "AXBSH1Pk6Z0G166RlH16CQ==", "received_at": iso(at - 9100)}
                out.say(at - 9 * SECOND, stack.topic(f"climat-{name}", "join"), joined)
            stack.up(at, f"climat-{name}", device, climate(at, name))
    for number, name in enumerate(("a12", "a44", "b13", "b52")):
        device = Radio(f"24E124725B31{number + 32:04X}", "milesight-iot", "em300-th", 85, BOTH)
        for at in every(60, name):
            temperature, percent = indoors(at, name), humidity(name)
            data = frame("em300-th", "0367", at2=("<h", round(temperature * 10)), at6=("B", percent * 2))
            if name == "b13" and clock(15) < at < clock(16):
                device.counter = -1  # Started again without a word: no join.
            stack.up(at, f"climat-{name}", device, data,
                     decoded={"temperature": temperature, "humidity": percent})


def doors(out):
    """Over ChirpStack. What the gateway in the courtyard heard while it was cut off comes at the end of that time."""
    server = ChirpStack(out)

    def up(at, name, device, data):
        if OUTAGE[0] <= at < OUTAGE[1]:
            server.up(OUTAGE[1] + 2 * SECOND + (at - OUTAGE[0]) // 100, name, device, data, heard=at)
        else:
            server.up(at, name, device, data)

    for number, name in enumerate(("porte-a", "porte-b", "porte-parking", "porte-jardin")):
        device = Radio(f"24E124141C29{number + 80:04X}", "milesight-iot", "ws301", 85, ("gw-cour",))
        for at in moments(16):
            up(at, name, device, bytes.fromhex("030001040000"))
            up(at + 25 * SECOND, name, device, bytes.fromhex("03000004000001755f"))
        server.status(clock(3, number), name, device, 95 - number)
    for number, name in enumerate(("palier-a", "palier-b", "parking")):
        device = Radio(f"E8E1E1000104{number + 1:04X}", "browan", "tbms100", 102, ("gw-cour",))
        walks = moments(30)
        for at in sorted(walks + every(30, name)):
            count = 30_000 + sum(walk <= at for walk in walks)
            up(at, name, device, frame("tbms100", "01bb34", at0=("B", at in walks), at5=("<H", count)))
    for number, name in enumerate(("evier-b31", "chauffe-eau-b44")):
        device = Radio(f"E8E1E1000106{number + 1:04X}", "browan", "tbwl100", 106, ("gw-cour",))
        for at in every(180, name):
            up(at, name, device, frame("tbwl100", "110b36", at0=("B", 0), at3=("B", humidity(name))))
        server.event(clock(12, number), name, device, "ack", {"time": iso(clock(12, number)), "acknowledged": True})
    for number, name in enumerate(("porte-cave-a", "porte-cave-b")):
        device = Radio(f"A84041000181{number + 1:04X}", "dragino", "lds02", 10, ("gw-cour",))
        for count, at in enumerate(moments(6)):
            for status, later in ((0x8B, 0), (0x0B, 90 * SECOND)):
                data = frame("lds02", "0b8801001b", at0=("B", status), at4=(">H", 1200 + count))
                up(at + later, name, device, data)


def lorawan(out):
    leak_ropes(out)
    water_meters(out)
    rooms(out)
    doors(out)
