/// The page a request asks for on its query string.
struct Paging: Equatable {
    /// From 1.
    var page: Int
    /// Rows a page; nil where the request asks for everything at once.
    var perPage: Int?

    /// Which of so many rows stand on the page; empty beyond the last.
    func range(of total: Int) -> Range<Int> {
        guard let perPage else { return page == 1 ? 0..<total : total..<total }
        let (start, overflow) = (page - 1).multipliedReportingOverflow(by: perPage)
        guard !overflow, start < total else { return total..<total }
        return start..<start + min(perPage, total - start)
    }

    /// The number of the last page, at least 1.
    func lastPage(of total: Int) -> Int {
        guard let perPage else { return 1 }
        return max(1, (total + perPage - 1) / perPage)
    }
}
