package import LintelModel

/// Hashes of the PMS facts that decisions hold on to, and the subjects they name.
///
/// A decision stands as long as the hash of its fact is the same: a planner and a store that look at the same
/// residencies must find the same one.
package enum Fact {
    // MARK: Facts

    /// What the PMS says about one person and one unit: the residencies of the person in PMS units that are
    /// mapped there, their status, role and move dates, and whether they are listed.
    package static func stay(_ residencies: [KnownResidency]) -> String {
        ContentHash(
            of: residencies.sorted { $0.key < $1.key }.flatMap { known -> [String?] in
                let stated = known.stated
                return [
                    known.attachment.text, stated.key.resident.text, stated.key.lease,
                    stated.key.unit?.text, stated.statusWord, stated.status.rawValue,
                    stated.role.rawValue, stated.moveIn?.description, stated.moveOut?.description,
                    known.missingSince == nil ? "listed" : "missing",
                ]
            }
        ).text
    }

    /// What the PMS says about one person and one unit, or, where it lists nothing there, everything it says
    /// about the person: nothing else could ever change then.
    package static func stay(
        _ own: [KnownResidency],
        ofAll all: @autoclosure () -> [KnownResidency]
    ) -> String {
        stay(own.contains { $0.missingSince == nil } ? own : all())
    }

    /// Everything the PMS says about one resident.
    package static func resident(_ residencies: [KnownResidency]) -> String {
        ContentHash(
            of: residencies.sorted { $0.key < $1.key }.flatMap { known -> [String?] in
                [
                    known.attachment.text, known.stated.hash.text,
                    known.missingSince == nil ? "listed" : "missing",
                ]
            }
        ).text
    }

    /// What a record says of its person besides the address.
    package static func details(_ stated: PMSResidency) -> String {
        ContentHash(of: ["details", stated.firstName, stated.lastName, stated.phone]).text
    }

    /// The name a record gives.
    package static func name(_ stated: PMSResidency) -> String {
        ContentHash(of: ["name", PersonName.key(stated.firstName, stated.lastName)]).text
    }

    /// The address a record gives.
    package static func email(_ stated: PMSResidency) -> String {
        ContentHash(of: ["email", stated.email.map(Folding.email)]).text
    }

    /// Who a record is: name and address.
    package static func identity(_ stated: PMSResidency) -> String {
        ContentHash(of: [name(stated), email(stated)]).text
    }

    // MARK: Subjects

    package static func subject(_ resident: ResidentKey) -> String {
        "\(resident.connection) \(resident.resident)"
    }

    package static func subject(_ person: PersonID, in unit: UnitID) -> String {
        "\(person) \(unit)"
    }
}
