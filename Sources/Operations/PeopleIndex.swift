package import LintelModel
package import Storage

/// Everybody of a property in the order of a list, with what a list filters and searches by: made in one reading,
/// so that the pages after the first cost next to nothing.
package struct PeopleIndex: Sendable {
    /// Which people a list shows.
    package enum Show: String, Sendable, CaseIterable {
        case all, current, upcoming, past, archived
        case unplaced = "without-a-unit"
    }

    /// How somebody stands at the property.
    package enum Standing: String, Sendable, CaseIterable {
        case current, upcoming, past, archived
        case unplaced = "without-a-unit"
    }

    package struct Entry: Sendable {
        package let person: PersonID
        /// What the list is sorted by.
        package let key: String
        let name: String
        let email: String?
        private let flags: UInt8

        init(_ member: PropertyPeople.Member) {
            person = member.person
            key =
                "\(Folding.name(member.lastName))\u{1}\(Folding.name(member.firstName))"
                + "\u{1}\(member.person)"
            name = PersonName.key(member.firstName, member.lastName)
            email = member.email.map(Folding.email)
            flags =
                (member.isCurrent ? 1 : 0) | (member.isUpcoming ? 2 : 0)
                | (member.isLiving ? 4 : 0) | (member.isArchived ? 8 : 0)
        }

        package var isCurrent: Bool { flags & 1 != 0 }
        package var isUpcoming: Bool { flags & 2 != 0 }
        package var isArchived: Bool { flags & 8 != 0 }
        private var isLiving: Bool { flags & 4 != 0 }

        /// Somebody archived, or without an open assignment, who lives or will live here by the PMS, has no unit;
        /// whom the PMS does not say that of is past.
        package var standing: Standing {
            if isCurrent { return .current }
            if isUpcoming { return .upcoming }
            if isArchived { return .archived }
            return isLiving ? .unplaced : .past
        }

        /// Whether a list of that choice shows them; who moves within the property is current and upcoming.
        package func isShown(in show: Show) -> Bool {
            switch show {
            case .all: true
            case .current: isCurrent
            case .upcoming: isUpcoming
            case .past: standing == .past
            case .archived: isArchived
            case .unplaced: standing == .unplaced
            }
        }
    }

    let revision: Int
    let madeAt: Timestamp
    /// By last name, then first name.
    package let entries: [Entry]

    init(_ members: [PropertyPeople.Member], revision: Int, at now: Timestamp) {
        self.revision = revision
        madeAt = now
        entries = members.map { Entry($0) }.sorted { $0.key < $1.key }
    }

    /// Whom a search finds, in the order of the list.
    package func found(_ sought: SoughtText) -> [Entry] {
        if sought.isEmpty { return entries }
        return entries.filter { sought.matches(name: $0.name, email: $0.email) }
    }
}

/// Keeps the indexes of the properties looked at last.
///
/// An index is true as long as its property's revision is what it was; what a sync of another property changes
/// about somebody who belongs to both shows within a minute.
actor PeopleIndexes {
    private static let longestMilliseconds: Int64 = 60_000
    /// How many people are kept in all: some 25 MB.
    private static let mostPeople = 100_000

    private var indexes: [(property: PropertyID, index: PeopleIndex)] = []

    init() {}

    func index(of property: PropertyID, revision: Int, at now: Timestamp) -> PeopleIndex? {
        let place = indexes.firstIndex { $0.property == property }
        guard let place else { return nil }
        let known = indexes.remove(at: place)
        let age = now.milliseconds - known.index.madeAt.milliseconds
        guard known.index.revision == revision, (0..<Self.longestMilliseconds).contains(age) else {
            return nil
        }
        indexes.append(known)
        return known.index
    }

    func keep(_ index: PeopleIndex, of property: PropertyID) {
        indexes.removeAll { $0.property == property }
        indexes.append((property, index))
        var people = indexes.reduce(0) { $0 + $1.index.entries.count }
        while people > Self.mostPeople, indexes.count > 1 {
            people -= indexes.removeFirst().index.entries.count
        }
    }
}
