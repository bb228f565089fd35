import ConnectorKit
import Foundation
import LintelModel
import Synchronization

/// A PMS of one property in memory, which tells what changed since a time.
final class MemoryPMS: Connector {
    struct State {
        var units: [PMSUnit] = []
        var residencies: [PMSResidency] = []
        /// When each resident was last updated, and any unit.
        var updated: [PMSResidentID: Timestamp] = [:]
        var unitsUpdated: Timestamp?
        /// How many residencies a page lists.
        var pageSize = Int.max
        /// Called with the number of each page before it is handed over.
        var onPage: (@Sendable (Int) async -> Void)?
        /// A page that cannot be decoded.
        var unreadablePage = 0
        /// The page before which ``failure`` comes.
        var failingPage = 1
        /// What goes wrong with the next reads.
        var failure: ConnectorError?
        var problems: [SnapshotProblem] = []
        /// What was asked for: `everything`, or the time from which on.
        var asked: [String] = []

        /// Changes a resident, whose record so is updated at that time.
        mutating func change(
            _ resident: String,
            at now: Timestamp,
            _ change: (inout PMSResidency) -> Void
        ) {
            let id = PMSResidentID(resident)
            for index in residencies.indices where residencies[index].key.resident == id {
                change(&residencies[index])
            }
            updated[id] = now
        }
    }

    private struct Page: Codable {
        var units: [PMSUnit]
        var residencies: [PMSResidency]
    }

    private let state: Mutex<State>

    init(units: [PMSUnit], residencies: [PMSResidency]) {
        state = Mutex(State(units: units, residencies: residencies))
    }

    func with(_ use: (inout State) -> Void) {
        state.withLock { use(&$0) }
    }

    /// What was asked for since this was last called.
    var asked: [String] {
        state.withLock { state in
            defer { state.asked = [] }
            return state.asked
        }
    }

    func properties() async throws(ConnectorError) -> [PMSProperty] { [] }

    func check() async throws(ConnectorError) -> [OperationCheck] { [] }

    func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        let state = state.withLock { state in
            state.asked.append("everything")
            return state
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var left = state.residencies[...]
        var number = 0
        repeat {
            number += 1
            await state.onPage?(number)
            if let failure = state.failure, number == state.failingPage { throw failure }
            let page = Page(
                units: number == 1 ? state.units : [],
                residencies: Array(left.prefix(state.pageSize))
            )
            left = left.dropFirst(state.pageSize)
            let bytes = number == state.unreadablePage ? Data() : try encoder.encode(page)
            try await receive(SnapshotPage(kind: .residents, bytes: bytes))
        } while !left.isEmpty
    }

    func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        Decoder(problems: state.withLock { $0.problems })
    }

    func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? { nil }

    var tellsChanges: Bool { true }

    func changes(
        in property: PMSPropertyID,
        since: Timestamp
    ) async throws(ConnectorError) -> SnapshotPart? {
        let (part, failure) = state.withLock { state in
            state.asked.append(since.iso8601)
            let changed = state.updated.filter { $0.value >= since }.keys
            let part = SnapshotPart(
                units: (state.unitsUpdated ?? since.adding(minutes: -1)) >= since
                    ? state.units : [],
                residencies: state.residencies.filter { changed.contains($0.key.resident) },
                problems: state.problems
            )
            return (part, state.failure)
        }
        if let failure { throw failure }
        return part
    }

    private struct Decoder: SnapshotDecoder {
        let problems: [SnapshotProblem]

        mutating func decode(_ page: SnapshotPage) throws(ConnectorError) -> SnapshotPart {
            do {
                let page = try JSONDecoder().decode(Page.self, from: page.bytes)
                return SnapshotPart(units: page.units, residencies: page.residencies)
            } catch {
                throw ConnectorError(.malformed, attempting: "decoding", "no page")
            }
        }

        func finish() throws(ConnectorError) -> SnapshotPart { SnapshotPart(problems: problems) }
    }
}
