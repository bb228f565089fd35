package import LintelModel

/// Days as vendors write them.
package enum WireDate {
    /// A day as `yyyy-mm-dd` or `mm/dd/yyyy`, a time of day after it or not; nil for nothing and for the
    /// placeholders that stand for nothing.
    ///
    /// `member` names the member for the error.
    ///
    /// - Throws: ``UnreadableMember`` for any other text.
    package static func read(
        _ written: String,
        _ member: StaticString
    ) throws(UnreadableMember) -> CivilDate? {
        if written.isEmpty { return nil }
        if let date = usual(written) { return isPlaceholder(date) ? nil : date }
        let text = written.trimmed
        if placeholders.contains(text) { return nil }
        let day = text.prefix { $0 != "T" && $0 != " " }
        guard let date = usual(String(day)) ?? CivilDate(us: day) else {
            throw UnreadableMember("\(member) is no date as yyyy-mm-dd or mm/dd/yyyy")
        }
        return isPlaceholder(date) ? nil : date
    }

    /// Whether a text states a day, rather than nothing or a placeholder that stands for nothing; one that cannot
    /// be read does, and fails where it is.
    package static func isStated(_ written: String) -> Bool {
        if written.isEmpty { return false }
        do throws(UnreadableMember) {
            return try read(written, "a date") != nil
        } catch {
            return true
        }
    }

    private static let placeholders: Set<String> = [
        "", "YYYY-MM-DD", "MM/DD/YYYY", "0000-00-00", "00/00/0000", "0000-00-00T00:00:00",
    ]

    /// The first and last day of the calendars of other systems, and the zero day of spreadsheets.
    private static func isPlaceholder(_ date: CivilDate) -> Bool {
        date.parts.year < 1901 || date.parts.year == 9999
    }

    /// A day written as nearly all are, ten bytes; nil for any other writing.
    ///
    /// The general reading is far slower, and a lease has some ten dates.
    private static func usual(_ text: String) -> CivilDate? {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count >= 10 else { return nil }
            if bytes.count > 10, bytes[10] != UInt8(ascii: "T") { return nil }
            func number(_ range: Range<Int>) -> Int? {
                var number = 0
                for index in range {
                    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) else {
                        return nil
                    }
                    number = number * 10 + Int(bytes[index] - UInt8(ascii: "0"))
                }
                return number
            }
            let year: Int?
            let month: Int?
            let day: Int?
            if bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") {
                (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
            } else if bytes[2] == UInt8(ascii: "/"), bytes[5] == UInt8(ascii: "/") {
                (year, month, day) = (number(6..<10), number(0..<2), number(3..<5))
            } else {
                return nil
            }
            guard let year, let month, let day else { return nil }
            return CivilDate(year: year, month: month, day: day)
        }
    }
}
