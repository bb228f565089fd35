package import LintelModel
import Reconciliation
import SQLEngine
package import Storage

extension Operations {
    /// Every raw status word of a property: who carries it, what it means here, whether it is excluded.
    package func statuses(of property: Property) async throws -> [StatusWords.Listed] {
        try await database.read { try StatusWords.all(of: property.id, on: $0) }
    }

    /// Gives a word a meaning.
    package func mapStatus(_ word: String, to status: String, of property: Property) async throws {
        let meanings = LeaseStatus.allCases.filter { $0 != .unknown }
        guard let status = meanings.first(where: { $0.rawValue == status.lowercased() }) else {
            throw OperationError(
                "“\(status)” is no lease status; expected "
                    + meanings.map(\.rawValue).joined(separator: ", ")
            )
        }
        try await change(word, of: property) { $0.status = status }
    }

    /// Leaves residents with that word out, or takes them in again.
    package func exclude(_ word: String, _ isExcluded: Bool, of property: Property) async throws {
        try await change(word, of: property) { $0.isExcluded = isExcluded }
    }

    private func change(
        _ word: String,
        of property: Property,
        _ edit: @Sendable @escaping (inout StatusMeaning) -> Void
    ) async throws {
        let word = try Self.nonEmpty(word, "a status word")
        try await database.write { connection in
            let known = try StatusWords.all(of: property.id, on: connection)
            // A word is the PMS's own spelling; one that only differs in case is meant to be it.
            let exact = known.first { $0.word == word }
            let found = exact ?? known.first { $0.word.lowercased() == word.lowercased() }
            var meaning = found?.meaning ?? StatusMeaning()
            edit(&meaning)
            try StatusWords.set(
                found?.word ?? word,
                of: property.id,
                to: meaning,
                on: connection
            )
            try Properties.touch(property.id, on: connection)
        }
    }
}
