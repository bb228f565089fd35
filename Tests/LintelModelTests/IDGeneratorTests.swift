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
        arguments: [UInt64.min, .max, 0x1FFF_FFFF << 32]
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

    @Test("An id has 15 digits and lower-case letters, none of them mistaken for another")
    func shape() {
        var ids = IDGenerator()
        let text = ids.next(Person.self, at: Timestamp(milliseconds: 0x0123_4567_89AB)).text
        #expect(text.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{15}/) != nil)
    }

    @Test(
        "Ids of one millisecond stand between the lowest of it and of the next",
        arguments: [UInt64.min, .max]
    )
    func bounds(chance: UInt64) {
        var ids = IDGenerator(random: Constant(value: chance))
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        let next = IDGenerator.lowest(at: Timestamp(milliseconds: 1_800_000_000_001))
        for _ in 0..<1000 {
            let id = ids.next(Person.self, at: now).text
            #expect(IDGenerator.lowest(at: now) <= id && id < next)
        }
    }

    @Test(
        "A word is told from an id",
        arguments: [
            ("d331e50000234dz", true), ("01a3185c-5000-7fff-bfff-ffffffffffff", true),
            ("Christophersens", false), ("christophersens", false), ("d331e50000234d", false),
            ("", false), ("an-older-word-of-as-many-characters!", false),
        ]
    )
    func told(word: String, isID: Bool) {
        #expect(IDGenerator.isID(word) == isID)
    }

    @Test("Ids come after the UUIDs that older databases hold")
    func afterUUIDs() {
        var ids = IDGenerator()
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        #expect(ids.next(Person.self, at: now).text > "01a3185c-5000-7fff-bfff-ffffffffffff")
    }

    @Test("A time before 1970 makes ids all the same")
    func before1970() {
        var ids = IDGenerator()
        let first = ids.next(Person.self, at: Timestamp(milliseconds: -5))
        #expect(first < ids.next(Person.self, at: Timestamp(milliseconds: -9)))
    }
}
