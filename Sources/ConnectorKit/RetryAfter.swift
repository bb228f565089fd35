import LintelModel

/// How long a server asks to be left alone: the value of a `Retry-After` header (RFC 9110, 10.2.3).
package enum RetryAfter {
    /// Seconds from `now` (milliseconds since 1970) until asking again is welcome, never negative; nil
    /// where the value is neither a number of seconds nor an HTTP date.
    package static func seconds(_ value: String, now: Int64) -> Int? {
        if let seconds = seconds(value) { return seconds }
        guard let moment = milliseconds(ofHTTPDate: value.trimmed) else { return nil }
        return Int(max(0, (moment - now + 999) / 1000))
    }

    /// The seconds that a value states as a number, never negative; nil where it states none.
    package static func seconds(_ value: String) -> Int? {
        let text = value.trimmed
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return min(Int(text) ?? .max, Int(Int32.max))
    }

    /// Reads `Sun, 06 Nov 1994 08:49:37 GMT`; the two obsolete forms are not written any more.
    private static func milliseconds(ofHTTPDate text: String) -> Int64? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT",
            let day = Int(words[1]), let year = Int(words[3]),
            let month = months.firstIndex(of: words[2].lowercased()),
            let date = CivilDate(year: year, month: month + 1, day: day)
        else { return nil }
        let time = words[4].split(separator: ":").map { Int($0) ?? -1 }
        guard time.count == 3, (0...23).contains(time[0]), (0...59).contains(time[1]),
            (0...60).contains(time[2])
        else { return nil }
        let seconds = date.daysSince1970 * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]
        return Int64(seconds) * 1000
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
