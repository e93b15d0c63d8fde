"""Meters on wireless M-Bus, the boiler room over Sparkplug B, and what speaks a format without an envelope."""

from life import HOUR, MINUTE, SECOND, awake, clock, counted, dice, every, humidity, indoors, outdoors, wave
from senders import iso, place
from wire import cbor, metric, sparkplug

# Driver of wmbusmeters, medium, first serial number, how many, and how the total is called.
MBUS = (
    ("multical21", "cold water", 76_340_100, 4, "total_m3"), ("izar", "water", 20_117_300, 3, "total_m3"),
    ("hydrodigit", "water", 86_868_600, 3, "total_m3"), ("iperl", "water", 33_225_500, 2, "total_m3"),
    ("kamheat", "heat", 63_011_200, 2, "total_energy_consumption_kwh"),
    ("hydrocalm3", "heat", 71_002_800, 2, "total_energy_consumption_kwh"),
    ("omnipower", "electricity", 32_666_850, 2, "total_energy_consumption_kwh"),
    ("amiplus", "electricity", 10_101_010, 1, "total_energy_consumption_kwh"),
)
LEAKING = "76340102"


def mbus(out):
    for driver, medium, first, count, total in MBUS:
        for serial in range(first, first + count):
            identity, name = str(serial), f"{driver}-{serial % 100:02d}"
            daily = 0.35 if total == "total_m3" else 9.0
            for at, value in counted(50 + place(identity, 900), every(60, identity), daily):
                telegram = {"_": "telegram", "media": medium, "meter": driver, "name": name, "id": identity}
                telegram |= details(driver, identity, at) | {total: round(value, 3)}
                telegram |= {"timestamp": iso(at - 1200)[:-5] + "Z", "device": "rtlwmbus[loge]",
                             "rssi_dbm": -65 - place(identity, 30)}
                out.say(at, f"wmbusmeters/{identity}", telegram)


def details(driver, identity, at):
    if driver == "multical21":
        leaks = identity == LEAKING and at > clock(16)
        return {"status": "LEAK" if leaks else "OK", "flow_temperature_c": 11, "external_temperature_c": 18}
    if driver == "izar":
        return {"current_alarms": "no_alarm", "previous_alarms": "no_alarm", "remaining_battery_life_y": 9.5}
    if driver == "hydrodigit":
        return {"backflow_m3": 0.012, "voltage_v": 3.6}
    if driver in ("kamheat", "hydrocalm3"):
        return {"status": "OK", "t1_temperature_c": wave(at, 58, 66, 7), "t2_temperature_c": wave(at, 44, 48, 7)}
    if driver == "amiplus":
        return {"current_power_consumption_kw": round(0.2 + 2.4 * awake(at), 3), "voltage_at_phase_1_v": 231.0}
    return {}


