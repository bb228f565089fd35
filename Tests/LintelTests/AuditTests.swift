import LintelModel
import LintelTesting
import Operations
import SQLEngine
import SQLEngineTesting
import Storage
import Testing

@Suite("What people do is written down")
struct AuditTests {
    private static func acts(_ lintel: LintelInProcess) async throws -> Property {
        let operations = lintel.operations
        let property = try await operations.addProperty(name: "Oak Court", timeZone: "UTC")
        let unit = try await operations.addUnit(
            "101",
            building: "A",
            floor: "1",
            externalID: nil,
            to: property
        )
        _ = try await operations.editUnit(
            unit.id,
            name: "101",
            building: "B",
            floor: "1",
            externalID: "x-1",
            of: property
        )
        try await operations.deleteUnit(unit.id.text, of: property)
        return property
    }

    @Test("with who, before and after, newest first", arguments: TestEngine.allCases)
    func entries(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await Self.acts(lintel)
            let activity = try await lintel.operations.activity(of: property, limit: 3)
            #expect(activity.map(\.act) == ["unit deleted", "unit edited", "unit added"])
            #expect(activity[1].before == "A — 101, floor 1")
            #expect(activity[1].after == "B — 101, floor 1, external id x-1")
            #expect(activity.allSatisfy { $0.actor == .commandLine("tester") })
            let older = try await lintel.operations.activity(
                of: property,
                before: activity[2].position + 1,
                limit: 1
            )
            #expect(older == [activity[2]])
            #expect(try await lintel.operations.faultOfAuditLog() == nil)
        }
    }

    @Test("what is refused leaves no entry", arguments: TestEngine.allCases)
    func refused(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let property = try await Self.acts(lintel)
            let before = try await lintel.operations.activity(of: nil, limit: 100)
            await #expect(throws: OperationError.self) {
                _ = try await lintel.operations.addUnit(
                    " ",
                    building: "",
                    floor: "",
                    externalID: nil,
                    to: property
                )
            }
            #expect(try await lintel.operations.activity(of: nil, limit: 100) == before)
        }
    }

    @Test(
        "and a change made behind its back shows",
        arguments: [
            ("update audit_log set after = 'A — 102' where position = 2", "2"),
            ("update audit_log set actor = 'somebody' where position = 1", "1"),
            ("update audit_log set before = null where position = 3", "3"),
            ("delete from audit_log where position = 2", "2"),
            (
                "delete from audit_log where position = (select max(position) from audit_log)",
                "last"
            ),
        ]
    )
    func tampering(statement: String, named: String) async throws {
        try await LintelInProcess.with(.sqlite) { lintel in
            _ = try await Self.acts(lintel)
            try await lintel.database.write { try $0.executeScript(statement) }
            let fault = try #require(try await lintel.operations.faultOfAuditLog())
            #expect(fault.contains(named), "\(fault)")
        }
    }

    @Test("many at once make one chain", arguments: TestEngine.allCases)
    func together(engine: TestEngine) async throws {
        try await LintelInProcess.with(engine) { lintel in
            let operations = lintel.operations
            let property = try await operations.addProperty(name: "Oak Court", timeZone: "UTC")
            let before = try await operations.activity(of: property, limit: 100).count
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        _ = try await operations.addUnit(
                            "\(number)",
                            building: "",
                            floor: "",
                            externalID: nil,
                            to: property
                        )
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await operations.activity(of: property, limit: 100).count == before + 20)
            #expect(try await operations.faultOfAuditLog() == nil)
        }
    }

    @Test("an undo at the command line is written down, its preview is not")
    func undo() async throws {
        try await LintelSite.with(.sqlite) { site in
            try await site.onboardFolder(ResidentExport(households: 2))
            let synced = try await site.done("sync", "--all", "--format", "json")
            let run = try #require(try synced.rows("runs").first?["run"] as? String)
            try await site.done("undo", run, "--preview")
            try await site.done("undo", run)
            let acts = try await site.withDatabase { database in
                try await database.read { connection in
                    try connection.all(
                        "select act, subject from audit_log order by position desc limit 2"
                    ) { row in [try row.text(0), try row.text(1)] }
                }
            }
            #expect(acts.first == ["undo asked for", run])
            #expect(acts.last?.first != "undo asked for")
        }
    }
}
