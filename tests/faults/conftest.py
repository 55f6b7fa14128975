"""Tells at the end what the long tests of the suite have seen, one line each."""

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
