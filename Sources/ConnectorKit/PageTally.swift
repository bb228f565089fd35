import LintelModel

/// The pages of one fetch so far, by what they hold.
package struct PageTally: Sendable {
    private var counts: [SnapshotPage.Kind: Int] = [:]

    package init() {}

    /// Counts a page.
    ///
    /// - Returns: its number among those of its kind, from 1.
    @discardableResult
    package mutating func count(_ page: SnapshotPage) -> Int {
        counts[page.kind, default: 0] += 1
        return counts[page.kind, default: 0]
    }

    /// Ends a fetch, of which each of those lists must have come.
    ///
    /// - Parameters:
    ///   - lists: What the vendor's lists are called.
    ///   - place: What was read, such as `property 12`.
    /// - Returns: Nothing more.
    /// - Throws: ``ConnectorError`` with the code `truncated` where one never came.
    package func end(
        expecting lists: KeyValuePairs<SnapshotPage.Kind, String>,
        of place: String
    ) throws(ConnectorError) -> SnapshotPart {
        for (kind, name) in lists where counts[kind] == nil {
            throw ConnectorError(
                .truncated,
                attempting: "reading \(place)",
                "\(name) never came; expected \(lists.map(\.value).joined(separator: " and "))"
            )
        }
        return SnapshotPart()
    }
}
