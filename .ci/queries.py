"""Parses every query of the alerts and the dashboard with Prometheus' grammar."""

import json
import pathlib
import sys

import promql_parser
import yaml

FILES = pathlib.Path("helm/coffer/files")


def queries():
    for group in yaml.safe_load((FILES / "alerts.yaml").read_text())["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]
    for panel in json.loads((FILES / "dashboard.json").read_text())["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"].replace("$__rate_interval", "5m")


wrong = 0
count = 0
for name, query in queries():
    count += 1
    try:
        promql_parser.parse(query)
    except ValueError as error:
        wrong += 1
        print(f"error: {name}: {error}")
print(f"{count} queries, {wrong} wrong")
sys.exit(1 if wrong or not count else 0)
