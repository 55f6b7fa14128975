"""What tests of faults share; tells at the end what the long ones have seen, one line each."""

from tests.fake_channel import channel

__all__ = ["channel"]

FAULTS = "faults"


def pytest_terminal_summary(terminalreporter) -> None:
    seen = [
        text
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, text in getattr(report, "user_properties", [])
        if name == FAULTS and report.when == "call"
    ]
    if seen:
        terminalreporter.section("what the faults have shown")
        for text in seen:
            terminalreporter.write_line(text)
