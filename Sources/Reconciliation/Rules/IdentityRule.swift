import LintelModel

/// Who is who: decides for each PMS resident whether it is somebody here, somebody new, or waits.
///
/// The first row that fits decides, residents in the order of their ids, each seeing what those before
/// it brought in.
extension PlanDraft {
    mutating func decideWhoIsWho() {
        guard residents.contains(where: { $0.link == nil && $0.candidate != nil }) else { return }
        linkKnownPeople()
        var neighbours = Neighbours(self)
        // Those somebody decided about come first: the others are compared with what became of them.
        let decided =
            input.pins.isEmpty
            ? []
            : residents.filter { resident in
                [AlertDraft.Kind.nameMismatch, .duplicateAccounts].contains {
                    input.pins[Pin.Cause(Pin.Topic($0), Fact.subject(resident.key))] != nil
                }
            }
        decide(decided, &neighbours)
        if !decided.isEmpty {
            updateNewlyLinked()
            neighbours = Neighbours(self)
        }
        decide(residents, &neighbours)
    }

    private mutating func decide(_ residents: [ResidentPlan], _ neighbours: inout Neighbours) {
        for resident in residents where resident.link == nil {
            guard let record = resident.candidate else { continue }
            decide(resident, record, neighbours)
            if let link = resident.link { neighbours.note(resident.records, link.person) }
        }
    }

    /// Links whoever is, by name and address, somebody already here: before anybody is compared with these people
    /// by name alone.
    private mutating func linkKnownPeople() {
        guard !people.isEmpty else { return }
        for resident in residents where resident.link == nil {
            guard let record = resident.candidate, record.sighting == .listed,
                let email = record.emailKey,
                let holder = holders[email].flatMap({ people[$0] }),
                holder.nameKey == record.nameKey, !isPinnedOut(resident)
            else { continue }
            linkToNamesake(resident, holder, record)
        }
    }

    private mutating func linkToNamesake(
        _ resident: ResidentPlan,
        _ holder: Person,
        _ record: RecordPlan
    ) {
        let sentence =
            "PMS resident \(resident.key.resident) has the name and e-mail address of this person"
        link(resident, to: holder, record, Reason(.samePerson, sentence))
    }

    private mutating func decide(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ neighbours: Neighbours
    ) {
        if isPinnedOut(resident) { return }
        guard let email = record.emailKey else {
            wait(resident, record, .missingEmail, "has no e-mail address in the PMS", [])
            return
        }
        let holder = holders[email].flatMap { people[$0] }
        if let holder, holder.nameKey == record.nameKey {
            if record.sighting == .listed { linkToNamesake(resident, holder, record) }
            return
        }
        let sharing = neighbours.candidates(email: email)
        if sharing.contains(where: { $0.resident != resident.key && $0.name != record.nameKey }) {
            if isChosen(resident, record, email, sharing, hasHolder: holder != nil) { return }
            resident.revisitEveryRun()
            wait(resident, on: holder.map { [$0.id] } ?? [], record)
            return
        }
        if let holder {
            if settleName(resident, record, email, holder) { return }
            wait(resident, on: [holder.id], record)
            return
        }
        let lookalikes = lookalikes(of: record, neighbours)
        if !lookalikes.isEmpty {
            if settleAccount(resident, record, email, lookalikes) { return }
            wait(resident, on: lookalikes, record)
            return
        }
        if record.sighting == .listed { bringIn(resident, record, email) }
    }

    /// Whether an undo left the resident out until the PMS says something else.
    private mutating func isPinnedOut(_ resident: ResidentPlan) -> Bool {
        guard !input.pins.isEmpty else { return false }
        let fact = Fact.resident(resident.records.map(\.afterwards))
        return decision(on: .newcomer, Fact.subject(resident.key), fact: fact) != nil
    }

    // MARK: Decisions

    /// Brings in the one who was chosen among those who share an address; asks where nobody was.
    private mutating func isChosen(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ email: String,
        _ sharing: [Neighbours.Candidate],
        hasHolder: Bool
    ) -> Bool {
        let subject = ContentHash(of: [email]).text
        let all = Set(sharing.map(\.resident.resident)).sorted()
        let fact = ContentHash(
            of: Set(sharing.map { "\($0.resident.resident) \($0.name)" }).sorted()
        ).text
        let pin = decision(on: Pin.Topic(.duplicateEmails), subject, fact: fact)
        if let pin, pin.action == .chooseHolder, !hasHolder,
            pin.value == resident.key.resident.text, record.sighting == .listed
        {
            spend(pin)
            bringIn(
                resident,
                record,
                email,
                Reason(
                    .decided,
                    "PMS resident \(resident.key.resident) was chosen to hold the e-mail address"
                )
            )
            return true
        }
        raise(
            AlertDraft(
                .duplicateEmails,
                subject: subject,
                detail: "\(all.count) residents of the PMS share one e-mail address under "
                    + "different names",
                residents: all,
                fact: fact,
                waysOut: hasHolder ? [] : [.chooseHolder]
            ),
            for: AlertCause(kind: .duplicateEmails, subject: subject)
        )
        return false
    }

