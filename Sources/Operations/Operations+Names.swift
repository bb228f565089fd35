import LintelModel
package import Reconciliation
import SQLEngine
import Storage

extension Operations {
    /// A text that names people by id, as plans and history do, with their names in the ids' place: for a screen,
    /// never for a log.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - plan: a plan whose newcomers are not here yet.
    /// - Returns: the text with names.
    /// - Throws: ``SQLError``.
    package func naming(_ text: String, _ plan: Plan? = nil) async throws -> String {
        let words = text.split(whereSeparator: { " :\n,()".contains($0) }).map(String.init)
        let ids = Set(words.filter { $0.utf8.count == 36 }.map { PersonID($0) })
        var people = try await database.read { connection in
            try People.of(ids, on: connection)
        }
        for case .person(nil, let after) in (plan?.changes ?? []).map(\.change) {
            people.append(after)
        }
        var named = text
        for person in people {
            let name = [person.firstName, person.lastName].filter { !$0.isEmpty }
                .joined(separator: " ")
            named = named.replacing(person.id.text, with: name)
        }
        return named
    }
}
