import LintelModel

/// Who is who: decides for each PMS resident whether it is somebody here, somebody new, or waits.
///
/// The first row that fits decides, residents in the order of their ids, each seeing what those before
/// it brought in.
extension PlanDraft {
    mutating func decideWhoIsWho() {
        let neighbours = Neighbours(self)
        for resident in order where links[resident] == nil {
            guard let records = residents[resident],
                let record = records.filter({ $0.sighting == .listed && $0.isCandidate })
                    .min(by: RecordPlan.leads)
            else { continue }
            decide(resident, record, neighbours)
        }
    }

    private mutating func decide(
        _ resident: ResidentKey,
        _ record: RecordPlan,
        _ neighbours: Neighbours
    ) {
        guard let email = record.emailKey else {
            wait(resident, .missingEmail, "has no e-mail address in the PMS")
            return
        }
        let holder = holders[email].flatMap { people[$0] }
        if let holder, holder.nameKey == record.nameKey {
            link(resident, to: holder, record)
            return
        }
        let sharing = neighbours.candidates(email: email).filter {
            $0.resident != resident && $0.name != record.nameKey
        }
        if !sharing.isEmpty {
            let all = Set(sharing.map(\.resident.resident) + [resident.resident]).sorted()
            wait(
                resident,
                .duplicateEmails,
                subject: ContentHash(of: [email]).text,
                "\(all.count) residents of the PMS share one e-mail address under different names",
                all
            )
            return
        }
        if holder != nil {
            wait(
                resident,
                .nameMismatch,
                "has the e-mail address of a person here under another name"
            )
            return
        }
        if lookalike(of: record, resident, neighbours) {
            wait(
                resident,
                .duplicateAccounts,
                "has the name of a person here under another e-mail address"
            )
            return
        }
        bringIn(resident, record, email)
    }

    private mutating func link(_ resident: ResidentKey, to person: Person, _ record: RecordPlan) {
        let link = ResidentLink(resident: resident, person: person.id)
        links[resident] = link
        changedLinks.insert(resident)
        personChanges.append(
            PlannedChange(
                .link(link),
                because: Reason(
                    .samePerson,
                    "PMS resident \(resident.resident) has the name and e-mail address of this person"
                ),
                source: record.key
            )
        )
    }

    private mutating func bringIn(_ resident: ResidentKey, _ record: RecordPlan, _ email: String) {
        let person = Person(
            id: ids.next(at: input.now),
            firstName: record.stated.firstName,
            lastName: record.stated.lastName,
            email: record.stated.email,
            phone: record.stated.phone
        )
        people[person.id] = person
        holders[email] = person.id
        links[resident] = ResidentLink(resident: resident, person: person.id)
        changedLinks.insert(resident)
        personChanges.append(
            PlannedChange(
                .person(before: nil, after: person),
                because: Reason(
                    .newResident,
                    "PMS resident \(resident.resident) is \(record.stated.statusWord) and nobody here "
                        + "has this name or e-mail address"
                ),
                source: record.key
            )
        )
    }

    private mutating func wait(
        _ resident: ResidentKey,
        _ kind: AlertDraft.Kind,
        subject: String? = nil,
        _ why: String,
        _ all: [PMSResidentID]? = nil
    ) {
        let subject = subject ?? "\(resident.connection) \(resident.resident)"
        let detail = all == nil ? "PMS resident \(resident.resident) \(why)" : why
        let alert = AlertDraft(
            kind,
            subject: subject,
            detail: detail,
            residents: all ?? [resident.resident]
        )
        if !alerts.contains(alert) { raise(alert) }
        for index in (residents[resident] ?? []).indices {
            residents[resident]?[index].revisitEveryRun()
        }
    }

    /// Whether somebody of that name is here who may well be the same person: by hand, gone from the PMS,
    /// or with the same phone or unit.
    private func lookalike(
        of record: RecordPlan,
        _ resident: ResidentKey,
        _ neighbours: Neighbours
    ) -> Bool {
        for other in neighbours.named(record.nameKey) where other.resident != resident {
            guard let link = links[other.resident], let person = people[link.person] else {
                continue
            }
            let own = neighbours.records(of: link.person, links)
            if !own.contains(where: \.isCandidate) { return true }
            if let phone = record.stated.phone, phone == person.phone { return true }
            if own.contains(where: {
                $0.key.residency.unit != nil && $0.key.residency.unit == record.key.residency.unit
            }) {
                return true
            }
        }
        return neighbours.handMade(record.nameKey)
    }
}

/// Who else has an e-mail address or a name among all records in question, found by either.
struct Neighbours {
    struct Candidate {
        let resident: ResidentKey
        let name: String
    }

    private var byEmail: [String: [Candidate]] = [:]
    private var byName: [String: [Candidate]] = [:]
    private var byPerson: [PersonID: [RecordPlan]] = [:]
    private var handMadeNames: Set<String> = []

    init(_ draft: PlanDraft) {
        for resident in draft.order {
            for record in draft.residents[resident] ?? [] {
                let candidate = Candidate(resident: resident, name: record.nameKey)
                byName[record.nameKey, default: []].append(candidate)
                if record.isCandidate, record.sighting != .notAsked, let email = record.emailKey {
                    byEmail[email, default: []].append(candidate)
                }
                if let link = draft.links[resident] {
                    byPerson[link.person, default: []].append(record)
                }
            }
        }
        for person in draft.people.values where byPerson[person.id] == nil {
            handMadeNames.insert(person.nameKey)
        }
    }

    func candidates(email: String) -> [Candidate] { byEmail[email] ?? [] }

    func named(_ name: String) -> [Candidate] { byName[name] ?? [] }

    func records(of person: PersonID, _ links: [ResidentKey: ResidentLink]) -> [RecordPlan] {
        byPerson[person] ?? []
    }

    /// Whether somebody of that name is here whom no PMS record speaks for.
    func handMade(_ name: String) -> Bool { handMadeNames.contains(name) }
}

extension RecordPlan {
    /// First and last name, folded for comparison.
    var nameKey: String { PersonName.key(stated.firstName, stated.lastName) }

    /// The e-mail address, folded for comparison.
    var emailKey: String? { stated.email.map(Folding.email) }
}

extension Person {
    /// First and last name, folded for comparison.
    package var nameKey: String { PersonName.key(firstName, lastName) }
}
