package import Foundation
package import LintelModel
import Reconciliation
import SQLEngine
package import Storage
import SyncEngine

extension Operations {
    /// The bytes of a previewed plan for a file, remembered by their hash: only these can be applied.
    package func keepPlan(_ document: PlanDocument) async throws -> Data {
        let data = try document.encoded()
        let now = now
        try await database.write { connection in
            try KnownPlans.keep(
                PlanDocument.sha256(of: data),
                document.plan,
                at: now,
                on: connection
            )
        }
        return data
    }

    /// Reads a plan file back.
    ///
    /// - Throws: ``OperationError`` where it is not, byte for byte, one that a preview here wrote.
    package func readPlan(_ data: Data) async throws -> (document: PlanDocument, property: Property)
    {
        let isKnown = try await database.read { connection in
            try KnownPlans.isKnown(PlanDocument.sha256(of: data), on: connection)
        }
        guard isKnown else {
            throw OperationError(
                "this is not a plan that a preview here wrote, or it was changed since",
                see: "lintel sync --property PROPERTY --preview --output PLAN"
            )
        }
        guard let document = try? JSONDecoder().decode(PlanDocument.self, from: data) else {
            throw OperationError(
                "this plan was written by another version of lintel; preview again",
                see: "lintel sync --property PROPERTY --preview --output PLAN"
            )
        }
        return (document, try await property(document.plan.property.text))
    }

    /// The run to undo, and its property.
    package func runToUndo(_ id: String) async throws -> (run: RunRecord, property: Property) {
        let found = try await database.read { connection in
            try Runs.find(RunID(id), on: connection).map { run in
                (run, try History.applied(in: id, on: connection))
            }
        }
        guard let (run, changes) = found else {
            throw OperationError(
                .notFound,
                "there is no run \(id)",
                see: "lintel runs list"
            )
        }
        guard !changes.isEmpty else {
            throw OperationError("run \(id) changed nothing (\(run.outcome.rawValue))")
        }
        guard changes.contains(where: { $0.undoneBy == nil }) else {
            throw OperationError(
                "run \(id) was undone already, by run \(changes.compactMap(\.undoneBy).first ?? "")"
            )
        }
        return (run, try await property(run.property.text))
    }
}
