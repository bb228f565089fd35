import LintelModel
import Testing

@Suite("Ids")
struct IDGeneratorTests {
    /// Always gives the same number.
    struct Constant: RandomNumberGenerator, Sendable {
        let value: UInt64
        mutating func next() -> UInt64 { value }
    }

    @Test(
        "Ids increase strictly while the clock stands still, steps back or runs",
        arguments: [UInt64.min, .max, 0x1F_FFFF]
    )
    func increasing(chance: UInt64) {
        var ids = IDGenerator(random: Constant(value: chance))
        var last = ""
        for number in 0..<30_000 {
            let time: Int64
            switch number % 3 {
            case 0: time = 1_800_000_000_000
            case 1: time = 1_800_000_000_000 - Int64(number)
            default: time = 1_800_000_000_000 + Int64(number / 1000)
            }
            let id = ids.next(Person.self, at: Timestamp(milliseconds: time)).text
            guard id > last else {
                Issue.record("\(id) does not follow \(last)")
                return
            }
            last = id
        }
    }

    @Test("More ids than a millisecond has room for go on in the next")
    func overflow() {
        var ids = IDGenerator(random: Constant(value: 0x1F_FFFF))
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        var last = PersonID("")
        for _ in 0..<2_200_000 {
            let id = ids.next(Person.self, at: now)
            guard id > last else {
                Issue.record("\(id) does not follow \(last)")
                return
            }
            last = id
        }
        #expect(last.text.hasPrefix("01a3185c-5001"))
    }

    @Test("An id is a UUID of version 7 that begins with the time")
    func shape() {
        var ids = IDGenerator()
        let text = ids.next(Person.self, at: Timestamp(milliseconds: 0x0123_4567_89AB)).text
        #expect(text.count == 36)
        #expect(text.hasPrefix("01234567-89ab-7"))
        let parts = text.split(separator: "-")
        #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
        #expect(parts.count == 5 && "89ab".contains(parts[3].prefix(1)))
    }

    @Test("A time before 1970 makes ids all the same")
    func before1970() {
        var ids = IDGenerator()
        let first = ids.next(Person.self, at: Timestamp(milliseconds: -5))
        #expect(first < ids.next(Person.self, at: Timestamp(milliseconds: -9)))
    }
}
