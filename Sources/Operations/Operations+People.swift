package import LintelModel
import SQLEngine
package import Storage

extension Operations {
    package func people(of property: Property?) async throws -> [PeopleList.Entry] {
        try await database.read { try PeopleList.all(of: property?.id, on: $0) }
    }

    /// One person by id or e-mail address, with their assignments and everything that happened to them.
    package func person(
        _ reference: String
    ) async throws -> (entries: [PeopleList.Entry], history: [History.Entry]) {
        let found = try await database.read { connection in
            let byEmail = try People.withEmails([Folding.email(reference)], on: connection)
            let byID = try People.of([PersonID(reference)], on: connection)
            guard let person = byEmail.first ?? byID.first else {
                return Optional<(entries: [PeopleList.Entry], history: [History.Entry])>.none
            }
            let entries = try PeopleList.all(of: nil, on: connection).filter {
                $0.person.id == person.id
            }
            return (entries, try History.of(person.id, on: connection))
        }
        guard let found else {
            throw OperationError(
                .notFound,
                "nobody here has the id or e-mail address given",
                see: "lintel people list"
            )
        }
        return found
    }

    package func runs(of property: Property?, limit: Int) async throws -> [RunRecord] {
        try await database.read { try Runs.newest(of: property?.id, limit: limit, on: $0) }
    }

    /// One run with what it changed, and the plan if the brake held it.
    package func run(
        _ id: String
    ) async throws -> (run: RunRecord, changes: [History.Entry], heldPlan: String?) {
        let found = try await database.read { connection in
            try Runs.find(RunID(id), on: connection).map { run in
                (
                    run: run, changes: try History.of(id, on: connection),
                    heldPlan: try HeldPlans.report(of: run.id, on: connection)
                )
            }
        }
        guard let found else {
            throw OperationError(
                .notFound,
                "there is no run \(id)",
                see: "lintel runs list"
            )
        }
        return found
    }
}
