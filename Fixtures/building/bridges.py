"""What comes from bridges and single devices: Zigbee2MQTT, Tasmota, Shelly, Homie, Home Assistant, Theengs."""

import copy
from datetime import datetime, timedelta, timezone

from life import MIDNIGHT, MINUTE, SECOND, awake, clock, counted, dice, every, humidity, indoors, moments, wave
from senders import example, place

# Friendly name: Zigbee2MQTT's vendor and model, and what it exposes.
ZIGBEE = {
    "a/hall/porte": ("Aqara", "MCCGQ11LM", "contact"), "b/hall/porte": ("Aqara", "MCCGQ11LM", "contact"),
    "a/local-poubelles/porte": ("SONOFF", "SNZB-04", "contact"), "b/gaine/trappe": ("IKEA", "E2013", "contact"),
    "a/palier-2": ("Aqara", "RTCGQ11LM", "occupancy"), "a/palier-4": ("Aqara", "RTCGQ11LM", "occupancy"),
    "b/palier-2": ("SONOFF", "SNZB-03", "occupancy"), "b/palier-4": ("Philips", "9290012607", "occupancy"),
    "a/cage/fumee": ("frient", "SMSZB-120", "smoke"), "b/cage/fumee": ("HEIMAN", "HS1SA", "smoke"),
    "b/cave/fumee": ("HEIMAN", "HS1SA", "smoke"), "loge/bouton": ("Aqara", "WXKG11LM", "action"),
    "a32/appel": ("Tuya", "TS0215A_sos", "action"), "a21/evier": ("Aqara", "SJCGQ11LM", "water_leak"),
    "b14/lave-linge": ("SONOFF", "SNZB-05P", "water_leak"), "b22/salon": ("Aqara", "WSDCGQ11LM", "temperature"),
    "a51/chambre": ("SONOFF", "SNZB-02", "temperature"), "loge/air": ("Aqara", "WSDCGQ11LM", "temperature"),
}
# The hose of a washing machine leaks for twenty minutes.
HOSE = ("b14/lave-linge", clock(17, 42), clock(18, 2))


def zigbee(out):
    base = "zigbee2mqtt"
    devices = [{"ieee_address": "0x00124b0024c0ffee", "type": "Coordinator", "friendly_name": "Coordinator",
                "definition": None}]
    for number, (name, (vendor, model, what)) in enumerate(ZIGBEE.items()):
        exposes = [{"type": "numeric", "name": "battery", "property": "battery", "unit": "%", "access": 1}]
        if what == "contact":
            exposes += [{"type": "binary", "name": what, "property": what, "value_on": False, "value_off": True}]
        devices.append({"ieee_address": f"0x00158d00{number + 4096:08x}", "type": "EndDevice", "friendly_name": name,
                        "definition": {"vendor": vendor, "model": model, "exposes": exposes}})
    out.say(clock(0), f"{base}/bridge/state", {"state": "online"}, retain=True)
    out.say(clock(0, 0, 1), f"{base}/bridge/info", {"version": "1.42.0", "log_level": "info"}, retain=True)
    out.say(clock(0, 0, 2), f"{base}/bridge/devices", devices, retain=True)
    # What the broker kept of yesterday evening: a state, not something that happens at midnight.
    out.say(clock(0, 0, 3), f"{base}/a/hall/porte", state("a/hall/porte") | {"contact": False}, retain=True)

    for name, (_, _, what) in ZIGBEE.items():
        def say(at, **values):
            out.say(at, f"{base}/{name}", state(name) | values)

        if what == "contact":
            for at in moments(9):
                say(at, contact=False)
                say(at + 18 * SECOND, contact=True)
        elif what == "occupancy":
            for at in moments(14):
                say(at, occupancy=True, illuminance=12)
                say(at + 90 * SECOND, occupancy=False, illuminance=12)
        elif what == "smoke":
            for at in every(120, name):
                say(at, smoke=False)
        elif what == "water_leak":
            for at in every(180, name):
                say(at, water_leak=name == HOSE[0] and HOSE[1] < at < HOSE[2])
        elif what == "temperature":
            for at in every(60, name):
                say(at, temperature=indoors(at, name), humidity=humidity(name))
    # A smoke alarm is tested, the hose leaks, and later somebody calls for help.
    for at, smoke in ((clock(10, 5), True), (clock(10, 5, 30), False)):
        out.say(at, f"{base}/b/cage/fumee", state("b/cage/fumee") | {"smoke": smoke})
    for at, wet in ((HOSE[1], True), (HOSE[2], False)):
        out.say(at, f"{base}/{HOSE[0]}", state(HOSE[0]) | {"water_leak": wet})
    out.say(clock(11, 31), f"{base}/loge/bouton", state("loge/bouton") | {"action": "single"})
    out.say(clock(21, 14), f"{base}/a32/appel", state("a32/appel") | {"action": "emergency"})
    out.say(clock(2), f"{base}/b22/salon/availability", {"state": "offline"}, retain=True)
    out.say(clock(2, 26), f"{base}/b22/salon/availability", {"state": "online"}, retain=True)
    out.say(clock(8), f"{base}/loge/bouton/set", {"read": True})


