import LintelModel
import Operations
import Reconciliation
import Storage

/// The property's first page: what needs a person, how it stands, how it went.
enum OverviewPages {
    private static let days = 30

    static let routes: [Route] = [.page("/properties/:property", overview)]

    private struct Overview: Sendable {
        struct Attention: Sendable {
            let text: String
            let href: String
        }
        struct Step: Sendable {
            let text: String
            let href: String
            let label: String
        }
        struct Bar: Sendable {
            let x: Int
            let y: Int
            let height: Int
            let kind: String
            let text: String
        }

        let name: String
        let lead: String
        let maySync: Bool
        let sync: String
        let nextStep: Step?
        let hasAttention: Bool
        let attention: [Attention]
        let hasMapping: Bool
        let covered: String
        let countable: String
        let coverageText: String
        let mappedWidth: Int
        let waiting: String
        let mapping: String
        let occupied: String
        let units: String
        let occupancyText: String
        let occupancyPoints: String
        let runsText: String
        let healthText: String
        let bars: [Bar]
        let history: String
    }

    private static func overview(_ visit: Visit) async throws -> Answer {
        let property = try visit.theProperty()
        let operations = visit.operations
        let view = try await operations.view(of: property)
        let alerts = try await operations.alerts(of: property).map(\.alert.draft)
        let trend = try await operations.trend(of: property, days: days)
        let last = try await operations.latestRun(of: property)
        let (covered, countable) = (view.covered, view.countable)
        let share = countable == 0 ? 0 : 1000 * covered / countable
        let waiting = view.waiting
        let occupied = view.occupied
        let (first, final) = (trend.occupied.first, trend.occupied.last)
        let good = trend.runs.reduce(0) { $0 + $1.good }
        let held = trend.runs.reduce(0) { $0 + $1.held }
        let failed = trend.runs.reduce(0) { $0 + $1.failed }
        let model = Overview(
            name: property.name,
            lead: Self.lead(last, waiting: waiting.residents, visit),
            maySync: visit.may(.operate) && property.settings.userSync,
            sync: visit.at("sync"),
            nextStep: nextStep(view, property, visit),
            hasAttention: !alerts.isEmpty,
            attention: AlertDraft.Kind.allCases.compactMap { kind in
                let count = alerts.count { $0.kind == kind }
                guard count > 0 else { return nil }
                return Overview.Attention(
                    text: "\(kind.title): \(Wording.grouped(count))",
                    href: visit.at("alerts")
                )
            },
            hasMapping: countable > 0,
            covered: Wording.grouped(covered),
            countable: Wording.grouped(countable),
            coverageText: "\(share / 10) percent mapped",
            mappedWidth: share,
            waiting: view.waitingWords,
            mapping: visit.at("integrations", "unit-mapping"),
            occupied: Wording.grouped(occupied),
            units: Wording.grouped(view.units.count),
            occupancyText: "Occupied units in the last \(days) days: "
                + "\(Wording.grouped(first?.units ?? 0)) at first, "
                + "\(Wording.grouped(final?.units ?? 0)) today",
            occupancyPoints: points(trend.occupied.map(\.units), of: view.units.count),
            runsText: "\(Wording.grouped(good)) good, \(Wording.grouped(held)) held, "
                + "\(Wording.grouped(failed)) failed",
            healthText: "Runs in the last \(days) days, one bar a day",
            bars: bars(trend, visit),
            history: visit.at("sync-history")
        )
        return .page(
            Page(template: "overview", title: "Overview", section: .overview, model: model)
        )
    }

    private static func lead(_ last: RunRecord?, waiting: Int, _ visit: Visit) -> String {
        guard let last else { return "Never synced" }
        let now = visit.operations.now
        guard last.outcome == .applied || last.outcome == .unchanged else {
            return SyncWords.last(last, now: now, visit.clock)
        }
        let time = Wording.time(last.startedAt, now: now, visit.clock)
        let rest =
            waiting == 0
            ? "nobody waits on an unmapped unit"
            : "nothing waiting but \(Wording.count(waiting, "resident")) on unmapped units"
        return "Synced \(time) · \(Wording.count(last.residents, "resident")), \(rest)"
    }

    private static func nextStep(
        _ view: PropertyView,
        _ property: Property,
        _ visit: Visit
    ) -> Overview.Step? {
        if view.pmsUnits.isEmpty, visit.may(.manage) {
            return Overview.Step(
                text: "No PMS is connected: residents come in once it is.",
                href: visit.at("integrations"),
                label: "Set Up"
            )
        }
        if !property.settings.userSync, visit.may(.manage) {
            return Overview.Step(
                text: "User Sync is off: nothing is read from the PMS.",
                href: visit.at("integrations"),
                label: "Configure"
            )
        }
        return nil
    }

    /// The points of a line over the days, 300 wide and 60 high.
    private static func points(_ values: [Int], of most: Int) -> String {
        let top = max(1, most)
        let step = 300.0 / Double(max(1, values.count - 1))
        return values.enumerated().map { index, value in
            let x = (Double(index) * step * 10).rounded() / 10
            let y = ((60 - 56 * Double(min(value, top)) / Double(top)) * 10).rounded() / 10
            return "\(x),\(y)"
        }.joined(separator: " ")
    }

    private static func bars(_ trend: Operations.Trend, _ visit: Visit) -> [Overview.Bar] {
        let most = max(1, trend.runs.map { $0.good + $0.held + $0.failed }.max() ?? 1)
        return trend.runs.enumerated().compactMap { index, day in
            let total = day.good + day.held + day.failed
            guard total > 0 else { return nil }
            let height = max(4, 56 * total / most)
            let held = day.held > 0 ? ", \(day.held) held" : ""
            let failed = day.failed > 0 ? ", \(day.failed) failed" : ""
            return Overview.Bar(
                x: index * 10 + 1,
                y: 60 - height,
                height: height,
                kind: day.failed > 0 ? "no" : day.held > 0 ? "see" : "",
                text:
                    "\(Wording.day(day.day, today: visit.today)): \(day.good) good\(held)\(failed)"
            )
        }
    }
}
