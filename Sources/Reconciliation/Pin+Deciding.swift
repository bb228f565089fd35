import LintelModel

extension Pin {
    /// The decisions that a way out of an alert makes.
    ///
    /// - Parameters:
    ///   - way: the way out taken.
    ///   - alert: the alert as it is listed.
    ///   - value: what the way out needs besides.
    ///   - objections: of a held plan, why the brake holds it.
    ///   - id: makes the id of each decision.
    /// - Returns: the decisions to keep; none for ways out that change a mapping or a status word.
    package static func deciding(
        _ way: WayOut,
        _ alert: AlertDraft,
        value: String?,
        objections: [Objection] = [],
        id: () -> PinID
    ) -> [Pin] {
        switch way {
        case .map, .importUnit, .ignore, .remap, .removeMapping, .exclude: return []
        case .approve: return passing(objections, as: .removal, way, id: id)
        case .applyWithoutRemovals: return passing(objections, as: .stay, way, id: id)
        default:
            return [
                Pin(
                    id: id(),
                    Topic(alert.kind),
                    alert.subject,
                    fact: alert.fact,
                    action: way,
                    value: value,
                    person: alert.kind == .manualAssignment || alert.kind == .moveOutOverdue
                        ? alert.person : nil,
                    resident: resident(of: alert)
                )
            ]
        }
    }

    private static func passing(
        _ objections: [Objection],
        as topic: Topic,
        _ way: WayOut,
        id: () -> PinID
    ) -> [Pin] {
        var pins: [Pin] = []
        for stay in Set(objections.flatMap(\.stays)).sorted(by: { $0.order < $1.order }) {
            pins.append(
                Pin(
                    id: id(),
                    topic,
                    Fact.subject(stay.person, in: stay.unit),
                    fact: stay.fact,
                    action: way,
                    person: stay.person
                )
            )
        }
        for listing in objections.compactMap(\.listing) {
            pins.append(
                Pin(
                    id: id(),
                    .listing,
                    listing.attachment.text,
                    fact: listing.fact,
                    action: way
                )
            )
        }
        return pins
    }

    /// The resident an alert is about, where that is one: its subject begins with the connection, which has no
    /// space, and the resident's id.
    private static func resident(of alert: AlertDraft) -> ResidentKey? {
        var subject = Substring(alert.subject)
        switch alert.kind {
        case .duplicateAccounts, .nameMismatch, .emailMismatch: break
        case .backToApplicant:
            guard let end = subject.lastIndex(of: " ") else { return nil }
            subject = subject[..<end]
        default: return nil
        }
        let parts = subject.split(separator: " ", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return ResidentKey(
            connection: ConnectionID(String(parts[0])),
            resident: PMSResidentID(String(parts[1]))
        )
    }
}

extension Objection.Stay {
    fileprivate var order: String { "\(person) \(unit)" }
}
