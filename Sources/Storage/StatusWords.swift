package import LintelModel
package import Reconciliation
package import SQLEngine

/// What a property makes of the raw status words of its PMS.
package enum StatusWords {
    /// A word that residents carry, or that somebody gave a meaning.
    package struct Listed: Sendable {
        package let word: String
        /// How many residencies the PMS lists with it.
        package let residents: Int
        /// What the vendor's vocabulary makes of it; nil where nobody carries it.
        package let vendorStatus: LeaseStatus?
        package let meaning: StatusMeaning
    }

    package static func meanings(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [String: StatusMeaning] {
        var found: [String: StatusMeaning] = [:]
        try connection.query(
            "select word, status, is_excluded from status_words where property_id = $1",
            [.id(property)]
        ) { row in
            found[try row.text(0)] = StatusMeaning(
                status: try row.optionalText(1).flatMap { LeaseStatus(rawValue: $0) },
                isExcluded: try row.flag(2)
            )
        }
        return found
    }

    /// Every word in use or given a meaning, by word.
    package static func all(
        of property: PropertyID,
        on connection: any SQLConnection
    ) throws -> [Listed] {
        var meanings = try meanings(of: property, on: connection)
        var listed = try connection.all(
            """
            select r.status_word, r.status, count(*)
            from residencies r join attachments a on a.id = r.attachment_id
            where a.property_id = $1 and r.missing_since is null
            group by r.status_word, r.status
            """,
            [.id(property)]
        ) { row in
            let word = try row.text(0)
            return Listed(
                word: word,
                residents: try row.int(2),
                vendorStatus: try row.word(1),
                meaning: meanings[word] ?? StatusMeaning()
            )
        }
        for word in listed { meanings[word.word] = nil }
        listed += meanings.map {
            Listed(word: $0.key, residents: 0, vendorStatus: nil, meaning: $0.value)
        }
        return listed.sorted { $0.word < $1.word }
    }

    /// Keeps what a word means; the default meaning is no row.
    package static func set(
        _ word: String,
        of property: PropertyID,
        to meaning: StatusMeaning,
        on connection: any SQLConnection
    ) throws {
        guard meaning != StatusMeaning() else {
            try connection.execute(
                "delete from status_words where property_id = $1 and word = $2",
                [.id(property), .text(word)]
            )
            return
        }
        try connection.execute(
            """
            insert into status_words (property_id, word, status, is_excluded) values ($1, $2, $3, $4)
            on conflict (property_id, word) do update set status = excluded.status,
                is_excluded = excluded.is_excluded
            """,
            [
                .id(property), .text(word), .text(meaning.status?.rawValue),
                .flag(meaning.isExcluded),
            ]
        )
    }
}
