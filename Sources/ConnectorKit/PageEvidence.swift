package import LintelModel

/// What one page says about the list it belongs to.
package struct PageEvidence: Sendable, Equatable {
    /// Records on this page.
    package var rows: Int
    /// Records in the whole list, where the vendor says.
    package var total: Int?
    /// The number of the last page, where the vendor says.
    package var lastPage: Int?
    /// Whether the vendor names a next page; nil where it says nothing about it.
    package var namesNext: Bool?
    /// By which a page that repeats the one before is recognised.
    package var fingerprint: ContentHash

    package init(
        rows: Int,
        total: Int? = nil,
        lastPage: Int? = nil,
        namesNext: Bool? = nil,
        fingerprint: ContentHash
    ) {
        self.rows = rows
        self.total = total
        self.lastPage = lastPage
        self.namesNext = namesNext
        self.fingerprint = fingerprint
    }

    /// Whether a `Link` header (RFC 8288) names a next page.
    package static func namesNext(inLink header: String) -> Bool {
        header.split(separator: ",").contains { link in
            link.split(separator: ";").dropFirst().contains { parameter in
                let pair = parameter.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, String(pair[0]).trimmed.lowercased() == "rel" else {
                    return false
                }
                let relations = pair[1].filter { $0 != "\"" }.lowercased()
                return relations.split(separator: " ").contains("next")
            }
        }
    }
}
