import ConnectorKit
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVDatesTests {
    @Test(
        "Dates are ISO or American, a time of day is dropped",
        arguments: [
            ("2026-03-04", "2026-03-04"), ("3/4/2026", "2026-03-04"), ("03/04/2026", "2026-03-04"),
            ("12/31/2026", "2026-12-31"), (" 2026-03-04 ", "2026-03-04"),
            ("2026-03-04T00:00:00", "2026-03-04"), ("2026-03-04 00:00:00", "2026-03-04"),
            ("2026-03-04T00:00:00.000Z", "2026-03-04"), ("3/4/2026 12:00:00 AM", "2026-03-04"),
            ("2024-02-29", "2024-02-29"), ("2/29/2024", "2024-02-29"),
        ]
    )
    func reads(text: String, day: String) {
        #expect(CSVDateText(text.utf8)?.date?.description == day)
    }

    @Test(
        "What is neither form is no date",
        arguments: [
            "", "soon", "2026", "2026-3-4", "26-03-04", "3/4/26", "2026/03/04", "3-4-2026", "3/4",
            "3/4/2026/5", "2026-03-04X", "2026-03-04T", "2026-03-04 noon", "123-45-6789",
            "3/4-2026",
            "-3/4/2026", "2026-03-04 00:00:00 and more of it all",
        ]
    )
    func refuses(text: String) {
        #expect(CSVDateText(text.utf8)?.date == nil)
    }

    @Test(
        "A day that the calendar lacks is no date",
        arguments: ["2026-02-29", "2/29/2026", "2026-13-01", "2026-00-10", "0/1/2026", "4/31/2026"]
    )
    func refusesImpossible(text: String) {
        let read = CSVDateText(text.utf8)
        #expect(read != nil)
        #expect(read?.date == nil)
    }

    private static func row(_ resident: String, _ date: String, property: String = "P1") -> String {
        "\(property),\(resident),,,Ann,Oak,,,Current,\(date),,,,"
    }

    @Test(
        "A date that makes sense only day first makes every doubtful date of the file a bad row",
        arguments: ["P1", "P2"]
    )
    func dayFirstEvidence(property: String) async throws {
        let folder = try ExportFolder(residents: [
            Self.row("R1", "03/04/2026"), Self.row("R2", "2026-03-04"),
            Self.row("R3", "01/31/2026"),
            Self.row("R4", ""), Self.row("R5", "31/01/2026", property: property),
        ])
        let part = try await folder.snapshot()
        #expect(part.residencies.map(\.key.resident.text) == ["R2", "R3", "R4"])
        #expect(part.unreadable.map(\.text) == (property == "P1" ? ["R1", "R5"] : ["R1"]))
        #expect(part.isComplete)
        let first = try #require(part.problems.first)
        #expect(first.place == "residents.csv line 2, column \"lease_start\"")
        #expect(
            first.message
                == "found 3/4/2026, which may be read two ways: the date in line 6 has the day first; "
                + "expected m/d/yyyy throughout, or yyyy-mm-dd"
        )
    }

    @Test("Day-first dates in a column that is not read are no evidence")
    func unreadColumn() async throws {
        let folder = try ExportFolder()
        try folder.write(
            "residents.csv",
            lines: [
                "property_id,resident_id,unit_id,first_name,last_name,status,move_in,Paid",
                "P1,R1,U1,Ann,Oak,Current,3/4/2026,31/01/2026",
            ]
        )
        let part = try await folder.snapshot()
        #expect(part.residencies.first?.moveIn?.description == "2026-03-04")
        #expect(part.problems.isEmpty)
    }
}
