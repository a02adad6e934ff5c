"""Tests with another engine: what is needed for it, and skipping where it is not there, but never in CI.

`python -m tests.motorproef` asks Spark every figure of 200 organisations; the tests ask it those of `VORMEN`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from typing import Any

import pytest

from klachten.meting.meermeting import questions

ALLE = "KLACHTEN_MOTORPROEF"
VORMEN = (
    "termijnnaleving", "overgangen", "intensiteit", "werklast", "doorlooptijden_netto", "stroom", "aspecten",
    "verbeteracties_voor_en_na", "stappenkaart", "nadere_gegevens",
)  # fmt: skip
"""Figures that together have every form of SQL that any figure has: a figure costs Spark two seconds of planning."""


def asked() -> list[str]:
    """The figures that are asked of both engines: these, or with the setting all of them."""
    return questions() if os.environ.get(ALLE) else list(VORMEN)


def met_sqlglot() -> Any:
    """Return sqlglot, or skip the module that asks for it."""
    return _of_sla_over(importlib.util.find_spec("sqlglot"), "sqlglot is niet geïnstalleerd (requirements-spark.txt)")


def met_spark() -> None:
    """Skip the module that asks for it where PySpark or Java is missing."""
    met_sqlglot()
    _of_sla_over(importlib.util.find_spec("pyspark"), "PySpark is niet geïnstalleerd (requirements-spark.txt)")
    _of_sla_over(os.environ.get("JAVA_HOME") or shutil.which("java"), "Java 17 is er niet")


def _of_sla_over(is_er: Any, reden: str) -> Any:
    if not is_er:
        if os.environ.get("CI"):
            pytest.fail(f"{reden}, en in CI hoort dat wel zo te zijn")
        pytest.skip(reden, allow_module_level=True)
    return is_er


SNEL = {
    # Small tables: working out a plan costs more than carrying it out, and compiling it most of all.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.constraintPropagation.enabled": "false",
    "spark.driver.extraJavaOptions": " ".join(
        (
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote",
        )
    ),
}
"""Settings with which Spark answers small questions in the least CPU."""


if __name__ == "__main__":
    os.environ[ALLE] = "1"
    sys.exit(pytest.main(["-n", "0", "tests/test_motor.py", *sys.argv[1:]]))
