import ArgumentParser
import LintelModel
import Operations
import Reconciliation
import Storage
import SyncEngine

/// The end of a command that ran something: what it did, and the exit code that says so.
struct RunOutcome {
    private let reports: [RunReport]
    private let seconds: Double?
    /// The plans as people read them; empty where none is shown.
    private let shown: [String]

    /// - Parameters:
    ///   - reports: what ran.
    ///   - started: when the command began, where its rate is of interest.
    ///   - plans: the plans to show, see ``plans(of:_:for:)``.
    init(
        _ reports: [RunReport],
        started: ContinuousClock.Instant? = nil,
        plans: [String] = []
    ) {
        self.reports = reports
        shown = plans
        seconds = started?.duration(to: .now).seconds
    }

    /// The plans of some reports with the names of the people they are about, as a table shows them.
    static func plans(
        of reports: [RunReport],
        _ operations: Operations,
        for format: OutputFormat
    ) async throws -> [String] {
        guard format == .table else { return [] }
        var texts: [String] = []
        for report in reports {
            guard let plan = report.plan else { continue }
            var text = "\n\(report.property.name)\n"
            text += try await operations.naming(PlanReport(units: report.units).text(plan), plan)
            for objection in report.objections {
                text += "The brake would hold this plan: \(objection.sentence)\n"
            }
            texts.append(text)
        }
        return texts
    }

    /// - Throws: the exit code 1 where a run failed, 3 where the brake held one, 4 where a plan is stale.
    func print(_ format: OutputFormat) throws {
        try RunList(reports.map { ($0.record, $0.property.name) }, seconds: seconds).print(format)
        for plan in shown { say(plan) }
        for report in reports {
            for refusal in report.refusals { note("left as it is: \(refusal)") }
        }
        if reports.contains(where: \.isStale) { throw ExitCode(4) }
        let outcomes = Set(reports.map(\.record.outcome))
        if outcomes.contains(.failed) { throw ExitCode(1) }
        if outcomes.contains(.held) { throw ExitCode(3) }
    }
}
