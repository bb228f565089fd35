extension Pager {
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
