package import LintelModel

/// Why the brake holds a plan, and what a person approves who lets it through.
package struct Objection: Sendable, Equatable, Codable {
    /// A stay that would end or get an earlier move-out date, while the PMS says what it says.
    package struct Stay: Sendable, Hashable, Codable {
        package let person: PersonID
        package let unit: UnitID
        package let fact: String

        init?(_ planned: PlannedChange) {
            guard case .assignment(_, let after) = planned.change, let fact = planned.fact else {
                return nil
            }
            (person, unit, self.fact) = (after.person, after.unit, fact)
        }
    }

    /// What a PMS property lists, or no longer does.
    package struct Listing: Sendable, Hashable, Codable {
        package let attachment: AttachmentID
        package let fact: String
    }

    /// For people; names no one.
    package let sentence: String
    package let stays: [Stay]
    package let listing: Listing?

    init(_ sentence: String, stays: [Stay] = [], listing: Listing? = nil) {
        self.sentence = sentence
        self.stays = stays
        self.listing = listing
    }

    /// The hash of what several objections are about: the same for the same held plan.
    package static func fact(of objections: [Objection]) -> String {
        ContentHash(
            of: objections.flatMap { objection in
                objection.stays.map { "\($0.person) \($0.unit) \($0.fact)" }.sorted()
                    + [objection.listing.map { "\($0.attachment) \($0.fact)" }]
            }
        ).text
    }
}
