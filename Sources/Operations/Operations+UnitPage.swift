package import LintelModel
import SQLEngine
package import Storage

extension Operations {
    /// Who stands, will stand or stood in a unit, and what happened there.
    package struct UnitRecord: Sendable {
        /// One person's time in the unit.
        package struct Stay: Sendable {
            package let person: Person
            package let assignment: Assignment
        }

        /// Current ones first, then upcoming, then ended ones from the last.
        package let stays: [Stay]
        /// Newest first.
        package let history: [History.Entry]
        /// What stands in the way of deleting it, as sentences; empty where nothing does.
        package let hindrances: [String]
    }

    /// All there is to say of one unit.
    package func record(of unit: UnitID) async throws -> UnitRecord {
        try await database.read { connection in
            let assignments = try Assignments.inUnit(unit, on: connection)
            let people = Dictionary(
                uniqueKeysWithValues: try People.of(
                    Set(assignments.map(\.person)),
                    on: connection
                ).map { ($0.id, $0) }
            )
            func rank(_ state: Assignment.State) -> Int {
                switch state {
                case .current: 0
                case .upcoming: 1
                case .ended: 2
                }
            }
            let stays = assignments.compactMap { assignment in
                people[assignment.person].map {
                    UnitRecord.Stay(person: $0, assignment: assignment)
                }
            }
            .sorted { left, right in
                let ranks = (rank(left.assignment.state), rank(right.assignment.state))
                if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
                return ranks.0 == 2
                    ? left.assignment.from > right.assignment.from
                    : left.assignment.from < right.assignment.from
            }
            return UnitRecord(
                stays: stays,
                history: try History.of(unit, limit: 50, on: connection),
                hindrances: try Units.hindrances(to: unit, on: connection)
            )
        }
    }
}
