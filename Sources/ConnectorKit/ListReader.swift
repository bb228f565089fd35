package import struct Foundation.Data

/// One page of a list, judged whole and free of errors, its records not yet decoded.
package struct ListPage: Sendable {
    package let body: Data
    package let evidence: PageEvidence
    /// Where the next page is, where the vendor says.
    package let next: String?

    package init(body: Data, evidence: PageEvidence, next: String? = nil) {
        self.body = body
        self.evidence = evidence
        self.next = next
    }
}

/// Reads a list to its end, one page at a time.
package struct ListReader {
    /// Which page is read next.
    package struct Place: Sendable {
        /// From 1.
        package let page: Int
        /// Records read so far.
        package let rows: Int
        /// Where the vendor said the page is; nil for the first one.
        package let next: String?
    }

    private let client: ReadClient
    private let service: String
    private let attempt: String
    private let request: @Sendable (Place) throws(ConnectorError) -> HTTPExchangeRequest
    private let judge: @Sendable (HTTPExchangeResponse, String) throws(ConnectorError) -> ListPage
    private var cursor: PageCursor
    private var next: String?
    private var hasEnded = false

    /// - Parameters:
    ///   - client: Sends the requests.
    ///   - service: What the vendor counts its limits by.
    ///   - attempt: What is attempted, for errors.
    ///   - pageSize: Records asked for with each page.
    ///   - request: The request for a page.
    ///   - judge: Judges an answer; it is given what was attempted.
    package init(
        client: ReadClient,
        service: String,
        attempting attempt: String,
        pageSize: Int,
        request: @escaping @Sendable (Place) throws(ConnectorError) -> HTTPExchangeRequest,
        judge: @escaping @Sendable (HTTPExchangeResponse, String) throws(ConnectorError) -> ListPage
    ) {
        self.client = client
        self.service = service
        self.attempt = attempt
        self.request = request
        self.judge = judge
        cursor = PageCursor(pageSize: pageSize, attempting: attempt)
    }

    /// The next page; nil after the last.
    ///
    /// - Throws: ``ConnectorError``, `truncated` where the list ended before its end.
    package mutating func page() async throws(ConnectorError) -> ListPage? {
        if hasEnded { return nil }
        if Task.isCancelled {
            throw ConnectorError(.unavailable, attempting: attempt, "the read was cancelled")
        }
        let place = Place(page: cursor.page, rows: cursor.rows, next: next)
        let attempt = place.page > 1 ? "\(attempt), page \(place.page)" : attempt
        let judge = judge
        let page = try await client.read(
            try request(place),
            service: service,
            attempting: attempt
        ) { response throws(ConnectorError) in try judge(response, attempt) }
        let step = try cursor.take(page.evidence)
        next = page.next
        hasEnded = step != .keepAndReadNext
        return step == .dropAndEnd ? nil : page
    }
}
