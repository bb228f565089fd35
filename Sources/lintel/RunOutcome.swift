import ArgumentParser
import LintelModel
import Reconciliation
import Storage
import SyncEngine

/// The end of a command that ran something: what it did, and the exit code that says so.
struct RunOutcome {
    private let reports: [RunReport]
    private let seconds: Double
    private let showsPlans: Bool

    init(
        _ reports: [RunReport],
        started: ContinuousClock.Instant,
        showsPlans: Bool = false
    ) {
        self.reports = reports
        self.showsPlans = showsPlans
        seconds = started.duration(to: .now).seconds
    }

    /// - Throws: the exit code 1 where a run failed, 3 where the brake held one, 4 where a plan is stale.
    func print(_ format: OutputFormat) throws {
        try RunList(reports.map { ($0.record, $0.property.name) }, seconds: seconds).print(format)
        for report in reports {
            if showsPlans, format == .table { showPlan(report) }
            for refusal in report.refusals { note("left as it is: \(refusal)") }
            if report.record.outcome == .failed {
                note("\(report.property.name): \(report.record.message)")
            }
            if report.record.outcome == .held, !showsPlans {
                note(
                    "\(report.property.name): held by the brake: "
                        + report.objections.map(\.sentence).joined(separator: "; ")
                )
            }
        }
        if reports.contains(where: \.isStale) { throw ExitCode(4) }
        let outcomes = Set(reports.map(\.record.outcome))
        if outcomes.contains(.failed) { throw ExitCode(1) }
        if outcomes.contains(.held) { throw ExitCode(3) }
    }

    private func showPlan(_ report: RunReport) {
        guard let plan = report.plan else { return }
        say("\n\(report.property.name)")
        say(PlanReport(units: report.units).text(plan))
        for objection in report.objections {
            say("The brake would hold this plan: \(objection.sentence)")
        }
    }
}
