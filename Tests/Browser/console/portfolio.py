"""A portfolio under a running server: properties fed by a PMS of their own, and staff."""

import csv
import itertools
import os
from dataclasses import asdict, dataclass, replace

# The zone of every property made here.
TIME_ZONE = "America/New_York"
PASSWORD = "four plain words will do"

# None is the beginning of another, so that a label names one property alone.
NAMES = [f"{tree} {place}" for place in ("Court", "Place") for tree in (
    "Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Ginkgo", "Hazel", "Juniper", "Katsura",
    "Larch", "Magnolia", "Nyssa", "Oak", "Poplar", "Quince", "Rowan", "Spruce", "Tamarack", "Willow",
)]

# People are a portfolio's: whoever has the name and address of somebody at another property is that person.
SURNAMES = (
    "Abbott", "Baker", "Carver", "Draper", "Fuller", "Glover", "Harper", "Joiner", "Keeler", "Lister",
    "Mason", "Naylor", "Potter", "Reeve", "Sawyer", "Turner", "Usher", "Vickers", "Weaver", "Yeoman",
)


@dataclass(frozen=True)
class PMSUnit:
    """A row of units.csv."""

    unit_id: str
    building: str
    unit: str
    floor: str = "1"


@dataclass(frozen=True)
class Resident:
    """A row of residents.csv; without an e-mail address of their own they get one."""

    first_name: str
    last_name: str
    unit_id: str
    status: str = "Current"
    email: str | None = None
    move_in: str = "2026-01-02"
    move_out: str = ""
    resident_id: str = ""

    @property
    def name(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def id(self):
        return self.resident_id or f"r-{self._slug}"

    @property
    def address(self):
        return f"{self._slug}@example.com" if self.email is None else self.email

    @property
    def _slug(self):
        return f"{self.first_name}-{self.last_name}".lower()

    def but(self, **changes):
        """The same resident, of whom the PMS says something else."""
        same = {"resident_id": self.id, "email": self.address}
        return replace(self, **(same | changes))

    def row(self):
        row = asdict(self)
        row["resident_id"] = self.id
        row["lease_id"] = "l-" + self.unit_id
        row["email"] = self.address
        return row


@dataclass(frozen=True)
class Staff:
    """Somebody who can sign in."""

    email: str
    role: str
    password: str = PASSWORD


class Export:
    """A folder that a PMS writes its lists into."""

    def __init__(self, folder, code, name):
        self.folder = folder
        self.code = code
        self._name = name
        folder.mkdir(parents=True)

    def write(self, units, residents):
        """Replaces both lists as a whole, each in one step."""
        common = {"property_id": self.code, "property_name": self._name}
        self._replace("units.csv", [common | asdict(unit) for unit in units])
        self._replace("residents.csv", [common | resident.row() for resident in residents])

    def _replace(self, name, rows):
        columns = list(dict.fromkeys(key for row in rows for key in row)) or ["property_id"]
        if name == "units.csv":
            columns = list(dict.fromkeys([*columns, "unit_id"]))
        else:
            columns = list(dict.fromkeys([
                *columns, "resident_id", "unit_id", "first_name", "last_name", "status",
            ]))
        part = self.folder / (name + ".part")
        with open(part, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
        os.replace(part, self.folder / name)


class Community:
    """A property and the PMS that feeds it."""

    def __init__(self, lintel, name, export):
        self.lintel = lintel
        self.name = name
        self._export = export

    @property
    def code(self):
        """What its PMS calls it."""
        return self._export.code

    def pms_lists(self, units, residents=()):
        """What the PMS says from now on."""
        self._export.write(units, residents)

    def run(self, *arguments):
        """What a command about this property prints."""
        return self.lintel.run(*arguments, "--property", self.name)

    def read(self, *arguments):
        """What a command about this property lists, as values."""
        return self.lintel.read(*arguments, "--property", self.name)

    def add_unit(self, name, building="", floor=""):
        self.run("units", "add", name, "--building", building, "--floor", floor)

    def map(self, pms_unit, unit):
        self.run("mapping", "set", pms_unit, unit)

    def homes(self):
        """Who stands in which unit: e-mail address → the unit's name."""
        return {
            person["email"]: person.get("unit", "")
            for person in self.read("people", "list")["people"]
            if person["assignment"] == "current"
        }

    def sync(self):
        """Agrees with the PMS, once a sync that is under way has ended."""
        self.run("settings", "set", "user-sync", "on")
        return self.read("sync")["runs"][0]

    def sync_is_held(self):
        """Tries to agree with the PMS, which the brake prevents."""
        self.lintel.run("sync", "--property", self.name, status=3)


class Portfolio:
    """A database, the server upon it, and what was put into them; `close` must follow."""

    def __init__(self, lintel):
        self.lintel = lintel
        self._names = iter(NAMES)
        self._surnames = iter(SURNAMES)
        self._members = itertools.count(1)
        self.manager = self.add_staff("portfolio-manager")
        self.server = lintel.serve()

    @property
    def url(self):
        return self.server.url

    def add_staff(self, role, communities=()):
        """Somebody new with a role, for those properties where it is not for all."""
        email = f"{role}-{next(self._members)}@example.org"
        named = [word for community in communities for word in ("--property", community.name)]
        self.lintel.run(
            "staff", "add", email, "--role", role, *named,
            "--password-file", self.lintel.secret(PASSWORD),
        )
        return Staff(email, role)

    def surname(self):
        """A surname that nobody here has yet."""
        return next(self._surnames)

    def add_community(self, pms_units=(), residents=(), units=(), mapping=None):
        """A property with a name nobody else has.

        - pms_units, residents: what its PMS lists; without units it has no PMS.
        - units: (building, name) of the units in Lintel.
        - mapping: PMS unit id → unit, as “building — name”. With a mapping it is synced.
        """
        name = next(self._names)
        code = name.lower().replace(" ", "-")
        export = Export(self.lintel.folder / "pms" / code, code, name)
        community = Community(self.lintel, name, export)
        self.lintel.run("property", "add", name, "--time-zone", TIME_ZONE)
        if pms_units:
            export.write(pms_units, residents)
            connection = f"{name} export"
            self.lintel.run("connection", "add", "csv", connection, "--directory", str(export.folder))
            self.lintel.run(
                "property", "attach", name, "--connection", connection, "--pms-property", code
            )
        for building, unit in units:
            community.add_unit(unit, building)
        for pms_unit, unit in (mapping or {}).items():
            community.map(pms_unit, unit)
        if mapping:
            community.sync()
        return community

    def add_export(self, connection, pms_units, residents):
        """Another PMS of which nothing is read yet, by its connection; gives its property's code."""
        code = connection.lower().replace(" ", "-")
        export = Export(self.lintel.folder / "pms" / code, code, connection)
        export.write(pms_units, residents)
        self.lintel.run("connection", "add", "csv", connection, "--directory", str(export.folder))
        return code

    def close(self):
        self.server.stop()
