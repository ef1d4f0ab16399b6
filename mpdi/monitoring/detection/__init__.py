"""Pure: what the text of a notice says, whatever its codes declare. `detect(notice, rules)` gives `Observation`s."""

from mpdi.monitoring.detection.detect import detect
from mpdi.monitoring.detection.errors import DetectionRulesError
from mpdi.monitoring.detection.model import ENVIRONMENTAL, Label, Observation, labels_of
from mpdi.monitoring.detection.reading import DetectionRules, read_detection_rules

__all__ = [
    "ENVIRONMENTAL",
    "DetectionRules",
    "DetectionRulesError",
    "Label",
    "Observation",
    "detect",
    "labels_of",
    "read_detection_rules",
]
