import ConnectorKit
import LintelModel
import Testing

@Suite struct PageCursorTests {
    /// A page of a list read ten at a time; `print` tells pages apart.
    private static func page(
        _ rows: Int,
        total: Int? = nil,
        last: Int? = nil,
        next: Bool? = nil,
        print: String = ""
    ) -> PageEvidence {
        PageEvidence(
            rows: rows,
            total: total,
            lastPage: last,
            namesNext: next,
            fingerprint: ContentHash(stored: print)
        )
    }

    /// Reads pages until the cursor ends; pages left over fail the test.
    private static func read(_ pages: [PageEvidence]) throws -> (kept: Int, asked: Int) {
        var cursor = PageCursor(pageSize: 10, attempting: "test", longestList: 5)
        var kept = 0
        for (index, page) in pages.enumerated() {
            #expect(cursor.page == index + 1)
            switch try cursor.take(page) {
            case .keepAndReadNext: kept += page.rows
            case .keepAndEnd:
                #expect(index == pages.count - 1)
                return (kept + page.rows, index + 1)
            case .dropAndEnd: return (kept, index + 1)
            }
        }
        return (kept, pages.count + 1)
    }

    @Test(
        "A list is read to the end that its evidence names",
        arguments: [
            ([page(3)], 3, 1),
            ([page(0)], 0, 1),
            ([page(10, print: "a"), page(4, print: "b")], 14, 2),
            ([page(10, print: "a"), page(0, print: "b")], 10, 2),
            ([page(10, total: 10)], 10, 1),
            ([page(4, total: 8, print: "a"), page(4, total: 8, print: "b")], 8, 2),
            ([page(4, last: 2, print: "a"), page(4, last: 2, print: "b")], 8, 2),
            ([page(4, next: true, print: "a"), page(4, next: false, print: "b")], 8, 2),
            ([page(10, next: false)], 10, 1),
            // What one page states holds for those that state nothing.
            ([page(6, total: 10, print: "a"), page(4, print: "b")], 10, 2),
            ([page(6, last: 2, print: "a"), page(6, print: "b")], 12, 2),
            // A server that knows no pages: it repeats itself, or sends more than was asked for.
            ([page(10, print: "a"), page(10, print: "a")], 10, 2),
            ([page(25, print: "a")], 25, 1),
            // The total grew while the list was read: the last page's counts.
            ([page(10, total: 11, print: "a"), page(2, total: 12, print: "b")], 12, 2),
        ] as [([PageEvidence], Int, Int)]
    )
    func ends(pages: [PageEvidence], rows: Int, asked: Int) throws {
        let outcome = try Self.read(pages)
        #expect(outcome.kept == rows)
        #expect(outcome.asked == asked)
    }

    @Test(
        "A list that ends before its end is an error",
        arguments: [
            // The last page is there, the records are not.
            [page(3, total: 5, last: 1)],
            [page(3, total: 5, print: "a"), page(0, total: 5, print: "b")],
            [page(10, total: 12, last: 2, print: "a"), page(1, total: 12, last: 2, print: "b")],
            // More came than the vendor counts.
            [page(6, total: 5)],
            // A server that counts pages and repeats one.
            [page(10, total: 20, print: "a"), page(10, total: 20, print: "a")],
            [page(10, total: 30, print: "a"), page(4, print: "b"), page(0, print: "c")],
            [page(10, total: 30, print: "a"), page(10, print: "a")],
            [page(10, print: "a"), page(10, print: "b"), page(10, print: "b")],
            [page(0, next: true)],
            [page(0, last: 3)],
            // It never ends.
            (1...6).map { page(10, next: true, print: "\($0)") },
        ]
    )
    func truncated(pages: [PageEvidence]) {
        let error = #expect(throws: ConnectorError.self) { try Self.read(pages) }
        #expect(error?.code == .truncated)
    }

    @Test(
        "Link headers are searched for a next page",
        arguments: [
            (["<https://a/?page_no=2>; rel=\"next\""], true),
            (["<https://a/?page_no=1>; rel=prev, <https://a/?page_no=3>; rel=next"], true),
            (["<https://a/?page_no=1>; rel=prev", "<https://a/?page_no=3>; rel=next"], true),
            (["<https://a/?page_no=3>; title=x; rel=\"last next\""], true),
            (["<https://a/?page_no=1>; rel=\"first\", <https://a/9>; rel=\"last\""], false),
            (["<https://a/next>; rel=prev"], false),
            // A link that is of no list says nothing about its end.
            (["</style.css>; rel=preload"], nil),
            ([""], nil),
            ([], nil),
        ] as [([String], Bool?)]
    )
    func link(headers: [String], namesNext: Bool?) {
        #expect(PageEvidence.namesNext(inLinks: headers) == namesNext)
    }
}
