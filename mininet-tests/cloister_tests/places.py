"""Where the tests read from and write to."""
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "mininet-tests"
REPORTS = ROOT / "target" / "reports"
JUNIT = ROOT / "target" / "mininet-reports"
