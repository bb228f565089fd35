import Foundation
import LintelModel
import Testing

@Suite("Civil dates")
struct CivilDateTests {
    @Test("Every day from 1900 to 2100 reads back as it was written, in order and without gaps")
    func roundTrip() throws {
        let first = try #require(CivilDate(iso: "1900-01-01"))
        let last = try #require(CivilDate(iso: "2100-12-31"))
        #expect(first.daysSince1970 == -25_567)
        #expect(last.daysSince1970 == 47_846)
        var expected = (year: 1900, month: 1, day: 1)
        for number in first.daysSince1970...last.daysSince1970 {
            let date = CivilDate(daysSince1970: number)
            let parts = date.parts
            guard parts == expected, CivilDate(iso: date.description) == date,
                CivilDate(us: "\(parts.month)/\(parts.day)/\(parts.year)") == date
            else {
                Issue.record("day \(number) is \(date), expected \(expected)")
                return
            }
            expected.day += 1
            if CivilDate(year: expected.year, month: expected.month, day: expected.day) == nil {
                expected = (expected.year, expected.month + 1, 1)
            }
            if expected.month == 13 { expected = (expected.year + 1, 1, 1) }
        }
        #expect(expected == (2101, 1, 1))
    }

    @Test(
        "A date as ISO writes it is read",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2024-02-29", 19_782),
            ("2026-11-22", 20_779), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ]
    )
    func iso(text: String, days: Int) {
        #expect(CivilDate(iso: text)?.daysSince1970 == days)
        #expect(CivilDate(daysSince1970: days).description == text)
    }

    @Test(
        "What is no ISO date is refused",
        arguments: [
            "", "2026-2-03", "2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10",
            "2026-01-00", "0000-01-01", "2026/01/01", "2026-01-01T00:00", " 2026-01-01",
            "20260101", "-026-01-01", "２026-01-01", "2026-01-0١",
        ]
    )
    func noISO(text: String) {
        #expect(CivilDate(iso: text) == nil)
    }

    @Test(
        "A date as American systems write it is read",
        arguments: [
            ("1/2/2026", "2026-01-02"), ("01/02/2026", "2026-01-02"), ("12/31/1999", "1999-12-31"),
            ("2/29/2024", "2024-02-29"),
        ]
    )
    func american(text: String, iso: String) {
        #expect(CivilDate(us: text)?.description == iso)
    }

    @Test(
        "What is no American date is refused",
        arguments: [
            "", "1/2/26", "13/01/2026", "2/30/2026", "1/2", "1/2/2026/3", "/1/2026", "1//2026",
            "001/02/2026", "1-2-2026", "1/2/20266", "1/2/2026 ", "a/2/2026",
        ]
    )
    func noAmerican(text: String) {
        #expect(CivilDate(us: text) == nil)
    }

    @Test("A date is kept in JSON as ISO text, and other text is refused")
    func json() throws {
        let date = try #require(CivilDate(iso: "2026-03-01"))
        let data = try JSONEncoder().encode([date])
        #expect(String(decoding: data, as: UTF8.self) == "[\"2026-03-01\"]")
        #expect(try JSONDecoder().decode([CivilDate].self, from: data) == [date])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CivilDate].self, from: Data("[\"03/01/2026\"]".utf8))
        }
    }
}
