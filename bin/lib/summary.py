"""Counts what the test runners wrote as JUnit XML and prints the plain summary that ends bin/test.

Arguments: the repository's root, then any number of glob patterns below it. Exits with 1 if a test failed, if a
runner wrote nothing, or if no test ran.
"""
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def count(pattern, root):
    """Returns (tests, failed, skipped, names of the failed) of the suites that match a pattern."""
    tests = failed = skipped = 0
    names = []
    for path in sorted(root.glob(pattern)):
        for suite in ElementTree.parse(path).getroot().iter("testsuite"):
            for case in suite.findall("testcase"):
                tests += 1
                if case.find("failure") is not None or case.find("error") is not None:
                    failed += 1
                    names.append(f"{case.get('classname')}.{case.get('name')}")
                elif case.find("skipped") is not None:
                    skipped += 1
    return tests, failed, skipped, names


def main(root, patterns):
    root = pathlib.Path(root)
    total = failed = skipped = 0
    silent = []
    for pattern in patterns:
        tests, bad, left_out, names = count(pattern, root)
        print(f"  {tests:5d} tests, {bad} failed, {left_out} skipped: {pattern}")
        for name in names:
            print(f"        failed: {name}")
        if tests == 0:
            silent.append(pattern)
        total, failed, skipped = total + tests, failed + bad, skipped + left_out
    for pattern in silent:
        print(f"        no test ran: {pattern}")
    print(f"{total - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or silent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
