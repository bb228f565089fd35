package import LintelModel
package import Reconciliation
import SQLEngine
import Storage
package import SyncEngine

extension Operations {
    /// What a run would do, in sentences.
    package struct PlanPreview: Sendable {
        /// One change: who and what, from what to what, and why.
        package struct Change: Sendable {
            package enum Kind: String, Sendable, CaseIterable {
                case begins, changes, ends
            }

            package let kind: Kind
            package let person: PersonID
            package let what: String
            package let why: String
        }

        /// How many changes there would be.
        package let changeCount: Int
        /// The first of them.
        package let changes: [Change]
        /// What would then wait for a person.
        package let alerts: [String]
        /// Why the brake would hold it.
        package let objections: [String]
        /// What an undo would leave as it is, and why.
        package let refusals: [String]
        /// Why nothing can be shown; nil where it can.
        package let failure: String?
    }

    /// How many changes and refusals a preview tells.
    private static let told = 1000

    /// Asks the PMS for a property and tells what a sync of one resident alone would do; changes nobody.
    ///
    /// - Parameters:
    ///   - resident: the PMS resident.
    ///   - person: who that is; nil for nobody here yet.
    ///   - property: where.
    /// - Returns: what would change, and of the alerts those about the resident.
    /// - Throws: ``OperationError`` where the PMS could not be asked.
    package func previewSync(
        of resident: PMSResidentID,
        of person: PersonID?,
        at property: Property
    ) async throws -> PlanPreview {
        try await planPreview(of: try await previewOfSync(of: resident, at: property)) { alert in
            alert.residents.contains(resident) || person != nil && alert.person == person
        }
    }

    /// A preview in sentences, with names.
    ///
    /// - Parameters:
    ///   - report: how the preview ended.
    ///   - isTold: whether an alert of the plan is to be told.
    /// - Returns: what would be done.
    /// - Throws: ``SQLError``.
    package func planPreview(
        of report: RunReport,
        alerts isTold: (AlertDraft) -> Bool = { _ in true }
    ) async throws -> PlanPreview {
        let plan = report.plan
        let isFailed = plan == nil && report.record.outcome == .failed
        let words = PlanReport(units: report.units)
        let changes = plan?.changes ?? []
        var lines: [String] = []
        for planned in changes.prefix(Self.told) {
            // The line begins with a sign and ends with the reason: both are told in other ways here.
            let line = words.line(planned).dropFirst(2).dropLast(planned.reason.sentence.count + 3)
            lines.append(line + Self.values(planned.change))
        }
        let named = try await naming(lines, plan)
        let reasons = try await naming(
            changes.prefix(Self.told).map(\.reason.sentence),
            plan
        )
        return PlanPreview(
            changeCount: changes.count,
            changes: zip(changes, zip(named, reasons)).map { planned, words in
                PlanPreview.Change(
                    kind: Self.kind(of: planned),
                    person: planned.person,
                    what: words.0,
                    why: words.1
                )
            },
            alerts: try await naming(
                (plan?.alerts ?? []).filter(isTold).map { "\($0.kind.title): \($0.detail)" },
                plan
            ),
            objections: report.objections.map(\.sentence),
            refusals: try await naming(Array(report.refusals.prefix(Self.told)), plan),
            failure: !isFailed
                ? nil
                : report.record.message.isEmpty
                    ? "The sync could not be previewed." : report.record.message
        )
    }

    /// What somebody's details were, and what they become.
    private static func values(_ change: Change) -> String {
        guard case .person(let before?, let after) = change else { return "" }
        let fields = [
            (before.firstName, after.firstName), (before.lastName, after.lastName),
            (before.email ?? "", after.email ?? ""), (before.phone ?? "", after.phone ?? ""),
        ]
        let changed = fields.filter { $0.0 != $0.1 }.map { before, after in
            "\(before.isEmpty ? "nothing" : before) → \(after.isEmpty ? "nothing" : after)"
        }
        return changed.isEmpty ? "" : " (\(changed.joined(separator: ", ")))"
    }

    private static func kind(of planned: PlannedChange) -> PlanPreview.Change.Kind {
        switch planned.change {
        case .person(nil, _): .begins
        case .assignment where planned.isGrant: .begins
        case .assignment where planned.isEnding: .ends
        case .link(_, nil): .ends
        default: .changes
        }
    }
}
