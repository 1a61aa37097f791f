#!/usr/bin/python3
"""The main job on real packets, told step by step. Needs root; bin/demo sets up what it needs."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lab" / "python")]

from cloister_tests.demo import main  # noqa: E402  (after the path is set)

if __name__ == "__main__":
    sys.exit(main())
