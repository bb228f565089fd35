import ConnectorKit
import Foundation
import LintelModel
import LintelTesting
import Operations
import PMSSimulator
import Reconciliation
import SQLEngineTesting
import Storage
import SyncEngine
import Testing

/// A move of a portfolio from one PMS to another.
private struct Move: Sendable, CustomTestStringConvertible {
    let old: SimulatedSource
    let new: SimulatedSource
    /// Whether the two name units alike enough for a rule to prove every mapping.
    var isProven = false

    var testDescription: String { "\(old.id) to \(new.id)" }

    static let all = [
        Move(old: .folder, new: .service(.appFolio), isProven: true),
        Move(old: .service(.entrata), new: .service(.yardi)),
        Move(old: .service(.yardi), new: .service(.mri)),
        Move(old: .service(.rentManager), new: .service(.buildium), isProven: true),
        Move(old: .service(.realPage), new: .service(.resMan)),
    ]
}

@Suite("A property that moves from one PMS to another")
struct PMSChangeTests {
    @Test(
        "keeps its people, units and history, shows what will be, and follows the new PMS from then on",
        .timeLimit(.minutes(10)),
        arguments: Move.all,
        TestEngine.allCases
    )
    fileprivate func change(move: Move, engine: TestEngine) async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await move.old.with(portfolio) { old in
            try await move.new.with(portfolio) { new in
                try await LintelInProcess.with(engine) { lintel in
                    try await follow(old, new, move.isProven, lintel)
                }
            }
        }
    }

    private func follow(
        _ old: RunningSource,
        _ new: RunningSource,
        _ isProven: Bool,
        _ lintel: LintelInProcess
    ) async throws {
        let operations = lintel.operations
        let properties = try await SimulatedDirectory.onboard(old, in: lintel)
        for property in properties { _ = try await lintel.sync(property) }
        let kept = ["people", "assignments", "units"]
        let before = try await DirectoryDump(of: lintel.database)
        let history = try #require(before.rows["changes"])

        _ = try await operations.addConnection(name: "next", settings: try new.settings)
        let offered = try await operations.pmsProperties(through: "next").map(\.property.id.text)
        for (property, code) in zip(properties, offered) {
            let setUp = try await operations.setUp(of: property)
            let change = try await operations.preparePMSChange(
                of: property,
                from: try #require(setUp.attached.first).pmsProperty.text,
                to: "next",
                pmsProperty: code
            )
            let preview = try await operations.preview(change, of: property)
            #expect(preview.plan.failure == nil)
            #expect(preview.unmapped.isEmpty == isProven)
            #expect(preview.recognised > 0)
            #expect(preview.created == 0)
            #expect(preview.plan.alerts.isEmpty == isProven)
            // Until the change is made, the old PMS is read as before.
            lintel.clock.advance(minutes: 60)
            try await #expect(lintel.sync(property).record.ended == 0)
            try await #expect(operations.setUp(of: property).attached.count == 1)

            try await operations.change(change, of: property)
            lintel.clock.advance(minutes: 60)
            let record = try await lintel.sync(property).record
            #expect(record.outcome == .applied, "\(record.message)")
            #expect(record.linked == preview.recognised)
            #expect(record.created == 0)
            #expect(record.ended == 0)
            try await takeSuggestions(property, operations)
            lintel.clock.advance(minutes: 60)
            try await #expect(lintel.sync(property).record.ended == 0)
            try await #expect(lintel.alerts(of: property) == [])
            await #expect(throws: OperationError.self) {
                try await operations.preparedPMSChange(
                    of: property,
                    from: change.old.id,
                    to: change.new.id
                )
            }
        }
        let after = try await DirectoryDump(of: lintel.database)
        for table in kept { #expect(after.rows[table] == before.rows[table], "\(table)") }
        #expect(Set(try #require(after.rows["changes"])).isSuperset(of: history))

        let moved = try new.goOn(churn: 20)
        for property in properties {
            lintel.clock.advance(minutes: 60)
            let record = try await lintel.sync(property).record
            #expect(record.outcome == .applied, "\(record.message)")
            try await #expect(lintel.alerts(of: property) == [])
        }
        try await #expect(
            SimulatedDirectory.standings(of: lintel) == SimulatedDirectory.expected(of: moved)
        )
    }

    /// Maps what no rule proves to what is suggested first, as a person who looked at it does.
    private func takeSuggestions(_ property: Property, _ operations: Operations) async throws {
        let suggestions = try await operations.suggestions(of: property)
        let choices = suggestions.compactMap { suggestion in
            suggestion.candidates.first.map {
                Operations.MappingChoice(
                    suggestion.row.known.unit.id,
                    in: suggestion.row.attachment,
                    .unit($0.unit.id)
                )
            }
        }
        try await operations.map(choices, of: property)
    }

    @Test("is refused where it would stay in its PMS, or where nothing is attached")
    func refused() async throws {
        let portfolio = try SimulatedDirectory.portfolio()
        try await SimulatedSource.folder.with(portfolio) { running in
            try await LintelInProcess.with(.sqlite) { lintel in
                let property = try #require(
                    try await SimulatedDirectory.onboard(running, in: lintel).first
                )
                let code = "\(portfolio.propertyID(at: 0))"
                for (from, message) in [(code, "already"), ("nowhere", "not attached")] {
                    let error = await #expect(throws: OperationError.self) {
                        try await lintel.operations.preparePMSChange(
                            of: property,
                            from: from,
                            to: "pms",
                            pmsProperty: "100002"
                        )
                    }
                    #expect(error?.description.contains(message) == true)
                }
            }
        }
    }
}
