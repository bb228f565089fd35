package import LintelModel
import Reconciliation
import SQLEngine
package import Storage

extension Operations {
    /// A PMS resident whom an alert is about, by name.
    package struct AlertSubject: Sendable {
        package let resident: PMSResidentID
        package let name: String
        /// The address in the PMS.
        package let email: String?
        /// Who they are here; nil for nobody.
        package let person: PersonID?
        /// That person's address.
        package let personEmail: String?
    }

    /// The residents whom alerts of a property are about, by their PMS id.
    package func subjects(
        of alerts: [Alerts.Open],
        of property: Property
    ) async throws -> [PMSResidentID: AlertSubject] {
        let wanted = Set(alerts.flatMap(\.draft.residents))
        guard !wanted.isEmpty else { return [:] }
        return try await database.read { connection in
            var found: [PMSResidentID: AlertSubject] = [:]
            for attachment in try Attachments.all(of: property.id, on: connection) {
                let links = Dictionary(
                    try ResidentLinks.of(wanted, of: attachment.connection, on: connection).map {
                        ($0.resident.resident, $0.person)
                    },
                    uniquingKeysWith: { $1 }
                )
                let emails = Dictionary(
                    try People.of(Set(links.values), on: connection).map { ($0.id, $0.email) },
                    uniquingKeysWith: { $1 }
                )
                for known in try Residencies.of(wanted, in: attachment.id, on: connection) {
                    let resident = known.stated.key.resident
                    found[resident] = AlertSubject(
                        resident: resident,
                        name: known.stated.name,
                        email: known.stated.email,
                        person: links[resident],
                        personEmail: links[resident].flatMap { emails[$0] ?? nil }
                    )
                }
            }
            return found
        }
    }

    /// An alert that is closed, and who decided it, where somebody did.
    package struct ClosedAlert: Sendable {
        package let alert: Alerts.Closed
        package let decision: AuditLog.Entry?
    }

    /// The alerts of a property closed last, newest first.
    package func closedAlerts(
        of property: Property,
        limit: Int
    ) async throws -> [ClosedAlert] {
        try await database.read { connection in
            let closed = try Alerts.closed(of: property.id, limit: limit, on: connection)
            let decisions = Dictionary(
                try AuditLog.about(closed.map(\.id), of: property.id, on: connection).map {
                    ($0.subject, $0)
                },
                uniquingKeysWith: { $1 }
            )
            return closed.map { ClosedAlert(alert: $0, decision: decisions[$0.id]) }
        }
    }
}
