import LintelModel
import Testing

@Suite("Civil days of a time zone")
struct CivilClockTests {
    /// A day and its first instant in UTC.
    static let starts: [(zone: String, day: String, start: String)] = [
        ("UTC", "2026-03-01", "2026-03-01T00:00:00Z"),
        ("America/New_York", "2026-03-08", "2026-03-08T05:00:00Z"),
        ("America/New_York", "2026-03-09", "2026-03-09T04:00:00Z"),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"),
        ("America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"),
        // Summer time begins at midnight: the day begins at 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),
        ("America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z"),
        ("Asia/Beirut", "2022-03-27", "2022-03-26T22:00:00Z"),
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z"),
        // Midnight comes twice: the day begins at the first one of its own.
        ("Africa/Cairo", "2024-11-01", "2024-10-31T22:00:00Z"),
        ("America/Havana", "2023-11-05", "2023-11-05T04:00:00Z"),
        ("Asia/Kathmandu", "2026-03-01", "2026-02-28T18:15:00Z"),
        ("Pacific/Kiritimati", "2026-03-01", "2026-02-28T10:00:00Z"),
        ("Pacific/Honolulu", "2026-03-01", "2026-03-01T10:00:00Z"),
        // Samoa had no 30 December 2011: it begins where the 31st does.
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
    ]

    @Test("A day begins at its first instant, also where it has no midnight", arguments: starts)
    func start(zone: String, day: String, start: String) throws {
        let clock = try #require(CivilClock(name: zone))
        let date = try #require(CivilDate(iso: day))
        #expect(clock.start(of: date).iso8601 == start)
    }

    static let zones = [
        "America/New_York", "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Pacific/Apia",
        "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati",
    ]

    @Test("The start of a day is in it, and the instant before is not", arguments: zones)
    func boundaries(zone: String) throws {
        let clock = try #require(CivilClock(name: zone))
        let first = try #require(CivilDate(iso: "2010-01-01"))
        for number in 0..<3653 {
            let date = first.adding(days: number)
            let start = clock.start(of: date)
            let found = clock.day(at: start)
            let isSkipped = zone == "Pacific/Apia" && date.description == "2011-12-30"
            let isRight = isSkipped ? found == date.adding(days: 1) : found == date
            guard isRight, clock.day(at: start.adding(milliseconds: -1)) < date else {
                Issue.record("\(date) in \(zone) begins at \(start.iso8601), which is \(found)")
                return
            }
        }
    }

    @Test("Days before 1970 are days, too")
    func before1970() throws {
        let clock = try #require(CivilClock(name: "UTC"))
        #expect(clock.day(at: Timestamp(milliseconds: -1)).description == "1969-12-31")
        #expect(clock.day(at: Timestamp(milliseconds: 0)).description == "1970-01-01")
        #expect(Timestamp(milliseconds: -1).iso8601 == "1969-12-31T23:59:59Z")
    }

    @Test(
        "Names that say nothing of summer time, and names of nothing, are refused",
        arguments: ["EST", "GMT+5", "", "America/Nowhere", "Local", "New York"]
    )
    func refused(name: String) {
        #expect(CivilClock(name: name) == nil)
    }
}
