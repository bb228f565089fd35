import LintelModel

/// Reads a numbered list to its end, as a pure state machine: fed with each page's evidence, it says
/// whether there is another page.
///
/// The first evidence a page carries decides: the last page's number, the total, a named next page, and
/// only without any of these a page shorter than asked for. A number or a total that one page stated holds for
/// those that state none. A total that is not what was read makes the list truncated, whatever ended it.
package struct PageCursor: Sendable {
    /// What to do after a page.
    package enum Step: Sendable, Equatable {
        /// The page belongs to the list; read the page of ``PageCursor/page`` next.
        case keepAndReadNext
        /// The page belongs to the list and is its last.
        case keepAndEnd
        /// The page repeats the one before: this server knows no pages, and the list has ended.
        case dropAndEnd
    }

    /// Records asked for with each page.
    package let pageSize: Int
    /// The number of the page to read, from 1.
    package private(set) var page = 1
    /// Records read so far.
    package private(set) var rows = 0

    private let attempt: String
    private let longestList: Int
    private var previous: PageEvidence?
    /// The total and the last page's number as stated last.
    private var total: Int?
    private var lastPage: Int?
    /// Whether any page told where the list ends.
    private var knowsEnd = false

    /// - Parameters:
    ///   - pageSize: Records asked for with each page.
    ///   - attempt: What is attempted, for errors.
    ///   - longestList: How many pages are read at most, against a server that never ends.
    package init(pageSize: Int, attempting attempt: String, longestList: Int = 10_000) {
        self.pageSize = pageSize
        self.attempt = attempt
        self.longestList = longestList
    }

    /// Takes the page of number ``page``.
    ///
    /// - Throws: ``ConnectorError`` with the code `truncated` where the list ended before its end.
    package mutating func take(_ evidence: PageEvidence) throws(ConnectorError) -> Step {
        total = evidence.total ?? total
        lastPage = evidence.lastPage ?? lastPage
        knowsEnd = knowsEnd || total != nil || lastPage != nil || evidence.namesNext != nil
        if let previous, evidence.rows > 0, previous.fingerprint == evidence.fingerprint {
            // A server whose first two pages differ knows pages.
            guard !knowsEnd, page == 2 else {
                throw truncated("page \(page) repeats page \(page - 1)")
            }
            return .dropAndEnd
        }
        previous = evidence
        rows += evidence.rows
        guard continues(after: evidence) else {
            if let total, total != rows {
                throw truncated("\(rows) records came, the PMS counts \(total)")
            }
            return .keepAndEnd
        }
        guard evidence.rows > 0 else {
            let expected = total.map { "\($0) records" } ?? "more pages"
            throw truncated("page \(page) is empty after \(rows) records; expected \(expected)")
        }
        guard page < longestList else {
            throw truncated("the list has not ended after \(page) pages")
        }
        page += 1
        return .keepAndReadNext
    }

    private func continues(after evidence: PageEvidence) -> Bool {
        if let lastPage { return page < lastPage }
        if let total { return rows < total }
        if let namesNext = evidence.namesNext { return namesNext }
        // Without evidence, more than was asked for is a server that knows no pages.
        return evidence.rows == pageSize || (evidence.rows > pageSize && page > 1)
    }

    private func truncated(_ message: String) -> ConnectorError {
        ConnectorError(.truncated, attempting: attempt, message)
    }
}