    /// Does what was decided about a record whose address is somebody else's here; asks where nothing was.
    private mutating func settleName(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ email: String,
        _ holder: Person
    ) -> Bool {
        let fact = Fact.name(record.stated)
        let isHolderFree = standsNowhereElse(holder.id, nil)
        let pin = decision(on: .nameMismatch, of: resident, fact: fact)
        if let pin, record.sighting == .listed {
            let decided = Reason(
                .decided,
                "PMS resident \(resident.key.resident) was decided to be this person"
            )
            switch pin.action {
            case .merge:
                spend(pin)
                link(resident, to: holder, record, decided)
                return true
            case .keepOurs:
                link(resident, to: holder, record, decided)
                resident.keepsName = true
                resident.link?.accepted = AcceptedIdentity(
                    firstName: holder.firstName,
                    lastName: holder.lastName,
                    email: record.stated.email
                )
                return true
            case .handOverEmail where isHolderFree:
                spend(pin)
                archive(holder, withoutAddress: true, record)
                bringIn(
                    resident,
                    record,
                    email,
                    Reason(
                        .decided,
                        "PMS resident \(resident.key.resident) is somebody new, to whom the e-mail "
                            + "address was handed over"
                    )
                )
                return true
            default: break
            }
        }
        wait(
            resident,
            record,
            .nameMismatch,
            "has the e-mail address of a person here under another name",
            isHolderFree ? [.merge, .keepOurs, .handOverEmail] : [.merge, .keepOurs],
            fact: fact,
            about: holder.id
        )
        return false
    }

    /// Does what was decided about a record that looks like people here; asks where nothing was.
    private mutating func settleAccount(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ email: String,
        _ lookalikes: [PersonID]
    ) -> Bool {
        let fact = Fact.identity(record.stated)
        let pin = decision(on: .duplicateAccounts, of: resident, fact: fact)
        if let pin, record.sighting == .listed {
            switch pin.action {
            case .merge:
                let chosen =
                    pin.value.map { PersonID($0) } ?? (lookalikes.count == 1 ? lookalikes[0] : nil)
                guard let chosen, lookalikes.contains(chosen), let person = people[chosen] else {
                    break
                }
                spend(pin)
                let decided = Reason(
                    .decided,
                    "PMS resident \(resident.key.resident) was decided to be this person"
                )
                link(resident, to: person, record, decided)
                takeAddress(person, email, record, decided)
                return true
            case .createSeparate:
                spend(pin)
                bringIn(
                    resident,
                    record,
                    email,
                    Reason(
                        .decided,
                        "PMS resident \(resident.key.resident) was decided to be somebody else than "
                            + "the person of that name"
                    )
                )
                return true
            default: break
            }
        }
        var why = "has the name of a person here under another e-mail address"
        if lookalikes.count > 1 { why = "has the name of \(lookalikes.count) people here" }
        wait(
            resident,
            record,
            .duplicateAccounts,
            why + ": " + lookalikes.map(\.text).joined(separator: ", "),
            [.merge, .createSeparate],
            fact: fact,
            about: lookalikes.count == 1 ? lookalikes[0] : nil
        )
        return false
    }

    private mutating func takeAddress(
        _ person: Person,
        _ email: String,
        _ record: RecordPlan,
        _ reason: Reason
    ) {
        hold(email, insteadOf: person.email, person.id)
        var after = person
        after.email = record.stated.email
        change(person, to: after, reason, source: record)
    }

    // MARK: Outcomes

    private mutating func link(
        _ resident: ResidentPlan,
        to person: Person,
        _ record: RecordPlan,
        _ reason: Reason
    ) {
        let link = ResidentLink(resident: resident.key, person: person.id)
        self.link(resident, link)
        personChanges.append(
            PlannedChange(
                .link(before: nil, after: link),
                because: reason,
                source: record.key
            )
        )
    }

    private mutating func bringIn(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ email: String,
        _ decided: Reason? = nil
    ) {
        let person = newPerson(record, email)
        link(resident, ResidentLink(resident: resident.key, person: person.id))
        resident.noteMade()
        personChanges.append(
            PlannedChange(
                .person(before: nil, after: person),
                because: decided
                    ?? Reason(
                        .newResident,
                        "PMS resident \(resident.key.resident) is \(record.stated.statusWord) and "
                            + "nobody here has this name or e-mail address"
                    ),
                source: record.key
            )
        )
    }

    private mutating func wait(
        _ resident: ResidentPlan,
        _ record: RecordPlan,
        _ kind: AlertDraft.Kind,
        _ why: String,
        _ ways: [WayOut],
        fact: String = "",
        about person: PersonID? = nil
    ) {
        raise(
            AlertDraft(
                kind,
                subject: Fact.subject(resident.key),
                detail: "PMS resident \(resident.key.resident) \(why)",
                residents: [resident.key.resident],
                fact: fact,
                waysOut: ways,
                person: person
            )
        )
        resident.revisitEveryRun()
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
        // Nearly everybody has a name, an address and a person of their own.
        let most = max(draft.residents.count, draft.people.count)
        byEmail.reserveCapacity(most)
        byName.reserveCapacity(most)
        byPerson.reserveCapacity(most)
        for resident in draft.residents {
            let person = resident.link?.person
            for record in resident.records {
                if record.isCandidate, record.sighting != .notAsked, let email = record.emailKey {
                    byEmail[email, default: []]
                        .append(Candidate(resident: resident.key, name: record.nameKey))
                }
            }
            if let person { add(resident.records, person) }
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
        guard add(records, person), let name = records.first?.nameKey,
            byName[name]?.contains(person) != true
        else { return }
        byName[name, default: []].append(person)
    }

    /// - Returns: whether they are the first of that person.
    @discardableResult
    private mutating func add(_ records: [RecordPlan], _ person: PersonID) -> Bool {
        guard byPerson[person] == nil else {
            byPerson[person]?.append(contentsOf: records)
            return false
        }
        byPerson[person] = records
        return true
    }
}
