#!/usr/bin/env python3
"""Copies every resident of an Entrata account into one flat sqlite3 table.

This is what a person writes who needs the residents in a database and nothing else: it fetches the
properties, then the units and leases of each, and upserts one row a resident. `make bench` measures
Lintel beside it.
"""

import argparse
import http.client
import json
import sqlite3
import sys
import time
from urllib.parse import urlsplit

PER_PAGE = 500

SCHEMA = """
CREATE TABLE IF NOT EXISTS residents (
    resident_id INTEGER PRIMARY KEY,
    property_id INTEGER NOT NULL,
    property TEXT NOT NULL,
    lease_id TEXT NOT NULL,
    unit_id TEXT,
    unit TEXT,
    building TEXT,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    phone TEXT,
    role TEXT,
    status TEXT,
    move_in TEXT,
    move_out TEXT,
    lease_start TEXT,
    lease_end TEXT
)
"""

COLUMNS = (
    "resident_id, property_id, property, lease_id, unit_id, unit, building, first_name, last_name, "
    "email, phone, role, status, move_in, move_out, lease_start, lease_end"
).split(", ")

UPSERT = "INSERT INTO residents ({}) VALUES ({}) ON CONFLICT (resident_id) DO UPDATE SET {}".format(
    ", ".join(COLUMNS),
    ", ".join("?" for _ in COLUMNS),
    ", ".join(f"{column} = excluded.{column}" for column in COLUMNS[1:]),
)


class Entrata:
    """The gateway, over one connection that is kept alive."""

    def __init__(self, url, organization, key):
        address = urlsplit(url)
        kind = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        self.connection = kind[address.scheme](address.hostname, address.port, timeout=60)
        self.base = f"{address.path.rstrip('/')}/ext/orgs/{organization}/v1"
        self.headers = {"Content-Type": "application/json", "X-Api-Key": key}

    def call(self, service, method, version, params, page):
        body = json.dumps(
            {
                "auth": {"type": "apikey"},
                "requestId": "1",
                "method": {"name": method, "version": version, "params": params},
            }
        )
        path = f"{self.base}/{service}?page_no={page}&per_page={PER_PAGE}"
        self.connection.request("POST", path, body, self.headers)
        response = self.connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{method} answered HTTP {response.status}")
        answer = json.loads(content)["response"]
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error'].get('message')}")
        return answer["result"], int(response.headers.get("X-Total-Count", 0))

    def pages(self, service, method, version, params, rows_of):
        """Yields the rows of every page."""
        page, seen = 1, 0
        while True:
            result, total = self.call(service, method, version, params, page)
            rows = rows_of(result)
            yield from rows
            seen += len(rows)
            if not rows or seen >= total:
                return
            page += 1

    def properties(self):
        return self.pages(
            "properties", "getProperties", "r1", {},
            lambda result: as_list(result["PhysicalProperty"]["Property"]),
        )

    def units(self, property_id):
        return self.pages(
            "propertyunits", "getPropertyUnits", "r1", {"propertyIds": str(property_id)},
            lambda result: as_list(as_list(result["properties"]["property"])[0]["units"]["unit"]),
        )

    def leases(self, property_id):
        return self.pages(
            "leases", "getLeases", "r2", {"propertyId": str(property_id)},
            lambda result: as_list(result["leases"]["lease"]),
        )


def as_list(value):
    return value if isinstance(value, list) else [value]


def rows(property_id, property_name, units, leases):
    for lease in leases:
        unit = units.get(str(lease.get("unitId")), {})
        intervals = as_list(lease["leaseIntervals"]["leaseInterval"])
        interval = intervals[-1] if intervals else {}
        for customer in as_list(lease["customers"]["customer"]):
            if customer["customerType"] == "Guarantor":
                continue
            phones = as_list(customer.get("phones", {}).get("phone", []))
            yield (
                customer["id"],
                property_id,
                property_name,
                lease["id"],
                lease.get("unitId"),
                str(unit.get("unitNumber", "")),
                unit.get("buildingName"),
                customer.get("firstName"),
                customer.get("lastName"),
                customer.get("emailAddress"),
                phones[0]["phoneNumber"] if phones else None,
                customer["customerType"],
                customer["leaseCustomerStatus"],
                customer.get("moveInDate"),
                customer.get("moveOutDate"),
                interval.get("startDate"),
                interval.get("endDate"),
            )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", required=True, help="address of the gateway")
    parser.add_argument("--organization", required=True)
    parser.add_argument("--database", required=True, help="file of the sqlite3 database")
    parser.add_argument("--key", default="any", help="API key")
    options = parser.parse_args()

    started = time.monotonic()
    entrata = Entrata(options.url, options.organization, options.key)
    database = sqlite3.connect(options.database)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(SCHEMA)
    database.commit()

    residents = 0
    for item in list(entrata.properties()):
        property_id, name = item["PropertyID"], item["MarketingName"]
        units = {str(unit["id"]): unit for unit in entrata.units(property_id)}
        found = list(rows(property_id, name, units, entrata.leases(property_id)))
        with database:
            database.executemany(UPSERT, found)
        residents += len(found)
    database.close()

    seconds = time.monotonic() - started
    print(f"residents={residents} seconds={seconds:.3f} residents_per_second={residents / seconds:.0f}")


if __name__ == "__main__":
    sys.exit(main())
