package import LintelModel
package import Reconciliation
import SQLEngine
package import Storage

extension Operations {
    /// Every raw status word of a property: who carries it, what it means here, whether it is excluded.
    package func statuses(of property: Property) async throws -> [StatusWords.Listed] {
        try await database.read { try StatusWords.all(of: property.id, on: $0) }
    }

    /// Gives a word a meaning.
    package func mapStatus(
        _ word: String,
        to status: String,
        of property: Property,
        noting decision: AuditLog.Draft? = nil
    ) async throws {
        let meanings = LeaseStatus.allCases.filter { $0 != .unknown }
        guard let status = meanings.first(where: { $0.rawValue == status.lowercased() }) else {
            throw OperationError(
                "“\(status)” is no lease status; expected "
                    + meanings.map(\.rawValue).joined(separator: ", ")
            )
        }
        try await change(word, of: property, noting: decision) { $0.status = status }
    }

    /// Leaves residents with that word out, or takes them in again.
    package func exclude(
        _ word: String,
        _ isExcluded: Bool,
        of property: Property,
        noting decision: AuditLog.Draft? = nil
    ) async throws {
        try await change(word, of: property, noting: decision) { $0.isExcluded = isExcluded }
    }

    /// Gives words their meanings, all of them or none; a word whose meaning is as it was is left alone.
    ///
    /// - Returns: how many were changed.
    package func setStatuses(
        _ meanings: [(word: String, meaning: StatusMeaning)],
        of property: Property
    ) async throws -> Int {
        for meaning in meanings { _ = try Self.nonEmpty(meaning.word, "a status word") }
        return try await database.write { connection in
            let known = try StatusWords.meanings(of: property.id, on: connection)
            let changed = meanings.filter { known[$0.word] ?? StatusMeaning() != $0.meaning }
            for (word, meaning) in changed {
                try write(word, meaning, was: known[word], of: property, on: connection)
            }
            if !changed.isEmpty { try Properties.touch(property.id, on: connection) }
            return changed.count
        }
    }

    private func change(
        _ word: String,
        of property: Property,
        noting decision: AuditLog.Draft?,
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
            try write(
                found?.word ?? word,
                meaning,
                was: found?.meaning,
                of: property,
                on: connection
            )
            try Properties.touch(property.id, on: connection)
            if let decision { try note(decision, on: connection) }
        }
    }

    private func write(
        _ word: String,
        _ meaning: StatusMeaning,
        was before: StatusMeaning?,
        of property: Property,
        on connection: any SQLConnection
    ) throws {
        func words(_ meaning: StatusMeaning) -> String {
            "\(meaning.status?.rawValue ?? "as the vendor means it")"
                + (meaning.isExcluded ? ", excluded" : "")
        }
        try StatusWords.set(word, of: property.id, to: meaning, on: connection)
        guard meaning != before ?? StatusMeaning() else { return }
        try note(
            AuditLog.Draft(
                "lease status",
                of: property.id,
                word,
                before: words(before ?? StatusMeaning()),
                after: words(meaning)
            ),
            on: connection
        )
    }
}
