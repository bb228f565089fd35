import LintelModel

/// A date as a file writes it: `yyyy-mm-dd` or `m/d/yyyy`, a time of day after it left out.
struct CSVDateText: Equatable {
    enum Form {
        case iso
        case slashes
    }

    let form: Form
    /// The numbers in the order in which they stand.
    private let numbers: Numbers

    /// Nil where the text is neither form; whether the calendar has such a day is asked by ``date``.
    init?(_ bytes: some Collection<UInt8>) {
        var numbers = Numbers()
        var lengths = Numbers()
        var place = 0
        var separator: UInt8?
        var time: [UInt8]?
        for byte in bytes {
            if time != nil {
                time?.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                guard lengths[place] < 4 else { return nil }
                lengths[place] += 1
                numbers[place] = numbers[place] * 10 + Int(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "-"), UInt8(ascii: "/"):
                guard place < 2, separator == nil || separator == byte else { return nil }
                separator = byte
                place += 1
            case UInt8(ascii: "T"), UInt8(ascii: " "):
                let isLeading = place == 0 && lengths[0] == 0
                if isLeading, byte == UInt8(ascii: " ") { continue }
                time = [byte]
            default: return nil
            }
        }
        if let time, !Self.isTime(time) { return nil }
        if separator == UInt8(ascii: "-"), lengths == Numbers(4, 2, 2) {
            form = .iso
        } else if separator == UInt8(ascii: "/"), (1...2).contains(lengths[0]),
            (1...2).contains(lengths[1]), lengths[2] == 4
        {
            form = .slashes
        } else {
            return nil
        }
        self.numbers = numbers
    }

    /// Whether the date makes sense only with the day in first place.
    var isDayFirst: Bool {
        form == .slashes && (13...31).contains(numbers[0]) && (1...12).contains(numbers[1])
    }

    /// Whether day and month could be either of the first two numbers.
    var isAmbiguous: Bool { form == .slashes && numbers[0] <= 12 && numbers[1] <= 12 }

    /// The day, the month standing first between slashes; nil where the calendar has no such day.
    var date: CivilDate? {
        switch form {
        case .iso: CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        case .slashes: CivilDate(year: numbers[2], month: numbers[0], day: numbers[1])
        }
    }

    /// The date as the file writes it, leading zeros of `m/d/yyyy` aside.
    var text: String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return switch form {
        case .iso: "\(numbers[0])-\(padded(numbers[1]))-\(padded(numbers[2]))"
        case .slashes: "\(numbers[0])/\(numbers[1])/\(numbers[2])"
        }
    }

    /// Whether what follows a date is blank or a time of day: `T00:00:00`, ` 12:00 AM`, `T00:00:00.000Z`.
    private static func isTime(_ text: [UInt8]) -> Bool {
        let bytes = text.first == UInt8(ascii: "T") ? text.dropFirst() : text[...]
        if text.first == UInt8(ascii: " "), bytes.allSatisfy({ $0 == UInt8(ascii: " ") }) {
            return true
        }
        guard bytes.count <= 24, bytes.contains(UInt8(ascii: ":")) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"), UInt8(ascii: "."),
                UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "Z"), UInt8(ascii: " "),
                UInt8(ascii: "A"), UInt8(ascii: "P"), UInt8(ascii: "M"), UInt8(ascii: "a"),
                UInt8(ascii: "p"), UInt8(ascii: "m"):
                true
            default: false
            }
        }
    }

    private struct Numbers: Equatable {
        private var first: Int
        private var second: Int
        private var third: Int

        init(_ first: Int = 0, _ second: Int = 0, _ third: Int = 0) {
            self.first = first
            self.second = second
            self.third = third
        }

        subscript(place: Int) -> Int {
            get { place == 0 ? first : place == 1 ? second : third }
            set {
                switch place {
                case 0: first = newValue
                case 1: second = newValue
                default: third = newValue
                }
            }
        }
    }
}
