import LintelModel

extension Schema {
    /// Something that is not as it must be.
    struct Fault: Sendable, Equatable {
        /// Where in the value, as a JSON Pointer (RFC 6901); or the name of a parameter.
        let place: String
        /// What was expected, and what was found.
        let detail: String
    }

    /// What of a value is not as the schema says.
    func faults(of value: JSON, at place: String = "") -> [Fault] {
        func expected(_ what: String) -> [Fault] {
            [Fault(place: place, detail: "expected \(what), found \(value.kind)")]
        }
        switch (self, value) {
        case (.orNull, .null): return []
        case (.orNull(let schema), _): return schema.faults(of: value, at: place)
        case (.named(_, let members), _):
            return Schema.object(members()).faults(of: value, at: place)
        case (.string, .text): return []
        case (.string, _): return expected("a string")
        case (.text(let length, let format), .text(let text)):
            return Self.fault(of: text, length, format).map { [Fault(place: place, detail: $0)] }
                ?? []
        case (.text, _): return expected("a string")
        case (.words(let words), .text(let text)):
            return words.contains(text)
                ? []
                : [Fault(place: place, detail: "expected one of \(words.joined(separator: ", "))")]
        case (.words(let words), _):
            return expected("one of \(words.joined(separator: ", "))")
        case (.integer(let range), .integer(let number)):
            return range.contains(number)
                ? []
                : [
                    Fault(
                        place: place,
                        detail:
                            "expected a whole number from \(range.lowerBound) to \(range.upperBound)"
                    )
                ]
        case (.integer, _): return expected("a whole number")
        case (.number, .integer), (.number, .number), (.flag, .flag): return []
        case (.number, _): return expected("a number")
        case (.flag, _): return expected("a boolean")
        case (.time, .text(let text)):
            return Self.isTime(text) ? [] : expected("a time of day as hh:mm")
        case (.time, _): return expected("a time of day as hh:mm")
        case (.list(let item, let least), .list(let values)):
            guard values.count >= least else {
                return [Fault(place: place, detail: "expected \(least) items or more")]
            }
            return values.enumerated().flatMap { index, value in
                item.faults(of: value, at: "\(place)/\(index)")
            }
        case (.list, _): return expected("an array")
        case (.map(let schema), .object(let values)):
            return values.sorted { $0.key < $1.key }.flatMap { name, value in
                let place = "\(place)/\(Self.escaped(name))"
                return Schema.text(Self.line).faults(of: .text(name), at: place)
                    + schema.faults(of: value, at: place)
            }
        case (.object(let members), .object(let values)):
            return Self.faults(of: values, members, at: place)
        case (.object, _), (.map, _): return expected("an object")
        }
    }

    private static func faults(
        of values: [String: JSON],
        _ members: [Member],
        at place: String
    ) -> [Fault] {
        var faults: [Fault] = []
        var unknown = values
        for member in members {
            let place = "\(place)/\(escaped(member.name))"
            if let value = unknown.removeValue(forKey: member.name) {
                faults += member.schema.faults(of: value, at: place)
            } else if member.isRequired {
                faults.append(Fault(place: place, detail: "is missing"))
            }
        }
        let known = members.map(\.name).joined(separator: ", ")
        for name in unknown.keys.sorted() {
            faults.append(
                Fault(
                    place: "\(place)/\(escaped(name))",
                    detail: "is not known here; expected \(known.isEmpty ? "nothing" : known)"
                )
            )
        }
        return faults
    }

    private static func fault(
        of text: String,
        _ length: ClosedRange<Int>,
        _ format: String?
    ) -> String? {
        if text.utf8.contains(0) { return "holds U+0000" }
        if format == "date" {
            return CivilDate(iso: text) == nil ? "expected a day as yyyy-mm-dd" : nil
        }
        let count = text.unicodeScalars.count
        guard length.contains(count) else {
            return "has \(count) characters; expected \(length.lowerBound) to \(length.upperBound)"
        }
        return nil
    }

    private static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.allSatisfy(\.isNumber) }),
            let hours = Int(parts[0]), let minutes = Int(parts[1])
        else { return false }
        return hours < 24 && minutes < 60
    }

    private static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}
