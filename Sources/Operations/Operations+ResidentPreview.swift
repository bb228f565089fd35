package import LintelModel
import Reconciliation
import SQLEngine
import Storage
import SyncEngine

extension Operations {
    /// What a sync of one PMS resident would do.
    package struct ResidentPreview: Sendable {
        /// One change: who and what, from what to what, and why.
        package struct Change: Sendable {
            package enum Kind: Sendable {
                case begins, changes, ends
            }

            package let kind: Kind
            package let what: String
            package let why: String
        }

        package let changes: [Change]
        /// What would then wait for a person.
        package let alerts: [String]
        /// Why the brake would hold it.
        package let objections: [String]
        /// Why nothing can be shown; nil where it can.
        package let failure: String?
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

    /// Asks the PMS for a property and tells what a sync of one resident alone would do; changes nobody.
    ///
    /// - Parameters:
    ///   - resident: the PMS resident.
    ///   - person: who that is; nil for nobody here yet.
    ///   - property: where.
    /// - Returns: what would change, in sentences.
    /// - Throws: ``OperationError`` where the PMS could not be asked.
    package func previewSync(
        of resident: PMSResidentID,
        of person: PersonID?,
        at property: Property
    ) async throws -> ResidentPreview {
        let reports = await SyncEngine(environment).sync(
            [property],
            job: .part(.resident(resident), isPreview: true),
            observer: Unwatched()
        )
        guard let report = reports.first, let plan = report.plan else {
            let message = reports.first?.record.message ?? ""
            return ResidentPreview(
                changes: [],
                alerts: [],
                objections: [],
                failure: message.isEmpty ? "The sync could not be previewed." : message
            )
        }
        let words = PlanReport(units: report.units)
        var changes: [ResidentPreview.Change] = []
        for planned in plan.changes {
            // The line begins with a sign and ends with the reason: both are shown in other ways here.
            let reason = planned.reason.sentence
            let line = words.line(planned).dropFirst(2).dropLast(reason.count + 3)
            changes.append(
                ResidentPreview.Change(
                    kind: Self.kind(of: planned),
                    what: try await naming(String(line), plan) + Self.values(planned.change),
                    why: try await naming(reason, plan)
                )
            )
        }
        var alerts: [String] = []
        // The plan raises every alert of the property anew; those of others are none of this.
        for alert in plan.alerts
        where alert.residents.contains(resident) || person != nil && alert.person == person {
            alerts.append(try await naming("\(alert.kind.title): \(alert.detail)", plan))
        }
        return ResidentPreview(
            changes: changes,
            alerts: alerts,
            objections: report.objections.map(\.sentence),
            failure: nil
        )
    }

    private static func kind(of planned: PlannedChange) -> ResidentPreview.Change.Kind {
        switch planned.change {
        case .person(nil, _): .begins
        case .assignment where planned.isGrant: .begins
        case .assignment where planned.isEnding: .ends
        case .link(_, nil): .ends
        default: .changes
        }
    }
}

/// Watches nothing.
private struct Unwatched: SyncObserver {
    func happened(_ event: SyncEvent) {}
}
