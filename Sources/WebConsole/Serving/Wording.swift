import LintelModel

/// Numbers with their nouns, days and times as a person says them.
enum Wording {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// `1 resident`, `12 residents`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    /// `12,345`.
    static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var groups: [Substring] = []
        while digits.count > 3 {
            groups.insert(digits.suffix(3), at: 0)
            digits = String(digits.dropLast(3))
        }
        groups.insert(digits[...], at: 0)
        return (number < 0 ? "−" : "") + groups.joined(separator: ",")
    }

    /// `3 March`, with the year where it is not this one.
    static func day(_ day: CivilDate?, today: CivilDate) -> String {
        guard let day else { return "" }
        let text = "\(day)".split(separator: "-")
        guard text.count == 3, let month = Int(text[1]), let number = Int(text[2]),
            months.indices.contains(month - 1)
        else { return "\(day)" }
        let spoken = "\(number) \(months[month - 1])"
        return "\(today)".hasPrefix(text[0]) ? spoken : "\(spoken) \(text[0])"
    }

    /// A sentence that was kept with days as `2026-03-03`, with these as a person says them; a day within a longer
    /// word, a file's name for example, stays as it is.
    static func spoken(_ sentence: String, today: CivilDate) -> String {
        func isPart(_ character: Character) -> Bool {
            character.isLetter || character.isNumber || "-_/.".contains(character)
        }
        var said = ""
        var rest = sentence[...]
        while let start = rest.firstIndex(where: isPart) {
            said += rest[..<start]
            let word = rest[start...].prefix(while: isPart)
            let stop = word.reversed().prefix { $0 == "." }.count
            let bare = word.dropLast(stop)
            said += CivilDate(iso: bare).map { day($0, today: today) } ?? String(bare)
            said += word.suffix(stop)
            rest = rest[word.endIndex...]
        }
        return said + rest
    }

    /// `12 minutes ago`, `yesterday at 14:05`, `3 March at 14:05`.
    static func time(_ instant: Timestamp?, now: Timestamp, _ clock: CivilClock) -> String {
        guard let instant else { return "never" }
        let minutes = (now.milliseconds - instant.milliseconds) / 60_000
        if minutes < 1 { return "just now" }
        if minutes < 60 { return count(Int(minutes), "minute") + " ago" }
        if minutes < 12 * 60 { return count(Int(minutes / 60), "hour") + " ago" }
        let (day, today) = (clock.day(at: instant), clock.day(at: now))
        let hour = clock.hour(at: instant)
        if day == today { return "today at \(hour)" }
        if day.adding(days: 1) == today { return "yesterday at \(hour)" }
        return "\(Wording.day(day, today: today)) at \(hour)"
    }
}

/// An instant as a page shows it: in words, and exactly.
struct Moment: Sendable {
    let text: String
    /// For the `datetime` of the element and on hover.
    let exact: String

    init(_ instant: Timestamp?, now: Timestamp, _ clock: CivilClock) {
        text = Wording.time(instant, now: now, clock)
        exact = instant?.iso8601 ?? ""
    }
}
