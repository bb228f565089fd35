import ConnectorKit
import Foundation
import LintelModel
import Testing

@testable import Connectors

@Suite struct CSVResidentsTests {
    @Test("A row becomes a residency with everything the issue's columns say")
    func wholeRow() async throws {
        let folder = try ExportFolder(residents: [
            "P1,R1,L1,U1, Ann ,Oak, Ann@Example.com ,555-0100,Month-to-Month,"
                + "2026-01-01,12/31/2026,1/2/2026,2026-11-30T00:00:00,co-resident"
        ])
        let part = try await folder.snapshot()
        #expect(part.problems.isEmpty)
        #expect(
            part.residencies == [
                PMSResidency(
                    key: ResidencyKey(
                        resident: PMSResidentID("R1"),
                        lease: "L1",
                        unit: PMSUnitID("U1")
                    ),
                    firstName: "Ann",
                    lastName: "Oak",
                    email: "Ann@Example.com",
                    phone: "555-0100",
                    role: .coResident,
                    statusWord: "Month-to-Month",
                    status: .current,
                    leaseStart: CivilDate(year: 2026, month: 1, day: 1),
                    leaseEnd: CivilDate(year: 2026, month: 12, day: 31),
                    moveIn: CivilDate(year: 2026, month: 1, day: 2),
                    moveOut: CivilDate(year: 2026, month: 11, day: 30)
                )
            ]
        )
    }

    @Test(
        "Empty fields are nothing: no unit, no lease, no e-mail, no dates; an empty role is primary"
    )
    func emptyFields() async throws {
        let folder = try ExportFolder(residents: ["P1,R1,,, ,Oak Ltd,, ,Future,,,,,"])
        let residency = try #require(try await folder.snapshot().residencies.first)
        #expect(residency.key == ResidencyKey(resident: PMSResidentID("R1"), lease: "", unit: nil))
        #expect(residency.firstName == "")
        #expect(residency.lastName == "Oak Ltd")
        #expect(residency.email == nil)
        #expect(residency.phone == nil)
        #expect(residency.leaseStart == nil)
        #expect(residency.role == .primary)
    }

    @Test(
        "Columns are found in any order under the names real exports use",
        arguments: [
            (
                "Status;T-Code;Prop ID;Lease ID;Unit ID;Last Name;First Name;E-mail;Mobile;"
                    + "Lease From;Lease To;Move-In;Move-Out;Relationship",
                "Notice;R9;P1;L9;U9;Oak;Ann;a@example.com;5;1/2/2026;1/3/2027;1/4/2026;1/5/2027;Spouse"
            ),
            (
                "RESIDENT STATUS\tTenant_ID\tProperty Code\tLEASE NO.\tUnit Code\tLast\tFirst\t"
                    + "Email Address\tPhone Number\tLease Start Date\tLease End Date\tMoved In\t"
                    + "Move Out Date\tType",
                "ntv\tR9\tP1\tL9\tU9\tOak\tAnn\ta@example.com\t5\t2026-01-02\t2027-01-03\t2026-01-04\t"
                    + "2027-01-05\tRoommate"
            ),
        ]
    )
    func aliases(header: String, row: String) async throws {
        let folder = try ExportFolder()
        try folder.write("residents.csv", "\u{FEFF}\(header)\r\n\(row)\r\n")
        let part = try await folder.snapshot()
        #expect(part.problems.isEmpty)
        let residency = try #require(part.residencies.first)
        #expect(residency.key.resident.text == "R9")
        #expect(residency.key.lease == "L9")
        #expect(residency.key.unit?.text == "U9")
        #expect(residency.firstName == "Ann")
        #expect(residency.lastName == "Oak")
        #expect(residency.email == "a@example.com")
        #expect(residency.phone == "5")
        #expect(residency.status == .notice)
        #expect(residency.leaseStart?.description == "2026-01-02")
        #expect(residency.leaseEnd?.description == "2027-01-03")
        #expect(residency.moveIn?.description == "2026-01-04")
        #expect(residency.moveOut?.description == "2027-01-05")
        #expect(residency.role == .coResident)
    }

    @Test("Columns nobody asked for reach no residency, problem or check")
    func unknownColumns() async throws {
        let folder = try ExportFolder()
        try folder.write(
            "residents.csv",
            lines: [
                "property_id,resident_id,SSN,unit_id,first_name,last_name,status,Birth Date,Rent",
                "P1,R1,078-05-1120,U1,Ann,Oak,Current,1990-05-17,2450.50",
                "P1,R2,078-05-1121,U1,Ben,Ash,Current,1991-05-17,2451.50,extra",
            ]
        )
        let connector = CSVConnector(directory: folder.path)
        let part = try await connector.snapshot(of: "P1")
        let checks = try await connector.check()
        let said = "\(part) \(checks)"
        for value in ["078-05", "1990", "1991", "2450", "2451"] {
            #expect(!said.contains(value))
        }
    }

    @Test("A name over several lines is read as one line")
    func lineBreakInName() async throws {
        let folder = try ExportFolder(residents: [
            "P1,R1,L1,U1,\"Ann\r\nMarie\",\"Oak, Jr.\",,,Current,,,,,",
            "P1,R2,,,Ben,Ash,,,Current,,,,,odd",
        ])
        let part = try await folder.snapshot()
        #expect(part.residencies.map(\.firstName) == ["Ann Marie"])
        #expect(part.residencies.map(\.lastName) == ["Oak, Jr."])
        #expect(part.problems.map(\.place) == ["residents.csv line 4, column \"role\""])
    }

    @Test("A unit that units.csv does not list stays what the resident's row says")
    func unlistedUnit() async throws {
        let folder = try ExportFolder(units: [])
        let part = try await folder.snapshot()
        #expect(part.residencies.first?.key.unit?.text == "U1")
        #expect(part.problems.isEmpty)
    }

    @Test("Rows of nothing but delimiters are passed over")
    func blankRows() async throws {
        let folder = try ExportFolder(residents: [ExportFolder.resident, ",,,,,,,,,,,,,", ",,,"])
        let part = try await folder.snapshot()
        #expect(part.residencies.count == 1)
        #expect(part.problems.isEmpty)
    }

    struct BadRow: Sendable, CustomTestStringConvertible {
        let row: String
        let column: String
        let expected: String

        var testDescription: String { row }
    }

    @Test(
        "A bad row names file, line, column and what was expected, and its resident is unreadable",
        arguments: [
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,Current,02/30/2026,,,,",
                column: "lease_start",
                expected: "found 2/30/2026, expected a day that the calendar has"
            ),
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,Current,,2026-13-01,,,",
                column: "lease_end",
                expected: "found 2026-13-01, expected a day that the calendar has"
            ),
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,Current,,,Oak,,",
                column: "move_in",
                expected: "expected a date as yyyy-mm-dd or m/d/yyyy, found something else"
            ),
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,Current,,,,1/2/26,",
                column: "move_out",
                expected: "expected a date as yyyy-mm-dd or m/d/yyyy, found something else"
            ),
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,Current,,,,,Oak",
                column: "role",
                expected: "expected primary, co-resident, occupant, minor, guarantor or nothing, "
                    + "found another word"
            ),
            BadRow(
                row: "P1,R7,,,Ann,Oak,,,,,,,,",
                column: "status",
                expected: "expected a status, found none"
            ),
            BadRow(
                row: "P1,R7,,,,,,,Current,,,,,",
                column: "last_name",
                expected: "expected a first or last name, found neither"
            ),
            BadRow(
                row: "P1,R7,,,Ann \"Annie\",Oak,,,Current,,,,,",
                column: "first_name",
                expected:
                    "found a quote where none may stand; expected a field with quotes to begin "
                    + "and end with \" and to double every \" in it"
            ),
            BadRow(
                row: "P1,R7,,,Ann,\u{0},,,Current,,,,,",
                column: "last_name",
                expected: "found the character U+0000, which no text may hold"
            ),
        ]
    )
    func badRow(bad: BadRow) async throws {
        let folder = try ExportFolder(residents: [
            ExportFolder.resident, bad.row, "P1,R2,,,Ben,Ash,,,Past,,,,,",
        ])
        let part = try await folder.snapshot()
        #expect(
            part.problems == [
                SnapshotProblem(
                    .recordSkipped,
                    at: "residents.csv line 3, column \"\(bad.column)\"",
                    bad.expected
                )
            ]
        )
        #expect(part.unreadable.map(\.text) == ["R7"])
        #expect(part.residencies.map(\.key.resident.text) == ["R1", "R2"])
    }

    @Test("Every bad column of a row is named, the resident listed once")
    func severalBadColumns() async throws {
        let folder = try ExportFolder(residents: ["P1,R7,,,Ann,Oak,,,Current,x,y,,,z"])
        let part = try await folder.snapshot()
        #expect(part.problems.count == 3)
        #expect(part.unreadable.map(\.text) == ["R7"])
    }

    @Test(
        "A row in the middle with fields too few or too many is its resident's alone",
        arguments: [
            ("P1,R7,L7,U7,Ann,Oak", 6), ("P1,R7,,,Ann,Oak, Jr.,,,Current,,,,,", 15),
        ]
    )
    func wrongWidth(row: String, found: Int) async throws {
        let folder = try ExportFolder(residents: [row, ExportFolder.resident])
        let part = try await folder.snapshot()
        #expect(
            part.problems == [
                SnapshotProblem(
                    .recordSkipped,
                    at: "residents.csv line 2",
                    "found \(found) fields, expected 14 as in the header"
                )
            ]
        )
        #expect(part.unreadable.map(\.text) == ["R7"])
        #expect(part.residencies.map(\.key.resident.text) == ["R1"])
    }

    @Test("A row that is not UTF-8 is its resident's alone and says how to save the file")
    func notUTF8() async throws {
        let folder = try ExportFolder()
        let bytes =
            Data("\(ExportFolder.residentsHeader)\nP1,R7,,,Ren".utf8) + [0xE9]
            + Data(",Oak,,,Current,,,,,\n\(ExportFolder.resident)\n".utf8)
        try bytes.write(to: URL(fileURLWithPath: folder.file("residents.csv")))
        let part = try await folder.snapshot()
        #expect(
            part.problems == [
                SnapshotProblem(
                    .recordSkipped,
                    at: "residents.csv line 2, column \"first_name\"",
                    "found bytes that are not UTF-8; save the file as UTF-8"
                )
            ]
        )
        #expect(part.unreadable.map(\.text) == ["R7"])
        #expect(part.residencies.map(\.key.resident.text) == ["R1"])
    }

    @Test("Problems and errors quote no resident")
    func quotesNobody() async throws {
        let folder = try ExportFolder(residents: [
            "P1,R7,,,Zebulon,Quimby,zq@example.com,555-0177,Quimby,Quimby,zq@example.com,"
                + "555-0177,123-45-6789,Zebulon",
            "P1,,,,Zebulon,Quimby,zq@example.com,555-0177,Current,,,,,",
            ",R8,,,Zebulon,Quimby,zq@example.com,555-0177,Current,,,,,",
            "P1,R9,,,Zebulon \"Z\",Quimby,zq@example.com,555-0177,Current,,,,,",
            "P1,R10,Zebulon,Quimby",
        ])
        let part = try await folder.snapshot()
        let said = "\(part.problems)"
        #expect(part.problems.count >= 9)
        for word in ["Zebulon", "Quimby", "example.com", "555", "6789"] {
            #expect(!said.contains(word))
        }
    }
}
