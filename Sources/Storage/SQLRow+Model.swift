import LintelModel
import SQLEngine

extension SQLRow {
    func id<Kind>(_ column: Int, _ kind: Kind.Type = Kind.self) throws(SQLError) -> Identifier<Kind>
    {
        Identifier(try text(column))
    }

    func optionalID<Kind>(
        _ column: Int,
        _ kind: Kind.Type = Kind.self
    ) throws(SQLError) -> Identifier<Kind>? {
        try optionalText(column).map { Identifier($0) }
    }

    func int(_ column: Int) throws(SQLError) -> Int { Int(try integer(column)) }

    func time(_ column: Int) throws(SQLError) -> Timestamp {
        Timestamp(milliseconds: try integer(column))
    }

    func optionalTime(_ column: Int) throws(SQLError) -> Timestamp? {
        try optionalInteger(column).map { Timestamp(milliseconds: $0) }
    }

    func optionalDate(_ column: Int) throws(SQLError) -> CivilDate? {
        guard let text = try optionalText(column) else { return nil }
        return try Self.date(text)
    }

    func date(_ column: Int) throws(SQLError) -> CivilDate { try Self.date(try text(column)) }

    private static func date(_ text: String) throws(SQLError) -> CivilDate {
        guard let date = CivilDate(iso: text) else {
            throw SQLError(.unavailable, "a stored date is not yyyy-mm-dd: the database is damaged")
        }
        return date
    }

    /// A word of a closed vocabulary.
    func word<Word: RawRepresentable<String>>(
        _ column: Int,
        _ type: Word.Type = Word.self
    ) throws(SQLError) -> Word {
        guard let word = Word(rawValue: try text(column)) else {
            throw SQLError(
                .unavailable,
                "a stored \(Word.self) is not one this version of Lintel knows"
            )
        }
        return word
    }
}

extension SQLValue {
    static func id<Kind>(_ id: Identifier<Kind>) -> SQLValue { .text(id.text) }
    static func id<Kind>(_ id: Identifier<Kind>?) -> SQLValue { .text(id?.text) }
    static func date(_ date: CivilDate?) -> SQLValue { .text(date?.description) }
    static func time(_ time: Timestamp?) -> SQLValue { .integer(time?.milliseconds) }
}

extension SQLRows {
    mutating func append<Kind>(_ id: Identifier<Kind>?) { append(id?.text) }
    mutating func append(_ date: CivilDate?) { append(date?.description) }
    mutating func append(_ time: Timestamp?) { append(time?.milliseconds) }
}
