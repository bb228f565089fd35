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

    /// The value of a `Link` header: first, previous, next and last page as far as they are others.
    func links(path: String, total: Int) -> String {
        guard let perPage else { return "" }
        let last = lastPage(of: total)
        func link(_ page: Int, _ relation: String) -> String {
            "<\(path)?page_no=\(page)&per_page=\(perPage)>; rel=\"\(relation)\""
        }
        var links: [String] = [link(1, "first")]
        if page > 1 { links.append(link(page - 1, "prev")) }
        if page < last { links.append(link(page + 1, "next")) }
        links.append(link(last, "last"))
        return links.joined(separator: ", ")
    }
}
