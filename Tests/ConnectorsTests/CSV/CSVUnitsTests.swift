import ConnectorKit
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVUnitsTests {
    @Test("A row becomes a unit; its name falls back to its id")
    func rows() async throws {
        let folder = try ExportFolder(units: [
            "P1,U1,Bldg A,12B,2,Vacant", "P1,U2,,,,", "P2,U3,,3,,",
        ])
        let part = try await folder.snapshot()
        #expect(part.problems.isEmpty)
        #expect(
            part.units == [
                PMSUnit(id: PMSUnitID("U1"), building: "Bldg A", name: "12B", floor: "2"),
                PMSUnit(id: PMSUnitID("U2"), name: "U2"),
            ]
        )
    }

    @Test(
        "Columns are found under the names real exports use",
        arguments: [
            "Property,Unit ID,Bldg,Unit Number,Level",
            "PROP ID,Unit Code,Building Name,Unit #,Floor",
            "Property-Code,unit_id,Bldg.,Apt,Floor Number",
        ]
    )
    func aliases(header: String) async throws {
        let folder = try ExportFolder()
        try folder.write("units.csv", lines: [header, "P1,U1,A,12B,2"])
        let part = try await folder.snapshot()
        #expect(
            part.units == [PMSUnit(id: PMSUnitID("U1"), building: "A", name: "12B", floor: "2")]
        )
    }

    @Test("Without a unit column every unit is called by its id")
    func noNameColumn() async throws {
        let folder = try ExportFolder()
        try folder.write("units.csv", lines: ["unit_id,property_id", "U1,P1"])
        #expect(try await folder.snapshot().units == [PMSUnit(id: PMSUnitID("U1"), name: "U1")])
    }

    @Test("A unit listed twice is one unit; where the rows differ the first counts and it is said")
    func listedTwice() async throws {
        let folder = try ExportFolder(
            units: ["P1,U1,A,1,,", "P1,U1,A,1,,Vacant", "P1,U1,A,2,,"],
            residents: []
        )
        let part = try await folder.snapshot()
        #expect(part.units == [PMSUnit(id: PMSUnitID("U1"), building: "A", name: "1")])
        #expect(part.problems.map(\.effect) == [.recordSkipped])
        #expect(part.problems.map(\.place) == ["units.csv line 4"])
    }

    @Test(
        "Whoever is in a unit id that rows give to two units is neither read nor gone",
        arguments: ["P1,U1,B,1,,", "P1,U1,A,2,,", "P1,U1,A,1,2,"]
    )
    func contradicted(row: String) async throws {
        let folder = try ExportFolder(
            units: ["P1,U1,A,1,,", row, row, "P1,U2,A,7,,"],
            residents: [
                "P1,R1,,U1,Ann,Oak,,,Current,,,,,", "P1,R2,,U2,Ben,Oak,,,Current,,,,,",
            ]
        )
        let part = try await folder.snapshot()
        #expect(part.units.map(\.id.text) == ["U1", "U2"])
        #expect(part.residencies.map(\.key.resident.text) == ["R2"])
        #expect(part.unreadable.map(\.text) == ["R1"])
        #expect(
            part.problems.map(\.place)
                == ["units.csv line 3", "residents.csv line 2, column \"unit_id\""]
        )
        #expect(part.problems.last?.message.contains("unit U1 is listed with more") == true)
        #expect(part.isComplete)
    }

    @Test("Whoever is in a unit that is listed twice alike is read")
    func listedAlike() async throws {
        let folder = try ExportFolder(units: ["P1,U1,A,1,,", "P1,U1,A,1,,Vacant"])
        let part = try await folder.snapshot()
        #expect(part.residencies.map(\.key.unit?.text) == ["U1"])
        #expect(part.problems.isEmpty)
    }

    @Test("The same unit id in two properties is two units")
    func sameIDElsewhere() async throws {
        let folder = try ExportFolder(units: ["P1,U1,A,1,,", "P2,U1,B,2,,"])
        #expect(try await folder.snapshot(of: "P2").units.map(\.name) == ["2"])
        #expect(try await folder.snapshot(of: "P1").units.map(\.name) == ["1"])
    }

    @Test(
        "A unit row that cannot be read makes the list of units incomplete",
        arguments: ["P1,,A,1,,", "P1,U2,A", "P1,U2,A,1 \"x\",,"]
    )
    func badRow(row: String) async throws {
        let folder = try ExportFolder(units: [row, "P1,U1,A,1,,"])
        let part = try await folder.snapshot()
        #expect(part.units.map(\.id.text) == ["U1"])
        #expect(part.problems.map(\.effect) == [.incomplete])
        #expect(part.problems.first?.place.hasPrefix("units.csv line 2") == true)
    }
}
