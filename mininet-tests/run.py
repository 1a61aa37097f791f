#!/usr/bin/python3
"""Scenarios with real packets: `mininet-tests/run.py --list`, `--only NAME`, `--full`. Needs root."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lab" / "python")]

from cloister_tests.runner import main  # noqa: E402  (after the path is set)

if __name__ == "__main__":
    sys.exit(main())
