package import LintelModel

package typealias PinID = Identifier<Pin>

/// A decision of a person that holds until the PMS fact it concerns changes.
package struct Pin: Sendable, Equatable, Codable {
    /// What a decision is about: one of the alerts, or one of the things an undo or an act by hand leaves as
    /// it is.
    package struct Topic: Hashable, Sendable, Codable {
        package let text: String

        package init(stored text: String) {
            self.text = text
        }

        package init(_ alert: AlertDraft.Kind) {
            text = alert.rawValue
        }

        /// A person in a unit stays as it is, or stays out: subject `PERSON UNIT`.
        package static let stay = Topic(stored: "stay")
        /// What a resident's record states of its person is not written: subject `CONNECTION RESIDENT`.
        package static let details = Topic(stored: "details")
        /// A resident is not brought in: subject `CONNECTION RESIDENT`.
        package static let newcomer = Topic(stored: "newcomer")
        /// A person stays archived: subject `PERSON`.
        package static let archived = Topic(stored: "archived")
        /// A removal, or an earlier move-out date, passes the brake: subject `PERSON UNIT`.
        package static let removal = Topic(stored: "removal")
        /// What a PMS property lists, or no longer does, passes the brake: subject is the attachment.
        package static let listing = Topic(stored: "listing")
    }

    /// What a decision is about, once.
    package struct Cause: Hashable, Sendable, Codable {
        package let topic: Topic
        package let subject: String

        package init(_ topic: Topic, _ subject: String) {
            self.topic = topic
            self.subject = subject
        }
    }

    package var id: PinID
    package var cause: Cause
    /// The hash of the PMS fact as it was when it was decided.
    package var fact: String
    /// The way out taken; nil for what is simply left as it is.
    package var action: WayOut?
    /// What the way out needs besides: the resident chosen, the day until which something is kept.
    package var value: String?
    /// Whom it concerns, where that is one person.
    package var person: PersonID?
    /// The PMS resident it concerns, where that is one.
    package var resident: ResidentKey?

    package init(
        id: PinID,
        _ topic: Topic,
        _ subject: String,
        fact: String,
        action: WayOut? = nil,
        value: String? = nil,
        person: PersonID? = nil,
        resident: ResidentKey? = nil
    ) {
        self.id = id
        cause = Cause(topic, subject)
        self.fact = fact
        self.action = action
        self.value = value
        self.person = person
        self.resident = resident
    }

    /// The decision in words.
    package var sentence: String {
        let until = "until the PMS says something else"
        switch cause.topic {
        case .stay: return "this person and this unit stay as they are \(until)"
        case .details: return "the person's details stay as they are \(until)"
        case .newcomer: return "this PMS resident is not brought in \(until)"
        case .archived: return "the person stays archived \(until)"
        case .removal: return "this removal was approved \(until)"
        case .listing: return "what this PMS property lists was approved \(until)"
        default:
            let kind = AlertDraft.Kind(rawValue: cause.topic.text)?.title ?? cause.topic.text
            let value = value.map { " \($0)" } ?? ""
            return "\(kind): \(action?.title ?? "decided")\(value), \(until)"
        }
    }
}
