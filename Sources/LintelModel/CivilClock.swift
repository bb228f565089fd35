package import struct Foundation.Date
package import struct Foundation.TimeZone

/// Turns instants into civil days of one time zone, and days into the instants they begin at.
package struct CivilClock: Sendable {
    package let timeZone: TimeZone

    package init(timeZone: TimeZone) {
        self.timeZone = timeZone
    }

    /// The zone of an IANA name such as `America/New_York`; nil where the system knows none of that name.
    ///
    /// Abbreviations and offsets are refused: neither says when summer time begins.
    package init?(name: String) {
        guard name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) else {
            return nil
        }
        timeZone = zone
    }

    package static let utc = CivilClock(timeZone: .gmt)

    /// What clocks show at an instant, as `14:05`.
    package func hour(at instant: Timestamp) -> String {
        let minute = minuteOfDay(at: instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minute / 60)):\(two(minute % 60))"
    }

    /// The civil day it is at that instant.
    package func day(at instant: Timestamp) -> CivilDate {
        let offset = timeZone.secondsFromGMT(
            for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        )
        let local = instant.milliseconds.flooredQuotient(1000) + Int64(offset)
        return CivilDate(daysSince1970: Int(local.flooredQuotient(86_400)))
    }

    /// The first instant of a day, also where the zone has no midnight that day; for a day that the zone
    /// skips altogether, the first instant after it.
    package func start(of date: CivilDate) -> Timestamp {
        // A zone is never more than 26 hours from UTC, and days do not run backwards.
        let midnight = Int64(date.daysSince1970) * 86_400
        var before = midnight - 27 * 3600
        var after = midnight + 27 * 3600
        while after - before > 1 {
            let middle = before + (after - before) / 2
            if day(at: Timestamp(milliseconds: middle * 1000)) < date {
                before = middle
            } else {
                after = middle
            }
        }
        return Timestamp(milliseconds: after * 1000)
    }

    /// The first instant of a day at which its clocks show at least so many minutes after midnight; the
    /// first of the next day where they never do.
    package func instant(of date: CivilDate, minutes: Int) -> Timestamp {
        let start = start(of: date)
        guard minutes > 0 else { return start }
        let next = self.start(of: date.adding(days: 1))
        // Clocks jump by less than a few hours: the guess is put right by what it shows.
        var guess = start.adding(minutes: minutes - minuteOfDay(at: start))
        guess = guess.adding(minutes: minutes - minuteOfDay(at: guess, of: date))
        return min(max(guess, start), next)
    }

    private func minuteOfDay(at instant: Timestamp, of date: CivilDate? = nil) -> Int {
        let offset = timeZone.secondsFromGMT(
            for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        )
        let local = instant.milliseconds.flooredQuotient(1000) + Int64(offset)
        let day = date.map { Int64($0.daysSince1970) } ?? local.flooredQuotient(86_400)
        return Int((local - day * 86_400).flooredQuotient(60))
    }
}
