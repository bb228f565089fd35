import LintelModel

/// What the words of exports mean.
///
/// Words compare with case, spaces, `-` and `_` ignored.
enum CSVVocabulary {
    /// What a status word means; `unknown` for every word whose meaning is in doubt.
    ///
    /// `Eviction` is in doubt: some systems write it of somebody who is being evicted and still lives
    /// there (Yardi, AppFolio), others of somebody who is gone.
    static func status(_ word: String) -> LeaseStatus {
        statuses[fold(word)] ?? .unknown
    }

    /// What a role word means, primary where it is empty; nil for a word that is none.
    static func role(_ word: String) -> ResidentRole? {
        trimmed(word).isEmpty ? .primary : roles[fold(word)]
    }

    private static let statuses: [String: LeaseStatus] = index([
        .applicant: [
            "applicant", "application", "applied", "pending", "pending application", "lead",
            "prospect",
        ],
        .future: [
            "future", "future resident", "future tenant", "future lease", "pre-lease", "pre-leased",
        ],
        .current: [
            "current", "current resident", "current tenant", "active", "occupied", "month to month",
            "mtm", "holdover",
        ],
        .notice: [
            "notice", "on notice", "notice given", "ntv", "notice to vacate", "eviction pending",
            "under eviction",
        ],
        .past: [
            "past", "past resident", "past tenant", "former", "former resident", "former tenant",
            "moved out", "old", "inactive",
        ],
        .cancelled: ["cancelled", "canceled", "denied", "declined"],
        .evicted: ["evicted"],
    ])

    private static let roles: [String: ResidentRole] = index([
        .primary: [
            "primary", "primary resident", "primary tenant", "head of household", "leaseholder",
        ],
        .coResident: [
            "co-resident", "co-tenant", "co-leaseholder", "roommate", "spouse", "partner",
        ],
        .occupant: ["occupant", "other occupant", "adult occupant"],
        .minor: ["minor", "child", "dependent", "minor occupant"],
        .guarantor: ["guarantor", "co-signer"],
    ])

    private static func index<Meaning: Hashable>(
        _ words: [Meaning: [String]]
    ) -> [String: Meaning] {
        var meanings: [String: Meaning] = [:]
        for (meaning, list) in words {
            for word in list { meanings[fold(word)] = meaning }
        }
        return meanings
    }

    private static func fold(_ word: String) -> String {
        String(word.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" })
    }
}