# The boiler room: name, alias, unit, and the value at a time.
BOILER = (
    ("Départ/Température", 1, "°C", lambda at: wave(at, 62, 70, 6)),
    ("Retour/Température", 2, "°C", lambda at: wave(at, 46, 51, 6)),
    ("Réseau/Pression", 3, "bar", lambda at: wave(at, 1.8, 2.1, 6)),
    ("Brûleur/Marche", 4, None, lambda at: at // (30 * MINUTE) % 2 == 0),
    ("Brûleur/Démarrages", 5, None, lambda at: 48_210 + (at - clock(0)) // HOUR),
)


class Node:
    """A Sparkplug edge node: it counts its messages, and its births."""

    topic = "spBv1.0/erables/{}/chaufferie"

    def __init__(self, out):
        self.out, self.sequence, self.births = out, 0, 6

    def birth(self, at):
        self.sequence, self.births = 0, self.births + 1
        metrics = [metric(self.births, "bdSeq")]
        metrics += [metric(value(at), name, alias, at, unit) for name, alias, unit, value in BOILER]
        self.out.say(at, self.topic.format("NBIRTH"), sparkplug(at, metrics, 0))

    def data(self, at, metrics):
        self.sequence = (self.sequence + 1) % 256
        self.out.say(at, self.topic.format("NDATA"), sparkplug(at, metrics, self.sequence))

    def death(self, at):
        self.out.say(at, self.topic.format("NDEATH"), sparkplug(at, [metric(self.births, "bdSeq")]))


def boiler_room(out):
    node, gap, death, back = Node(out), clock(6, 45), clock(12, 10), clock(12, 31)
    node.birth(clock(0, 0, 10))
    report(node, clock(0, 5), gap)
    node.sequence += 2  # Two messages are lost; Vigie asks for a birth, and gets one within half a minute.
    report(node, gap, gap + 5 * MINUTE)
    node.birth(gap + 25 * SECOND)
    report(node, gap + 5 * MINUTE, death)
    node.death(death)
    node.birth(back)
    stored = range(death, back, 5 * MINUTE)
    node.data(back + 5 * SECOND, [metric(BOILER[0][3](at), alias=1, at=at, historical=True) for at in stored])
    report(node, back + 4 * MINUTE, clock(24))


def report(node, begin, end):
    """Every five minutes what has changed, by alias."""
    for at in range(begin, end, 5 * MINUTE):
        changed = [each for each in BOILER if (at // (5 * MINUTE) + each[1]) % 3 == 0]
        node.data(at, [metric(value(at), alias=alias, at=at - 800) for _, alias, _, value in changed])


def open_formats(out):
    for at in every(60, "gaine-ascenseur-a"):
        out.say(at, "erables/senml/gaine-ascenseur-a", [
            {"bn": "urn:dev:mac:0024befffe804ff1:", "bt": at // 1000 - 1, "n": "temperature", "u": "Cel",
             "v": indoors(at, "gaine-a")}, {"n": "humidity", "u": "%RH", "v": humidity("gaine-a")}])
    for at in every(60, "gaine-ascenseur-b"):
        out.say(at, "erables/senml-cbor/gaine-ascenseur-b", cbor([
            {-2: "urn:dev:mac:0024befffe804ff2:", -3: at // 1000 - 1, 0: "temperature", 1: "Cel",
             2: indoors(at, "gaine-b")}, {0: "humidity", 1: "%RH", 2: humidity("gaine-b")}]))
    for number, at in enumerate(every(60, "interphone")):
        attributes = {"specversion": "1.0", "id": f"interphone-{number}", "source": "/erables/interphone-a",
                      "type": "com.example.intercom.calls", "time": iso(at - 400)}
        out.say(at, "erables/events/interphone-a",
                attributes | {"datacontenttype": "application/json", "data": {"calls": int(8 * awake(at))}})
    for number, at in enumerate(every(60, "boites-colis")):
        attributes = {"specversion": "1.0", "id": f"colis-{number}", "source": "/erables/boites-colis",
                      "type": "com.example.parcels.level", "subject": "consigne-1", "time": iso(at - 400)}
        properties = [["content-type", "application/json"]] + [list(pair) for pair in attributes.items()]
        out.say(at, "erables/events/boites-colis", {"occupied": int(12 * awake(at)), "doors": 16},
                properties=properties)
    for at in every(30, "telegraf"):
        watts = 180 + 240 * awake(at)
        out.say(at, "telegraf/erables",
                f"ventilation,escalier=A,etage=toit power={watts:.1f},speed={int(watts * 3)}i {at - 2000}000000\n"
                f"ventilation,escalier=B,etage=toit power={watts * 0.9:.1f},speed={int(watts * 2.7)}i {at - 2000}000000")
    for at in every(30, "toit"):
        out.say(at, "erables/toit/temperature", f"{outdoors(at)} °C")
    for at in every(360, "compteur-toiture"):
        sun = max(0.0, wave(at, -900, 900, 13))
        produced = 81_200 + sum(max(0.0, wave(hour, -900, 900, 13)) for hour in range(clock(0), at, HOUR))
        out.say(at, "erables/csv/photovoltaique", f"time,power [W],energy [Wh]\n{iso(at)},{sun},{produced:.0f}")


def own_json(out):
    for name in ("erables-a", "erables-b"):
        times = every(10, name)
        for number, at in enumerate(times):
            moves = dice.random() < awake(at)
            out.say(at, f"landlord/erables/elevator/{name}/status", {
                "sequence": number + 1, "ts": iso(at - 150), "doors": "closed" if moves else "open",
                "speed": 1.0 if moves else 0, "load": 75 * dice.randrange(1, 4) if moves else 0,
                "motorCurrent": round(11.5 + dice.random(), 1) if moves else 0.8, "inInspection": False,
                "mode": "normal"})
    # The battery of one pendant goes down all day and is weak in the afternoon.
    for name, begin, loss in (("pendentif-a32", 83, 0.2), ("pendentif-b41", 34, 1.1)):
        for number, at in enumerate(every(60, name)):
            out.say(at, f"care/erables/pendant/{name}/event", {
                "id": f"{name}-{number}", "event": "alive", "battery": round(begin - loss * number), "worn": True})


def plant(out):
    for sender in (mbus, boiler_room, open_formats, own_json):
        sender(out)
