import LintelModel

/// Who is who: decides for each PMS resident whether it is somebody here, somebody new, or waits.
///
/// The first row that fits decides, residents in the order of their ids, each seeing what those before
/// it brought in.
extension PlanDraft {
    mutating func decideWhoIsWho() {
        var neighbours = Neighbours(self)
        for resident in residents where resident.link == nil {
            guard
                let record = resident.records.filter({ $0.isThere && $0.isCandidate })
                    .min(by: RecordPlan.speaks)
            else { continue }
            decide(resident, record, neighbours)
            if let link = resident.link { neighbours.note(resident.records, link.person) }
        }
    }

    private mutating func decide(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ neighbours: Neighbours
    ) {
        guard let email = record.emailKey else {
            wait(resident, .missingEmail, "has no e-mail address in the PMS")
            return
        }
        let holder = holders[email].flatMap { people[$0] }
        if let holder, holder.nameKey == record.nameKey {
            if record.sighting == .listed { link(resident, to: holder, record) }
            return
        }
        let sharing = neighbours.candidates(email: email)
        if sharing.contains(where: { $0.resident != resident.key && $0.name != record.nameKey }) {
            share(email, sharing)
            wait(resident, on: holder.map { [$0.id] } ?? [], record)
            return
        }
        if let holder {
            wait(
                resident,
                .nameMismatch,
                "has the e-mail address of a person here under another name"
            )
            wait(resident, on: [holder.id], record)
            return
        }
        let lookalikes = lookalikes(of: record, neighbours)
        if !lookalikes.isEmpty {
            wait(
                resident,
                .duplicateAccounts,
                "has the name of a person here under another e-mail address"
            )
            wait(resident, on: lookalikes, record)
            return
        }
        if record.sighting == .listed { bringIn(resident, record, email) }
    }

    private mutating func link(_ resident: ResidentPlan, to person: Person, _ record: RecordPlan) {
        let link = ResidentLink(resident: resident.key, person: person.id)
        resident.link = link
        personChanges.append(
            PlannedChange(
                .link(link),
                because: Reason(
                    .samePerson,
                    "PMS resident \(resident.key.resident) has the name and e-mail address of this person"
                ),
                source: record.key
            )
        )
    }

    private mutating func bringIn(_ resident: ResidentPlan, _ record: RecordPlan, _ email: String) {
        let person = Person(
            id: ids.next(at: input.now),
            firstName: record.stated.firstName,
            lastName: record.stated.lastName,
            email: record.stated.email,
            phone: record.stated.phone
        )
        people[person.id] = person
        holders[email] = person.id
        resident.link = ResidentLink(resident: resident.key, person: person.id)
        changedPeople[person.id] = personChanges.count
        personChanges.append(
            PlannedChange(
                .person(before: nil, after: person),
                because: Reason(
                    .newResident,
                    "PMS resident \(resident.key.resident) is \(record.stated.statusWord) and nobody here "
                        + "has this name or e-mail address"
                ),
                source: record.key
            )
        )
    }

    private mutating func wait(
        _ resident: ResidentPlan,
        _ kind: AlertDraft.Kind,
        _ why: String
    ) {
        raise(
            AlertDraft(
                kind,
                subject: "\(resident.key.connection) \(resident.key.resident)",
                detail: "PMS resident \(resident.key.resident) \(why)",
                residents: [resident.key.resident]
            )
        )
        resident.revisitEveryRun()
    }

    /// Raises one alert for everybody who shares an address under different names.
    private mutating func share(_ email: String, _ sharing: [Neighbours.Candidate]) {
        let subject = ContentHash(of: [email]).text
        raise(
            {
                let all = Set(sharing.map(\.resident.resident)).sorted()
                return AlertDraft(
                    .duplicateEmails,
                    subject: subject,
                    detail: "\(all.count) residents of the PMS share one e-mail address under "
                        + "different names",
                    residents: all
                )
            }(),
            for: AlertCause(kind: .duplicateEmails, subject: subject)
        )
    }

    /// A record that may be one of these people keeps their stay in its unit from ending meanwhile.
    private mutating func wait(
        _ resident: ResidentPlan,
        on people: [PersonID],
        _ record: RecordPlan
    ) {
        resident.revisitEveryRun()
        guard let unit = target(of: record) else { return }
        let firstName = Folding.name(record.stated.firstName)
        for person in people {
            awaited.insert(AwaitedStay(person: person, unit: unit, firstName: firstName))
        }
    }

    /// People of that name who may well be the same person: by hand, gone from the PMS, or with the same
    /// phone or unit.
    private func lookalikes(
        of record: RecordPlan,
        _ neighbours: Neighbours
    ) -> [PersonID] {
        neighbours.named(record.nameKey).filter { id in
            guard let person = people[id] else { return false }
            let own = neighbours.records(of: id)
            if !own.contains(where: \.isCandidate) { return true }
            if let phone = record.stated.phone, phone == person.phone { return true }
            return own.contains {
                $0.key.attachment == record.key.attachment && $0.key.residency.unit != nil
                    && $0.key.residency.unit == record.key.residency.unit
            }
        }
    }
}

/// Who else has an e-mail address or a name among all records in question, found by either.
struct Neighbours {
    struct Candidate {
        let resident: ResidentKey
        let name: String
    }

    private var byEmail: [String: [Candidate]] = [:]
    private var byName: [String: [PersonID]] = [:]
    private var byPerson: [PersonID: [RecordPlan]] = [:]

    init(_ draft: PlanDraft) {
        for resident in draft.residents {
            let person = resident.link?.person
            for record in resident.records {
                if record.isCandidate, record.sighting != .notAsked, let email = record.emailKey {
                    byEmail[email, default: []]
                        .append(Candidate(resident: resident.key, name: record.nameKey))
                }
                if let person { byPerson[person, default: []].append(record) }
            }
        }
        for person in draft.people.values.sorted(by: { $0.id < $1.id }) {
            byName[person.nameKey, default: []].append(person.id)
        }
    }

    /// Candidates of the property with that folded address.
    func candidates(email: String) -> [Candidate] { byEmail[email] ?? [] }

    /// People here with that folded name.
    func named(_ name: String) -> [PersonID] { byName[name] ?? [] }

    /// The residencies of a person; none for one who was entered by hand.
    func records(of person: PersonID) -> [RecordPlan] { byPerson[person] ?? [] }

    /// Takes in somebody whom this plan links.
    mutating func note(_ records: [RecordPlan], _ person: PersonID) {
        if byPerson[person] == nil, let name = records.first?.nameKey,
            byName[name]?.contains(person) != true
        {
            byName[name, default: []].append(person)
        }
        byPerson[person, default: []].append(contentsOf: records)
    }
}
