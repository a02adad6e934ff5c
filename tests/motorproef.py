"""Tests with another engine: what is needed for it, and skipping where it is not there, but never in CI."""

from __future__ import annotations

import importlib.util
import os
import shutil
from typing import Any

import pytest


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
