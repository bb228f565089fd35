import LintelModel
import Reconciliation
import SQLEngine
import Storage

/// What of a property explains why a PMS resident is nobody here; read once, for any number of them.
struct FactsOfNobody: Sendable {
    let property: Property
    let attachments: [AttachmentID: Attachments.Attached]
    let meanings: [String: StatusMeaning]
    private let alerts: [Alerts.Open]
    private let pins: [Pins.Listed]
    private let lastRun: RunID?

    init(_ property: Property, on connection: any SQLConnection) throws {
        self.property = property
        attachments = Dictionary(
            uniqueKeysWithValues: try Attachments.all(of: property.id, on: connection).map {
                ($0.id, $0)
            }
        )
        meanings = try StatusWords.meanings(of: property.id, on: connection)
        alerts = try Alerts.open(of: property.id, on: connection)
        pins = try Pins.open(of: property.id, on: connection).filter { $0.pin.resident != nil }
        lastRun = try Runs.latest(of: property.id, on: connection)?.id
    }

    /// Why a residency is nobody's; empty where it is one of another property.
    func why(_ known: KnownResidency) -> [Operations.Because] {
        guard let attachment = attachments[known.attachment] else { return [] }
        let resident = known.stated.key.resident
        let key = ResidentKey(connection: attachment.connection, resident: resident)
        var reasons =
            alerts.filter { $0.draft.residents.contains(resident) }
            .map(Operations.Because.init)
            + pins.filter { $0.pin.resident == key }.map(Operations.Because.init)
        if reasons.isEmpty {
            var why = WhyNot.reason(
                known,
                meaning: meanings[known.stated.statusWord],
                settings: property.settings
            )
            if attachment.isDetached { why = "its PMS property is detached" }
            if !property.settings.userSync { why = "User Sync is off" }
            reasons = [
                Operations.Because(
                    what: "PMS resident \(resident) is not here",
                    reason: why ?? "the next run brings it in, if the PMS still says the same"
                )
            ]
        }
        return reasons.map { reason in
            var reason = reason
            reason.pms = "\(property.name): \(WhyNot.says(known))"
            reason.run = reason.run ?? lastRun?.text
            return reason
        }
    }
}

extension Operations.Because {
    init(_ alert: Alerts.Open) {
        self.init(
            what: "\(alert.draft.kind.title) waits for a person (alert \(alert.id))",
            reason: alert.draft.detail,
            rule: alert.draft.kind.rawValue,
            at: alert.openedAt.iso8601,
            instant: alert.openedAt
        )
    }

    init(_ listed: Pins.Listed) {
        self.init(
            what: "a decision holds (pin \(listed.pin.id))",
            reason: listed.pin.sentence,
            rule: listed.pin.cause.topic.text,
            run: listed.batch,
            at: listed.madeAt.iso8601,
            instant: listed.madeAt
        )
    }
}
