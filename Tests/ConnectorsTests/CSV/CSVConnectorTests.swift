import ConnectorKit
import Foundation
import LintelModel
import Synchronization
import Testing

@testable import Connectors

@Suite struct CSVConnectorTests {
    @Test("The properties are those either file names, by name where a file has one")
    func properties() async throws {
        let folder = try ExportFolder(residents: ["P3,R1,,,Ann,Oak,,,Current,,,,,"])
        try folder.write(
            "units.csv",
            lines: [
                "property_id,Property Name,unit_id", "P2,,U1", "P1,Elm Court,U1", "P2,Oak House,U2",
                " P1 ,,U2",
            ]
        )
        let connector = CSVConnector(directory: folder.path)
        #expect(
            try await connector.properties() == [
                PMSProperty(id: PMSPropertyID("P1"), name: "Elm Court"),
                PMSProperty(id: PMSPropertyID("P2"), name: "Oak House"),
                PMSProperty(id: PMSPropertyID("P3"), name: "P3"),
            ]
        )
    }

    @Test("Units come before residents, a page of each even where there are no rows")
    func pages() async throws {
        let folder = try ExportFolder(units: [], residents: [])
        let pages = try await folder.pages()
        #expect(pages.map(\.kind) == [.units, .residents])
        let part = try await folder.snapshot()
        #expect(part == SnapshotPart())
    }

    @Test("A property that only one of the files names is read")
    func inOneFile() async throws {
        let folder = try ExportFolder(units: ["P2,U1,,1,,"])
        #expect(try await folder.snapshot(of: "P1").residencies.count == 1)
        #expect(try await folder.snapshot(of: "P2").units.count == 1)
    }

    @Test("A property that neither file names is an error, not an empty snapshot")
    func unknownProperty() async throws {
        let folder = try ExportFolder()
        let error = await #expect(throws: ConnectorError.self) {
            try await folder.snapshot(of: "P7")
        }
        #expect(error?.code == .forbidden)
        #expect(error?.description.contains("P7") == true)
    }

    @Test("A file that is missing is an error that names its path", arguments: CSVFile.allCases)
    func missingFile(file: CSVFile) async throws {
        let folder = try ExportFolder()
        try folder.remove(file.name)
        let error = await #expect(throws: ConnectorError.self) { try await folder.snapshot() }
        #expect(error?.code == .unavailable)
        #expect(error?.attempt == "reading \(folder.file(file.name))")
    }

    @Test("A folder that is missing is a setting that cannot work")
    func missingFolder() async throws {
        let connector = CSVConnector(directory: "/nowhere/at/all")
        let error = await #expect(throws: ConnectorError.self) { try await connector.properties() }
        #expect(error?.code == .misconfigured)
        #expect(error?.message == "there is no folder /nowhere/at/all")
    }

    @Test(
        "A folder or a named pipe in a file's place is refused without waiting",
        arguments: [true, false]
    )
    func notAFile(isFolder: Bool) async throws {
        let folder = try ExportFolder()
        let path = folder.file("units.csv")
        try folder.remove("units.csv")
        if isFolder {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: false
            )
        } else {
            #expect(mkfifo(path, 0o600) == 0)
        }
        let error = await #expect(throws: ConnectorError.self) { try await folder.snapshot() }
        #expect(error?.code == .misconfigured)
        #expect(error?.attempt == "reading \(path)")
    }

    @Test(
        "A header that cannot work is an error that names file, what was expected and what was found",
        arguments: [
            (CSVFile.units, "", "line 1: expected a header line; the text is empty"),
            (.residents, "", "line 1: expected a header line; the text is empty"),
            (
                .units, "Property,Unit Number\n",
                "line 1: expected the column unit_id (or \"Unit Code\", \"Unit Key\", \"PMS Unit ID\"); "
                    + "found only \"Property\", \"Unit Number\""
            ),
            (
                .units, "Property,Prop ID,Unit ID\n",
                "line 1, column 2 (Prop ID): the columns \"Property\" and \"Prop ID\" both mean "
                    + "property_id: keep one of them"
            ),
            (
                .residents,
                "Property,Tenant ID,Resident Code,Unit ID,First,Last,Status\n",
                "line 1, column 3 (Resident Code): the columns \"Tenant ID\" and \"Resident Code\" both "
                    + "mean resident_id: keep one of them"
            ),
            (
                .residents, "P1,R1,L1,U1,Ann,Oak,,,Current\n",
                "line 1: expected the columns property_id (or"
            ),
        ]
    )
    func badHeader(file: CSVFile, text: String, message: String) async throws {
        let folder = try ExportFolder()
        try folder.write(file.name, text)
        let error = await #expect(throws: ConnectorError.self) { try await folder.snapshot() }
        #expect(error?.code == .malformed)
        #expect(error?.attempt == "reading \(folder.file(file.name))")
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("Oak") == false)
    }

    @Test(
        "Every required column that is missing is named",
        arguments: [
            "property_id", "resident_id", "unit_id", "first_name", "last_name", "status",
        ]
    )
    func requiredColumns(name: String) async throws {
        let folder = try ExportFolder()
        let header = ExportFolder.residentsHeader.split(separator: ",").filter { $0 != name }
        try folder.write("residents.csv", lines: [header.joined(separator: ",")])
        let error = await #expect(throws: ConnectorError.self) { try await folder.snapshot() }
        #expect(error?.code == .malformed)
        #expect(error?.message.contains("expected the column \(name) ") == true)
    }

    @Test("A check counts rows and properties of each file")
    func check() async throws {
        let folder = try ExportFolder(units: ["P1,U1,,,,", "P1,U2,,,,", "P2,U1,,,,"])
        #expect(
            try await CSVConnector(directory: folder.path).check() == [
                OperationCheck(
                    operation: "units.csv",
                    isAllowed: true,
                    detail: "3 rows of 2 properties"
                ),
                OperationCheck(
                    operation: "residents.csv",
                    isAllowed: true,
                    detail: "1 row of 1 property"
                ),
            ]
        )
    }

    @Test("A check says which file cannot be read, and what makes one incomplete")
    func checkProblems() async throws {
        let folder = try ExportFolder(residents: [ExportFolder.resident, "P1,R2"])
        try folder.remove("units.csv")
        let checks = try await CSVConnector(directory: folder.path).check()
        #expect(checks.map(\.isAllowed) == [false, true])
        #expect(checks[0].detail.contains(folder.file("units.csv")))
        #expect(checks[1].detail.contains("incomplete: residents.csv line 3"))
    }

    @Test("A file cannot be asked for residents")
    func residencies() async throws {
        let folder = try ExportFolder()
        let connector = CSVConnector(directory: folder.path)
        let answer = try await connector.residencies(
            of: [PMSResidentID("R1")],
            in: PMSPropertyID("P1")
        )
        #expect(answer == nil)
    }

    @Test("What the receiver throws ends the fetch")
    func receiverThrows() async throws {
        struct Stop: Error {}
        let folder = try ExportFolder()
        let received = Mutex(0)
        await #expect(throws: Stop.self) {
            try await CSVConnector(directory: folder.path).fetch(PMSPropertyID("P1")) { _ in
                received.withLock { $0 += 1 }
                throw Stop()
            }
        }
        #expect(received.withLock { $0 } == 1)
    }

    @Test("Many fetches at once and one after the other read each file to its end once")
    func indexedOnce() async throws {
        let folder = try ExportFolder(
            units: (0..<60).map { "P\($0 % 20),U\($0),,,," },
            residents: (0..<60).map { "P\($0 % 20),R\($0),,,Ann,Oak,,,Current,,,,," }
        )
        let indexed = Mutex(0)
        let connector = CSVConnector(
            folder: CSVFolder(directory: folder.path) { moment in
                if case .indexed = moment { indexed.withLock { $0 += 1 } }
            }
        )
        try await withThrowingTaskGroup(of: [String].self) { group in
            for property in 0..<20 {
                group.addTask {
                    try await connector.snapshot(of: "P\(property)")
                        .residencies.map(\.key.resident.text)
                }
            }
            var seen: [String] = []
            for try await residents in group {
                #expect(residents.count == 3)
                seen += residents
            }
            #expect(Set(seen).count == 60)
        }
        #expect(indexed.withLock { $0 } == 2)
        try folder.write("residents.csv", lines: [ExportFolder.residentsHeader])
        #expect(try await connector.snapshot(of: "P1").residencies.isEmpty)
        #expect(indexed.withLock { $0 } == 3)
    }

    @Test("The vendor is described by what a person enters, and its connector made from that")
    func settings() throws {
        let description = CSVSettings.description
        #expect(description.id == "csv")
        #expect(description.name == "CSV folder")
        #expect(description.fields.map(\.key) == ["directory"])
        #expect(description.fields.allSatisfy { $0.isRequired && !$0.isSecret })
        let environment = ConnectorEnvironment(transport: NoTransport(), sleeper: NoSleeper())
        let connector = try description.makeConnector(
            ConnectionSettings(vendor: "csv", values: ["directory": "/srv/export"]),
            environment
        )
        #expect(connector is CSVConnector)
    }

    @Test("A folder without full path is refused", arguments: [nil, "", "export", "~/export"])
    func badSettings(directory: String?) {
        let environment = ConnectorEnvironment(transport: NoTransport(), sleeper: NoSleeper())
        let error = #expect(throws: ConnectorError.self) {
            try CSVSettings.description.makeConnector(
                ConnectionSettings(
                    vendor: "csv",
                    values: directory.map { ["directory": $0] } ?? [:]
                ),
                environment
            )
        }
        #expect(error?.code == .misconfigured)
    }
}

/// Fails the test that sends anything: files need no network.
private struct NoTransport: HTTPTransport {
    func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        Issue.record("a CSV folder sent a request")
        throw ConnectorError(.unavailable, attempting: request.method, "no network in this test")
    }
}

/// Fails the test that waits.
private struct NoSleeper: Sleeper {
    func sleep(milliseconds: Int) async throws { Issue.record("a CSV folder waited") }
    func now() -> Int64 { 0 }
    func chance() -> Double { 0 }
}
