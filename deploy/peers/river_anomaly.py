"""River's anomaly detectors on the values of a file, one a line, score_one and learn_one for each (pip install river==0.26.*).

Called with the file. Prints a line for each detector: its name and the least of three rounds, in seconds a value.
"""
import sys
import time

from river import anomaly, preprocessing, time_series
from river.compose import Pipeline

with open(sys.argv[1]) as file:
    values = [float(line) for line in file]


def own_features():
    """As few as a forest can work with: the value, the step to it, and the mean of some before."""
    last = 0.0
    mean = 0.0
    for value in values:
        yield {"value": value, "step": value - last, "mean": mean}
        last = value
        mean += 0.05 * (value - mean)


features = list(own_features())


def gaussian():
    model = anomaly.GaussianScorer()
    for value in values:
        model.score_one(None, value)
        model.learn_one(None, value)


def scored(model):
    for x in features:
        model.score_one(x)
        model.learn_one(x)


def half_space_trees():
    scored(Pipeline(preprocessing.MinMaxScaler(), anomaly.HalfSpaceTrees(n_trees=10, height=8, seed=1)))


def one_class_svm():
    scored(Pipeline(preprocessing.StandardScaler(), anomaly.OneClassSVM()))


def predictive():
    model = anomaly.PredictiveAnomalyDetection(time_series.SNARIMAX(p=3, d=0, q=1))
    for value in values:
        model.score_one(None, value)
        model.learn_one(None, value)


detectors = [gaussian, predictive, one_class_svm, half_space_trees]
for detector in detectors:
    least = float("inf")
    for _ in range(3):
        began = time.process_time()
        detector()
        least = min(least, time.process_time() - began)
    print(detector.__name__, least / len(values))
