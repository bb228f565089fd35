/// A name as places in ``NameList``.
package struct SyntheticName: Sendable, Hashable {
    let firstIndex: Int
    let lastIndex: Int
    /// The second part of a double name such as `García-Nowak`; nil for a plain one.
    let secondIndex: Int?

    package var first: String { NameList.first[firstIndex].text }

    package var last: String {
        guard let secondIndex else { return NameList.last[lastIndex].text }
        return "\(NameList.last[lastIndex].text)-\(NameList.last[secondIndex].text)"
    }

    /// The name in an e-mail address: `first.last`, ASCII letters in lower case.
    var slug: String {
        let plain = "\(NameList.first[firstIndex].slug).\(NameList.last[lastIndex].slug)"
        guard let secondIndex else { return plain }
        return "\(plain)-\(NameList.last[secondIndex].slug)"
    }
}
