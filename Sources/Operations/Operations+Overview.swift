package import LintelModel
import SQLEngine
import Storage

extension Operations {
    /// How a property went over the last days.
    package struct Trend: Sendable {
        /// Of each day, oldest first: how many units had somebody standing in them.
        package let occupied: [(day: CivilDate, units: Int)]
        /// Of each day: how many runs were good, held and failed.
        package let runs: [(day: CivilDate, good: Int, held: Int, failed: Int)]
    }

    /// How many units were occupied, and how runs ended, on each of the last days up to today.
    package func trend(of property: Property, days: Int) async throws -> Trend {
        let clock = CivilClock(name: property.timeZone) ?? .utc
        let today = clock.day(at: now)
        let first = today.adding(days: 1 - days)
        let (stays, outcomes) = try await database.read { connection in
            (
                try Assignments.stays(in: property.id, since: first, on: connection),
                try Runs.outcomes(
                    of: property.id,
                    since: clock.start(of: first),
                    on: connection
                )
            )
        }
        // A unit counts once a day however many stand in it: stays of one unit are merged day by day.
        var occupied = [Set<UnitID>](repeating: [], count: days)
        for stay in stays {
            let begin = max(0, first.days(to: stay.from))
            let end = min(days - 1, stay.until.map { first.days(to: $0) } ?? days - 1)
            guard begin <= end else { continue }
            for day in begin...end { occupied[day].insert(stay.unit) }
        }
        var runs = [(good: Int, held: Int, failed: Int)](repeating: (0, 0, 0), count: days)
        for run in outcomes {
            let day = first.days(to: clock.day(at: run.at))
            guard runs.indices.contains(day) else { continue }
            switch run.outcome {
            case .applied, .unchanged: runs[day].good += 1
            case .held: runs[day].held += 1
            case .failed: runs[day].failed += 1
            case .running, .previewed, .skipped: break
            }
        }
        return Trend(
            occupied: occupied.enumerated().map { (first.adding(days: $0), $1.count) },
            runs: runs.enumerated().map { (first.adding(days: $0), $1.good, $1.held, $1.failed) }
        )
    }
}
