extension PropertySettings {
    /// One setting as a person names it: its key, what it means, and how to read and write it.
    package struct Key: Sendable {
        package let name: String
        package let summary: String
        package let get: @Sendable (PropertySettings) -> String
        /// Writes a value given as text; returns what was expected where the text is not one.
        package let set: @Sendable (inout PropertySettings, String) -> String?
    }

    /// Every key in the order in which they are shown.
    package static let keys: [Key] = [
        flag("user-sync", "create and update people from the PMS", \.userSync),
        flag("unit-sync", "put synced people into mapped units", \.unitSync),
        number(
            "absence-minutes",
            "minutes between the two snapshots that confirm an absence",
            0...10_080,
            \.absenceMinutes
        ),
        number(
            "brake-removals",
            "unstated removals that always pass",
            0...100_000,
            \.brakeRemovals
        ),
        number(
            "brake-removals-percent",
            "percent of open assignments that may be removed unstated",
            0...100,
            \.brakeRemovalsPercent
        ),
        number("brake-units", "vanished PMS units that always pass", 0...100_000, \.brakeUnits),
        number(
            "brake-units-percent",
            "percent of PMS units that may vanish at once",
            0...100,
            \.brakeUnitsPercent
        ),
        number(
            "join-days",
            "days between two stays in one unit that still count as one",
            0...365,
            \.joinDays
        ),
    ]

    private static func flag(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<PropertySettings, Bool> & Sendable
    ) -> Key {
        Key(
            name: name,
            summary: summary,
            get: { $0[keyPath: path] ? "on" : "off" },
            set: { settings, text in
                switch text.lowercased() {
                case "on", "true", "yes", "1": settings[keyPath: path] = true
                case "off", "false", "no", "0": settings[keyPath: path] = false
                default: return "on or off"
                }
                return nil
            }
        )
    }

    private static func number(
        _ name: String,
        _ summary: String,
        _ range: ClosedRange<Int>,
        _ path: any WritableKeyPath<PropertySettings, Int> & Sendable
    ) -> Key {
        Key(
            name: name,
            summary: summary,
            get: { String($0[keyPath: path]) },
            set: { settings, text in
                guard let value = Int(text), range.contains(value) else {
                    return "a whole number from \(range.lowerBound) to \(range.upperBound)"
                }
                settings[keyPath: path] = value
                return nil
            }
        )
    }
}