def state(name):
    return {"battery": 60 + place(name, 40), "voltage": 2900 + place(name, 100), "linkquality": 40 + place(name, 160)}


def local(at):
    """As Tasmota writes times: of Paris, without a zone."""
    return datetime.fromtimestamp(at / 1000, timezone(timedelta(hours=1))).strftime("%Y-%m-%dT%H:%M:%S")


def tasmota(out):
    for name in ("prise-laverie", "prise-loge"):
        out.say(clock(0, 0, 4), f"tele/{name}/LWT", "Online", retain=True)
        wifi = {"AP": 1, "SSId": "erables-tech", "RSSI": 76, "Signal": -62}
        for at, energy in counted(100 + place(name, 900), every(30, name), 3.2):
            watts = int(20 + 900 * awake(at) * place(name, 10) / 10)
            out.say(at, f"tele/{name}/SENSOR", {
                "Time": local(at), "ENERGY": {"TotalStartTime": "2024-09-02T10:11:12", "Total": round(energy, 3),
                "Power": watts, "Voltage": 231, "Current": round(watts / 231, 3)}})
        for at in every(60, name):
            out.say(at, f"tele/{name}/STATE", {
                "Time": local(at), "UptimeSec": (at - MIDNIGHT) // 1000 + 86_400, "POWER": "ON", "Wifi": wifi})
    out.say(clock(4, 30), "tele/prise-loge/LWT", "Offline", retain=True)
    out.say(clock(4, 33), "tele/prise-loge/LWT", "Online", retain=True)
    out.say(clock(4, 33, 1), "tele/prise-loge/INFO1", {"Info1": {"Module": "Plug", "Version": "14.3.0(tasmota)"}})


def shelly(out):
    known = example("shelly-status", 3)["switch:0"]
    for name, load in (("shellyplus1pm-441793d69718", 120), ("shellyplus1pm-7c87ce6525a0", 60)):
        out.say(clock(0, 0, 5), f"erables/{name}/online", "true", retain=True)
        for at, energy in counted(place(name, 90_000), every(30, name), load * 20):
            watts = round(load * awake(at), 1)
            switch = copy.deepcopy(known) | {"output": True, "apower": watts, "voltage": 231.4}
            switch["current"] = round(watts / 231.4, 3)
            switch["aenergy"] = {"total": round(energy, 3), "by_minute": [0.0, 0.0, 0.0], "minute_ts": at // 60_000 * 60}
            out.say(at, f"erables/{name}/events/rpc", {
                "src": name, "dst": f"erables/{name}/events", "method": "NotifyStatus",
                "params": {"ts": round(at / 1000 - 0.3, 2), "switch:0": switch}})
    press = {"component": "input:0", "id": 0, "event": "single_push", "ts": clock(17, 3) / 1000 - 0.25}
    out.say(clock(17, 3), "erables/shellyplus1pm-441793d69718/events/rpc", {
        "src": "shellyplus1pm-441793d69718", "dst": "erables/shellyplus1pm-441793d69718/events", "method": "NotifyEvent",
        "params": {"ts": press["ts"], "events": [press]}})
    clamp = "shellies/shellyem-b9f1a2"
    for at, energy in counted(2_410_000, every(30, clamp), 52_000):
        out.say(at, f"{clamp}/emeter/0/power", f"{3500 * awake(at) + 400:.2f}")
        out.say(at + 40, f"{clamp}/emeter/0/voltage", f"{230 + dice.uniform(-2, 2):.2f}")
        out.say(at + 80, f"{clamp}/emeter/0/total", f"{energy:.1f}")
    flood = "shellies/shellyflood-6a21c4/sensor"
    for at in every(360, flood):
        out.say(at, f"{flood}/temperature", f"{indoors(at, flood) - 8:.2f}")
        out.say(at + 30, f"{flood}/flood", "false", retain=True)
        out.say(at + 60, f"{flood}/battery", "81")


def homie(out):
    fan = "homie/vmc-a"
    for topic, text in (("$homie", "4.0.0"), ("$name", "VMC escalier A"), ("$state", "ready"),
                        ("air/flow/$datatype", "float"), ("air/flow/$unit", "m³/h"),
                        ("air/temperature/$datatype", "float"), ("air/temperature/$unit", "°C")):
        out.say(clock(0, 0, 6), f"{fan}/{topic}", text, retain=True)
    pump = {"homie": "5.0", "name": "Surpresseur", "version": 3, "nodes": {"pump": {"properties": {
        "pressure": {"name": "Pression", "datatype": "float", "unit": "Pa"},
        "running": {"name": "Marche", "datatype": "boolean"}}}}}
    out.say(clock(0, 0, 7), "homie/5/surpresseur/$description", pump, retain=True)
    out.say(clock(0, 0, 7), "homie/5/surpresseur/$state", "ready", retain=True)
    for at in every(60, fan):
        out.say(at, f"{fan}/air/flow", f"{wave(at, 450, 900, 19):.0f}", retain=True)
        out.say(at + 50, f"{fan}/air/temperature", f"{indoors(at, fan):.1f}", retain=True)
    for at in every(60, "surpresseur"):
        out.say(at, "homie/5/surpresseur/pump/pressure", f"{wave(at, 390_000, 420_000, 4):.0f}", retain=True)
        out.say(at + 50, "homie/5/surpresseur/pump/running", "true" if awake(at) > 0.3 else "false", retain=True)


def home_assistant(out):
    for key, kind, unit in (("co", "carbon_monoxide", "ppm"), ("temp", "temperature", "°C")):
        out.say(clock(0, 0, 8), f"homeassistant/sensor/parking/{key}/config", {
            "name": key, "uniq_id": f"parking_{key}", "dev_cla": kind, "unit_of_meas": unit, "stat_t": "parking/air",
            "val_tpl": "{{ value_json." + key + " }}", "dev": {"ids": ["parking-air"], "mf": "Atelier", "mdl": "P1"},
        }, retain=True)
    for at in every(30, "parking"):
        out.say(at, "parking/air", {"co": round(1 + 9 * awake(at)), "temp": round(indoors(at, "parking") - 9, 1)})


def theengs(out):
    gateway = "home/OMG_loge"
    out.say(clock(0, 0, 9), f"{gateway}/LWT", "online", retain=True)
    for at in every(240, gateway):
        out.say(at, f"{gateway}/SYStoMQTT", {
            "uptime": (at - MIDNIGHT) // 1000 + 3600, "version": "v1.7.0", "rssi": -58, "freemem": 114_000})
    for name in ("A4C138A1B201", "A4C138A1B202", "A4C138A1B203"):
        address = ":".join(name[i:i + 2] for i in range(0, 12, 2))
        for at in every(30, name):
            celsius = indoors(at, name)
            out.say(at, f"{gateway}/BTtoMQTT/{name}", {
                "id": address, "name": f"ATC_{name[6:]}", "rssi": -60 - place(name, 30), "brand": "Xiaomi",
                "model": "TH Sensor", "model_id": "LYWSD03MMC_ATC", "type": "THB", "tempc": celsius,
                "tempf": round(celsius * 1.8 + 32, 2), "hum": humidity(name), "batt": 71 + place(name, 20), "volt": 2.9})


def bridges(out):
    for sender in (zigbee, tasmota, shelly, homie, home_assistant, theengs):
        sender(out)
