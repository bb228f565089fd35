/// How Entrata names the pages of a list.
extension Paging {
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
