/// The tenants of one fetch, until the leases come that name them.
///
/// A large property has a hundred thousand, and any of them may stand on several leases: so each is held
/// as the bytes of its facts, one array for a page of them.
struct BuildiumTenants {
    /// Between two facts; no text in UTF-8 holds it.
    private static let separator: UInt8 = 0xFF

    /// The facts of each tenant of a page after those of the one before: first name, last name, e-mail
    /// address, phone number, each with a separator behind it.
    private var pages: [[UInt8]] = []
    /// Where the facts of each begin: the page, and the place in it.
    private var places: [String: (page: UInt32, start: UInt32)] = [:]

    /// Adds the tenants of a page; one who comes again is as the later page has it.
    mutating func add(_ tenants: [BuildiumWire.Tenant]) {
        var facts: [UInt8] = []
        facts.reserveCapacity(tenants.reduce(0) { $0 + Self.length(of: $1) })
        let page = UInt32(pages.count)
        for tenant in tenants {
            places[tenant.id] = (page, UInt32(facts.count))
            for fact in Self.facts(of: tenant) {
                facts.append(contentsOf: fact.utf8)
                facts.append(Self.separator)
            }
        }
        pages.append(facts)
    }

    private static func facts(of tenant: BuildiumWire.Tenant) -> [String] {
        [tenant.firstName, tenant.lastName, tenant.email, tenant.phone]
    }

    private static func length(of tenant: BuildiumWire.Tenant) -> Int {
        facts(of: tenant).reduce(0) { $0 + $1.utf8.count + 1 }
    }

    /// The tenant of that id, without leases; nil where none came.
    subscript(id: String) -> BuildiumWire.Tenant? {
        guard let (page, start) = places[id] else { return nil }
        var rest = pages[Int(page)][Int(start)...]
        func next() -> String {
            let fact = rest.prefix { $0 != Self.separator }
            rest = rest[fact.endIndex...].dropFirst()
            return String(decoding: fact, as: UTF8.self)
        }
        return BuildiumWire.Tenant(
            id: id,
            firstName: next(),
            lastName: next(),
            email: next(),
            phone: next()
        )
    }
}
