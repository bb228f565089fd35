/// The numbers and switches of one property, each with its default.
package struct PropertySettings: Sendable, Equatable {
    /// Whether syncing creates and updates people.
    package var userSync = false
    /// Whether syncing puts people into units; off leaves every assignment as it is.
    package var unitSync = true
    /// How far apart two complete snapshots must be for an absence to count, in minutes.
    package var absenceMinutes = 45
    /// How many unstated removals always pass the brake.
    package var brakeRemovals = 3
    /// The share of open assignments, in percent, that may be removed unstated.
    package var brakeRemovalsPercent = 10
    /// How many vanished PMS units always pass the brake.
    package var brakeUnits = 2
    /// The share of PMS units, in percent, that may vanish at once.
    package var brakeUnitsPercent = 20
    /// Spans of one person in one unit this many days apart or less are one assignment.
    package var joinDays = 7

    package init() {}
}
