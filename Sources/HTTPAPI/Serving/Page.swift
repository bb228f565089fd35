import Foundation

/// One page of a long list, and what to ask the next one with.
struct Page<Item: Represented>: Represented {
    let items: [Item]
    /// What stands at the place where the next page begins; nil on the last page.
    let next: Cursor?

    static var schema: Schema {
        .object([
            Schema.Member(
                name: "data",
                schema: .list(Item.schema),
                summary: "The items of this page.",
                isRequired: true
            ),
            Schema.Member(
                name: "next_cursor",
                schema: .orNull(.text(1...Cursor.longest)),
                summary: "The `cursor` of the next page; null on the last one.",
                isRequired: true
            ),
        ])
    }

    var json: JSON {
        ["data": items.json, "next_cursor": next.map { .text($0.text) } ?? .null]
    }

    static var parameters: [Endpoint.Parameter] {
        [
            Endpoint.Parameter(
                "limit",
                .integer(1...200),
                "How many items a page has at most; 50 where it is not given."
            ),
            Endpoint.Parameter(
                "cursor",
                .text(1...Cursor.longest),
                "Where the page begins: the `next_cursor` of the page before."
            ),
        ]
    }

    /// - Parameters:
    ///   - all: the items from the page's first one on, and at least one more than it has where there are more.
    ///   - call: how many the page has.
    ///   - key: what tells an item's place in the list.
    ///   - item: an item as it is answered.
    init<Row>(
        _ all: some Collection<Row>,
        _ call: Call,
        key: (Row) -> String,
        _ item: (Row) throws -> Item
    ) rethrows {
        let shown = all.prefix(call.limit)
        items = try shown.map(item)
        next = all.dropFirst(call.limit).isEmpty ? nil : shown.map(key).last.map { Cursor($0) }
    }

    init(items: [Item], next: Cursor?) {
        self.items = items
        self.next = next
    }
}

/// A place in a list, in words that mean nothing to whoever passes them on.
struct Cursor: Sendable {
    static let longest = 2000

    /// What the last item before it is sorted by.
    let key: String

    init(_ key: String) {
        self.key = key
    }

    init?(text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding), !data.contains(0),
            let key = String(data: data, encoding: .utf8)
        else { return nil }
        self.key = key
    }

    /// In the alphabet of RFC 4648, section 5.
    var text: String {
        Data(key.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }
}

/// A list that is short enough to be answered whole.
struct Listing<Item: Represented>: Represented {
    let items: [Item]

    init(_ items: [Item]) {
        self.items = items
    }

    static var schema: Schema {
        .object([
            Schema.Member(
                name: "data",
                schema: .list(Item.schema),
                summary: "All of them.",
                isRequired: true
            )
        ])
    }

    var json: JSON { ["data": items.json] }
}
