"""River's models over one series: seconds of processor time that scoring and learning a value takes.

Called with a file of values, one a line: hours that follow one another. Prints a JSON object a line.
"""
import json
import sys
import time

from river import anomaly, drift, stats, time_series

with open(sys.argv[1]) as file:
    values = [float(line) for line in file]


def z_score(mean, variance):
    """What a user of River writes for a distance in deviations."""

    def observe(x):
        spread = variance.get() ** 0.5
        score = abs(x - mean.get()) / spread if spread > 0 else 0.0
        mean.update(x)
        variance.update(x)
        return score

    return observe


def quantile(model):
    def observe(x):
        score = model.get()
        model.update(x)
        return score

    return observe


def change(model):
    def observe(x):
        model.update(x)
        return model.drift_detected

    return observe


def scorer(model):
    def observe(x):
        score = model.score_one(None, x)
        model.learn_one(None, x)
        return score

    return observe


def profile():
    """Mean and variance for each hour of the day, as a dictionary of River's statistics."""
    cells = [z_score(stats.EWMean(0.1), stats.EWVar(0.1)) for _ in range(24)]
    hour = 0

    def observe(x):
        nonlocal hour
        cell = cells[hour]
        hour = (hour + 1) % 24
        return cell(x)

    return observe


def holt_winters():
    model = time_series.HoltWinters(alpha=0.1, beta=0.05, gamma=0.2, seasonality=24)
    seen = 0

    def observe(x):
        nonlocal seen
        score = abs(x - model.forecast(horizon=1)[0]) if seen > 24 else 0.0
        model.learn_one(x)
        seen += 1
        return score

    return observe


def half_space_trees():
    model = anomaly.HalfSpaceTrees(n_trees=16, height=7, window_size=250, seed=1)
    before = 0.0
    hour = 0

    def observe(x):
        nonlocal before, hour
        point = {"value": x / 60, "step": 0.5 + (x - before) / 120, "hour": hour / 24}
        before = x
        hour = (hour + 1) % 24
        score = model.score_one(point)
        model.learn_one(point)
        return score

    return observe


models = {
    "moments": (z_score(stats.Mean(), stats.Var()), 1),
    "fading moments": (z_score(stats.EWMean(0.01), stats.EWVar(0.01)), 1),
    "robust scale": (scorer(anomaly.StandardAbsoluteDeviation()), 1),
    "quantile sketch": (quantile(stats.Quantile(0.99)), 1),
    "hour of day": (profile(), 1),
    "Holt-Winters": (holt_winters(), 1),
    "Page-Hinkley": (change(drift.PageHinkley()), 1),
    "adaptive window": (change(drift.ADWIN()), 1),
    "half-space trees": (half_space_trees(), 10),
}
for name, (observe, part) in models.items():
    taken = values[: len(values) // part]
    began = time.process_time()
    for x in taken:
        observe(x)
    print(json.dumps({"model": name, "seconds": (time.process_time() - began) / len(taken)}))
