import LintelModel

/// One page of a long list, and the ways to the others.
struct Pager: Sendable {
    static let length = 50

    let shown: String
    let previous: String?
    let next: String?
    /// Where the whole list is to be had as a file.
    var fileHref: String?

    /// - Parameters:
    ///   - items: the whole list.
    ///   - number: which page, from 1; a page past the end is the last one.
    ///   - export: where the list is to be had as a file.
    ///   - href: the path of a page by its number.
    /// - Returns: the items of the page, and the ways to the others.
    static func page<Item>(
        _ items: [Item],
        _ number: Int,
        export: String? = nil,
        href: (Int) -> String
    ) -> (items: ArraySlice<Item>, pager: Pager) {
        var (range, pager) = pages(of: items.count, number, href: href)
        pager.fileHref = export
        return (items[range], pager)
    }

    /// One page of a list that is read page by page.
    ///
    /// - Parameters:
    ///   - count: how many items there are.
    ///   - number: which page, from 1; a page past the end is the last one.
    ///   - href: the path of a page by its number.
    /// - Returns: the places of its items, and the ways to the other pages.
    static func pages(
        of count: Int,
        _ number: Int,
        href: (Int) -> String
    ) -> (range: Range<Int>, pager: Pager) {
        let pages = max(1, (count + length - 1) / length)
        let number = min(max(1, number), pages)
        let range = (number - 1) * length..<min(count, number * length)
        let shown =
            "\(Wording.grouped(range.lowerBound + 1))–\(Wording.grouped(range.upperBound)) of "
            + Wording.grouped(count)
        return (
            range,
            Pager(
                shown: count == 0 ? "None" : shown,
                previous: number > 1 ? href(number - 1) : nil,
                next: number < pages ? href(number + 1) : nil
            )
        )
    }
}

/// A choice of what a list shows.
struct Filter: Sendable {
    let label: String
    let count: String
    let href: String
    let isCurrent: Bool
}

/// A path with a query, its values escaped.
func path(_ base: String, _ query: [(String, String)]) -> String {
    let parts = query.filter { !$0.1.isEmpty }.map { name, value in "\(name)=\(escaped(value))" }
    return parts.isEmpty ? base : base + "?" + parts.joined(separator: "&")
}

/// A text as it stands in a query: everything but unreserved characters escaped (RFC 3986, section 2).
private func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            bytes.append(byte)
        default: bytes += ("%" + CollectionOfOne(byte).hexadecimal.uppercased()).utf8
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
