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
        try await naming([text], plan).first ?? text
    }

    /// The same of many texts, for which everybody is looked up once.
    package func naming(_ texts: [String], _ plan: Plan? = nil) async throws -> [String] {
        let read = texts.map { text in
            let bytes = Array(text.utf8)
            return (bytes: bytes, words: Self.words(in: bytes))
        }
        let ids = Set(
            read.flatMap { bytes, words in
                words.map { PersonID(String(decoding: bytes[$0], as: UTF8.self)) }
            }
        )
        guard !ids.isEmpty else { return texts }
        var people = try await database.read { connection in
            try People.of(ids, on: connection)
        }
        for case .person(nil, let after) in (plan?.changes ?? []).map(\.change) {
            people.append(after)
        }
        let names = Dictionary(
            people.map { ($0.id.text, $0.name) },
            uniquingKeysWith: { $1 }
        )
        return read.map { Self.naming($0.bytes, $0.words, names) }
    }

    private static func naming(
        _ bytes: [UInt8],
        _ words: [Range<Int>],
        _ names: [String: String]
    ) -> String {
        var named: [UInt8] = []
        var end = 0
        for word in words {
            guard let name = names[String(decoding: bytes[word], as: UTF8.self)] else { continue }
            named += bytes[end..<word.lowerBound]
            named += name.utf8
            end = word.upperBound
        }
        named += bytes[end...]
        return String(decoding: named, as: UTF8.self)
    }

    /// Where words stand that may be ids; a plan may have many thousands, so the text is read once.
    private static func words(in bytes: [UInt8]) -> [Range<Int>] {
        let separators = Set(" :\n,()".utf8)
        var found: [Range<Int>] = []
        var start = 0
        for (place, byte) in bytes.enumerated() where separators.contains(byte) {
            if IDGenerator.lengths.contains(place - start) { found.append(start..<place) }
            start = place + 1
        }
        if IDGenerator.lengths.contains(bytes.count - start) { found.append(start..<bytes.count) }
        return found
    }
}
