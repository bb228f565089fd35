/// The numbers and switches of one property, each with its default.
package struct PropertySettings: Sendable, Equatable {
    /// Whether syncing creates and updates people.
    package var userSync = false
    /// Whether syncing puts people into units; off leaves every assignment as it is.
    package var unitSync = true
    /// The roles on a lease that are brought in.
    package var roles: Set<ResidentRole> = [.primary, .coResident, .occupant, .minor]
    /// How far apart two complete snapshots must be for an absence to count, in minutes.
    package var absenceMinutes = 45
    /// How many unstated removals always pass the brake.
    package var brakeRemovals = 3
    /// The share of open assignments, in percent, that may be removed unstated.
    package var brakeRemovalsPercent = 10
    /// How many first or earlier move-out dates always pass the brake in one run.
    package var brakeMoveOuts = 5
    /// The share of open assignments, in percent, that may get such a date in one run.
    package var brakeMoveOutsPercent = 30
    /// How many vanished PMS units always pass the brake.
    package var brakeUnits = 2
    /// The share of PMS units, in percent, that may vanish at once.
    package var brakeUnitsPercent = 20
    /// Spans of one person in one unit this many days apart or less are one assignment.
    package var joinDays = 7
    /// Minutes after a day's beginning at which a move-in counts.
    package var moveInTime = 0
    /// Minutes after a day's beginning at which a move-out counts; 0 for the day's end as the PMS states it.
    package var moveOutTime = 0
    /// How many days before the move-in a resident whom the PMS calls current is let in.
    package var daysEarlyIn = 0
    /// How many days after the stated move-out a resident who is past stays.
    package var daysLateOut = 0
    /// How many days after the stated move-out somebody still current in the PMS is ended; 0 for never.
    package var overdueDays = 0
    /// Facts older than this many hours let nobody in.
    package var factHours = 72
    /// How many days names and addresses are kept in the history.
    package var retentionDays = 730

    package init() {}
}
