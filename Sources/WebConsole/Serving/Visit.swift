import LintelModel
import Operations
import SQLEngine
import Storage

/// One request, once it is known who makes it and that they may.
struct Visit: Sendable {
    let console: Console
    /// Everything done here is done by whoever is signed in.
    let operations: Operations
    let path: String
    let parameters: [String: String]
    let query: Form
    var form: Form
    /// Who is signed in; nil on pages that need nobody.
    let member: StaffMember?
    let session: BearerSecret?
    /// The property of the path.
    let property: Property?
    /// Where the request comes from, for the count of failed sign-ins.
    let address: String
    let csrf: String
    /// Where the console is, as `https://lintel.example`, for links that are handed over.
    let origin: String
    /// What the page before had to say.
    let notice: Notice?

    /// The property of a route whose place is one.
    func theProperty() throws -> Property {
        guard let property else { throw Answer.Problem.notFound }
        return property
    }

    func theMember() throws -> StaffMember {
        guard let member else { throw Answer.Problem.notFound }
        return member
    }

    /// A part of the path, as `:unit`.
    func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else { throw Answer.Problem.notFound }
        return value
    }

    /// Whether whoever is signed in may do that at the page's property, or in the portfolio.
    func may(_ permission: Permission) -> Bool {
        member?.grant.allows(permission, at: property?.id) ?? false
    }

    /// The path of a page of the property: `at("units", id)`.
    func at(_ parts: String...) -> String {
        guard let property else { return "/" }
        return (["/properties/\(property.id)"] + parts).joined(separator: "/")
    }

    /// The clock of the property's days; UTC where its zone is unknown to this system.
    var clock: CivilClock {
        property.flatMap { CivilClock(name: $0.timeZone) } ?? .utc
    }

    var today: CivilDate { clock.day(at: operations.now) }

    /// A sentence from a run, a decision or a PMS, its days as the console shows days.
    func spoken(_ sentence: String) -> String { Wording.spoken(sentence, today: today) }
}
