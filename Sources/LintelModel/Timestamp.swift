/// An instant as milliseconds since 1970-01-01 in UTC, the way every table keeps it.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func adding(milliseconds more: Int64) -> Timestamp {
        Timestamp(milliseconds: milliseconds + more)
    }

    package func adding(minutes: Int) -> Timestamp { adding(milliseconds: Int64(minutes) * 60_000) }

    /// The instant in UTC as `2026-11-22T19:52:49Z`.
    package var iso8601: String {
        let seconds = milliseconds.flooredQuotient(1000)
        let day = seconds.flooredQuotient(86_400)
        let rest = seconds - day * 86_400
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = CivilDate(daysSince1970: Int(day))
        return "\(date)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}

extension Int64 {
    /// The quotient rounded toward minus infinity, as days before 1970 need.
    func flooredQuotient(_ divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
