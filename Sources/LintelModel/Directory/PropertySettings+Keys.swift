extension PropertySettings {
    /// One setting as a person names it: its key, what it means, and how to read and write it.
    package struct Key: Sendable {
        /// What values it takes.
        package enum Kind: Sendable {
            /// `on` or `off`.
            case flag
            case number(ClosedRange<Int>)
            /// A time of day as `hh:mm`.
            case time
            /// Roles on a lease, separated by commas.
            case roles
        }

        package let name: String
        package let summary: String
        package let kind: Kind
        package let get: @Sendable (PropertySettings) -> String
        /// Writes a value given as text; returns what was expected where the text is not one.
        package let set: @Sendable (inout PropertySettings, String) -> String?
    }

    /// Every key in the order in which they are shown.
    package static let keys: [Key] = [
        flag("user-sync", "create and update people from the PMS", \.userSync),
        flag("unit-sync", "put synced people into mapped units", \.unitSync),
        roles,
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
        number(
            "brake-move-outs",
            "first or earlier move-out dates that always pass in one run",
            0...100_000,
            \.brakeMoveOuts
        ),
        number(
            "brake-move-outs-percent",
            "percent of open assignments that may get such a date in one run",
            0...100,
            \.brakeMoveOutsPercent
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
        time("move-in-time", "time of day at which a move-in counts", \.moveInTime),
        time("move-out-time", "time of day at which a move-out counts", \.moveOutTime),
        number(
            "days-early-in",
            "days before the move-in on which a current resident is let in",
            0...60,
            \.daysEarlyIn
        ),
        number(
            "days-late-out",
            "days after the stated move-out that a past resident stays",
            0...60,
            \.daysLateOut
        ),
        number(
            "overdue-days",
            "days after the stated move-out that end somebody still current; 0 for never",
            0...365,
            \.overdueDays
        ),
        number("fact-hours", "hours after which facts let nobody in", 1...8_760, \.factHours),
        number(
            "retention-days",
            "days for which the history keeps names and addresses",
            1...36_500,
            \.retentionDays
        ),
    ]

    private static let roles = Key(
        name: "roles",
        summary: "roles on a lease that are brought in",
        kind: .roles,
        get: { settings in
            ResidentRole.allCases.filter(settings.roles.contains).map(\.rawValue)
                .joined(separator: ",")
        },
        set: { settings, text in
            let words = text.split(separator: ",").map {
                $0.lowercased().filter { !$0.isWhitespace }
            }
            let roles = words.compactMap { ResidentRole(rawValue: $0) }
            guard !roles.isEmpty, roles.count == words.count, !roles.contains(.guarantor) else {
                return "one or more of primary, co-resident, occupant, minor, separated by commas"
            }
            settings.roles = Set(roles)
            return nil
        }
    )

    /// A time of day as `hh:mm`, kept as minutes.
    private static func time(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<PropertySettings, Int> & Sendable
    ) -> Key {
        @Sendable func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return Key(
            name: name,
            summary: summary,
            kind: .time,
            get: { settings in
                let minutes = settings[keyPath: path]
                return "\(two(minutes / 60)):\(two(minutes % 60))"
            },
            set: { settings, text in
                let parts = text.split(separator: ":", omittingEmptySubsequences: false)
                guard parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
                    (0..<24).contains(hours), (0..<60).contains(minutes)
                else { return "a time of day as hh:mm" }
                settings[keyPath: path] = hours * 60 + minutes
                return nil
            }
        )
    }

    private static func flag(
        _ name: String,
        _ summary: String,
        _ path: any WritableKeyPath<PropertySettings, Bool> & Sendable
    ) -> Key {
        Key(
            name: name,
            summary: summary,
            kind: .flag,
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
            kind: .number(range),
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
