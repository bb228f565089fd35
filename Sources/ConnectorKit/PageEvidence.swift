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

    /// Whether `Link` headers (RFC 8288) name a next page; nil where they are of no list of pages.
    package static func namesNext(inLinks headers: [String]) -> Bool? {
        var relations: Set<String> = []
        for link in headers.flatMap({ $0.split(separator: ",") }) {
            for parameter in link.split(separator: ";").dropFirst() {
                let pair = parameter.split(separator: "=", maxSplits: 1)
                guard pair.count == 2, String(pair[0]).trimmed.lowercased() == "rel" else {
                    continue
                }
                let named = pair[1].filter { $0 != "\"" }.lowercased()
                relations.formUnion(named.split(separator: " ").map(String.init))
            }
        }
        if relations.contains("next") { return true }
        return relations.isDisjoint(with: ["prev", "previous", "first", "last"]) ? nil : false
    }
}
