import ConnectorKit
import Foundation
import LintelModel
import LintelTesting
import Logging
import Operations
import SQLEngine
import SQLEngineTesting
import Storage
import SyncEngine
import Synchronization
import Testing

@Suite("Properties of several connections, one of which does not answer")
struct SideBySideTests {
    @Test(
        "are synced without waiting for it, asked for together",
        .timeLimit(.minutes(10)),
        arguments: TestEngine.allCases
    )
    func together(engine: TestEngine) async throws {
        try await Self.with(engine) { site in
            async let reports = site.engine.sync(site.silent + site.answering, observer: site.log)
            await site.log.wait(for: site.answering)
            #expect(site.log.finished.isDisjoint(with: site.silent.map(\.id)))
            site.gate.open()
            let outcomes = await reports.map(\.record.outcome)
            #expect(outcomes == Array(repeating: .applied, count: 9))
        }
    }

    @Test(
        "are synced by the schedule hour for hour, while it does not answer",
        .timeLimit(.minutes(10))
    )
    func scheduled() async throws {
        try await Self.with(.sqlite) { site in
            let logger = Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() }
            let scheduler = Scheduler(site.engine, observer: site.log, logger: logger)
            let running = Task { try await scheduler.run() }
            for _ in 0..<3 {
                await site.log.wait(for: site.answering)
                #expect(site.log.finished.isDisjoint(with: site.silent.map(\.id)))
                site.log.forget()
                site.clock.clock.advance(minutes: 61)
            }
            site.gate.open()
            await site.log.wait(for: site.silent)
            running.cancel()
            try await running.value
        }
    }

    @Test(
        "are written in turn, so that what is short never waits behind several of them",
        .timeLimit(.minutes(10)),
        arguments: TestEngine.allCases
    )
    func inTurn(engine: TestEngine) async throws {
        try await Self.with(engine) { site in
            site.gate.open()
            _ = await site.engine.sync(site.silent + site.answering, observer: site.log)
            let plans = site.database.writes.filter { write in
                write.statements.contains { $0.text.hasPrefix("insert into people") }
            }
            #expect(plans.count == 9)
            for plan in plans {
                let atOnce = plans.filter { $0.time.contains(plan.time.lowerBound) }
                #expect(atOnce.count <= site.database.writers)
            }
        }
    }

    // MARK: Two connections

    /// Six properties whose PMS is silent until the gate opens, and three of one that answers.
    private struct Site {
        let engine: SyncEngine
        let database: RecordingDatabase
        let clock: HastyClock
        let gate: Gate
        let log: FinishLog
        let silent: [Property]
        let answering: [Property]
    }

    private static func with(_ engine: TestEngine, _ use: (Site) async throws -> Void) async throws
    {
        try await LintelInProcess.with(engine) { lintel in
            let gate = Gate()
            var properties: [[Property]] = []
            for (name, count) in [("silent", 6), ("answering", 3)] {
                var export = ResidentExport()
                for number in 1...count {
                    let one = ResidentExport(
                        households: 1,
                        of: "\(name)-\(number)",
                        prefix: "\(name)-\(number)-"
                    )
                    export.units += one.units
                    export.residents += one.residents
                }
                let folder = lintel.folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: folder,
                    withIntermediateDirectories: false
                )
                try export.write(to: folder)
                _ = try await lintel.operations.addConnection(
                    name: name,
                    settings: ConnectionSettings(vendor: "csv", values: ["directory": folder.path])
                )
                properties.append(
                    try await lintel.operations.importProperties(through: name, timeZone: "UTC")
                        .map(\.property)
                )
            }
            let real = lintel.engine.environment
            let id = try await lintel.operations.connection("silent").id
            let clock = HastyClock(clock: lintel.clock)
            let database = RecordingDatabase(real.database)
            let environment = SyncEnvironment(
                database: database,
                sleeper: clock,
                holder: real.holder
            ) { connection in
                let connector = try await real.connector(connection)
                return connection == id ? GatedConnector(connector, gate) : connector
            }
            try await use(
                Site(
                    engine: SyncEngine(environment),
                    database: database,
                    clock: clock,
                    gate: gate,
                    log: FinishLog(),
                    silent: properties[0],
                    answering: properties[1]
                )
            )
        }
    }
}

/// Keeps everybody out until it is opened.
private final class Gate: Sendable {
    private let isOpen = Mutex(false)

    func open() { isOpen.withLock { $0 = true } }

    func pass() async throws {
        while !isOpen.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// Another connector, behind a gate.
private struct GatedConnector: Connector {
    private let connector: any Connector
    private let gate: Gate

    init(_ connector: any Connector, _ gate: Gate) {
        self.connector = connector
        self.gate = gate
    }

    func properties() async throws(ConnectorError) -> [PMSProperty] {
        try await connector.properties()
    }

    func check() async throws(ConnectorError) -> [OperationCheck] { try await connector.check() }

    func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        try await gate.pass()
        try await connector.fetch(property, receive: receive)
    }

    func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        connector.decoder(for: property)
    }

    func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? { nil }
}

/// A clock that a test moves, and on which every pause is a short one.
private struct HastyClock: Sleeper {
    let clock: TestClock

    func sleep(milliseconds: Int) async throws {
        try await Task.sleep(for: .milliseconds(min(milliseconds, 20)))
    }

    func now() -> Int64 { clock.now() }

    func chance() -> Double { 0.5 }
}

/// Whose runs have finished.
private final class FinishLog: SyncObserver {
    private let kept = Mutex<Set<PropertyID>>([])

    var finished: Set<PropertyID> { kept.withLock { $0 } }

    func forget() { kept.withLock { $0 = [] } }

    func happened(_ event: SyncEvent) {
        if case .finished(let report) = event {
            kept.withLock { _ = $0.insert(report.property.id) }
        }
    }

    func wait(for properties: [Property]) async {
        while !finished.isSuperset(of: properties.map(\.id)) {
            try? await Task.sleep(for: .milliseconds(5))
        }
    }
}
