import LintelModel

/// What a linked record may write to its person, and what waits for a decision.
///
/// Where several records are linked to one person, the leading one writes; the others state only their
/// residency.
extension PlanDraft {
    /// Writes what linked residents state, before anybody new is compared with them.
    ///
    /// All are judged first: a decision may take a record from its person, whom another one leads then.
    mutating func updatePeople() {
        var writers: [(resident: ResidentPlan, record: RecordPlan, verdict: Verdict)] = []
        for resident in residents {
            guard let link = resident.link, let record = resident.speaking else { continue }
            guard record.stated.role != .guarantor, !record.isExcluded else {
                rememberUnjudged(link, record, resident)
                continue
            }
            var verdict = judge(link, record, resident)
            if verdict.isSeparated { continue }
            verdict.keepsDetails = isPinned(record)
            remember(verdict, record, resident)
            guard !verdict.nameWaits || verdict.takesEmail, record.sighting == .listed else {
                continue
            }
            writers.append((resident, record, verdict))
        }
        let leading = leadingRecords(of: nil)
        for (resident, record, verdict) in writers {
            guard let person = resident.link?.person else { continue }
            let leads = leading[person]?.key == record.key && !verdict.nameWaits
            if leads || verdict.takesEmail { write(record, to: person, verdict, leads: leads) }
        }
        revisitUnseen(leading)
    }

    /// Has what leads a person without being seen now planned again once it is, where it would write something.
    private func revisitUnseen(_ leading: [PersonID: RecordPlan]) {
        for (id, record) in leading where record.sighting != .listed && record.isThere {
            guard record.stated.role != .guarantor, !record.isExcluded, let person = people[id]
            else { continue }
            let stated = record.stated
            if person.firstName != stated.firstName || person.lastName != stated.lastName
                || stated.phone != nil && person.phone != stated.phone
                || person.isArchived && record.isCandidate
            {
                record.revisitEveryRun()
            }
        }
    }

    /// Lets residents linked by this very plan write where they lead, and bring back whom they are.
    mutating func updateNewlyLinked() {
        let residents = residents.filter { $0.link != nil && !$0.wasLinked }
        // Who was just made of one record is what it states, unless somebody else is that person too; but each
        // decision is asked for, since one that nobody asks for counts as done.
        let unlike = residents.filter { !$0.isMadeOfOneRecord || !input.pins.isEmpty }
        let people = Set(unlike.compactMap(\.link?.person))
        guard !people.isEmpty else { return }
        let leading = leadingRecords(of: people)
        for resident in residents {
            guard let person = resident.link?.person, people.contains(person),
                let record = resident.speaking,
                record.sighting == .listed
            else { continue }
            var verdict = Verdict(accepted: AcceptedIdentity(record.stated))
            verdict.keepsName = resident.keepsName
            verdict.keepsDetails = isPinned(record)
            write(record, to: person, verdict, leads: leading[person]?.key == record.key)
        }
        revisitUnseen(leading)
    }

    /// The record that speaks for each person, or for each of these.
    private func leadingRecords(of people: Set<PersonID>?) -> [PersonID: RecordPlan] {
        var leading: [PersonID: RecordPlan] = [:]
        leading.reserveCapacity(people?.count ?? residents.count)
        for resident in residents {
            guard let person = resident.link?.person, people?.contains(person) ?? true else {
                continue
            }
            for record in resident.records {
                if let best = leading[person], !RecordPlan.leads(record, best) { continue }
                leading[person] = record
            }
        }
        return leading
    }

    /// What a linked record may write, and what of it waits for a person or is kept as it is here.
    private struct Verdict {
        /// Who the record was when it was last accepted.
        var accepted: AcceptedIdentity
        var nameWaits = false
        var keepsName = false
        var emailWaits = false
        var keepsEmail = false
        /// Whether a person decided that the PMS's address takes the place of ours.
        var takesEmail = false
        /// Whether an undo keeps name and phone here as they are.
        var keepsDetails = false
        /// Whether the record became another person's in this plan.
        var isSeparated = false
    }

    /// Compares who the record is now with who it was when it was last accepted, and with what was decided
    /// about the difference.
    private mutating func judge(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ resident: ResidentPlan
    ) -> Verdict {
        let stated = record.stated
        var verdict = Verdict(accepted: accepted(link, record, resident.records))
        let accepted = verdict.accepted
        let firstChanged = Folding.name(accepted.firstName) != Folding.name(stated.firstName)
        let lastChanged = Folding.name(accepted.lastName) != Folding.name(stated.lastName)
        // An address the PMS drops is kept here, and is no other when it comes back: nobody is told apart by
        // having none.
        let known = accepted.email ?? people[link.person]?.email
        let emailChanged = stated.email != nil && known.map(Folding.email) != record.emailKey
        let naming =
            firstChanged || lastChanged
            ? decision(on: .nameMismatch, of: resident, fact: Fact.name(stated)) : nil
        verdict.keepsName = naming?.action == .keepOurs
        var isSamePerson = false
        if emailChanged {
            verdict.emailWaits = true
            let pin = decision(on: .emailMismatch, of: resident, fact: Fact.email(stated))
            switch pin?.action {
            case .usePMSEmail
            where record.sighting == .listed && isFree(record.emailKey, for: link.person):
                (verdict.emailWaits, verdict.takesEmail, isSamePerson) = (false, true, true)
                spend(pin)
                hold(record.emailKey, insteadOf: people[link.person]?.email, link.person)
            case .keepOurs:
                (verdict.emailWaits, verdict.keepsEmail, isSamePerson) = (false, true, true)
            case .createSeparate where mayHandOver(record, resident, needsFreeAddress: true):
                spend(pin)
                separate(resident, record, from: link, takingAddress: false)
                verdict.isSeparated = true
                return verdict
            default: break
            }
        }
        let isSomebodyElse = firstChanged && lastChanged
        let isUnclear = emailChanged && !isSamePerson && (firstChanged || lastChanged)
        guard !verdict.keepsName, isSomebodyElse || isUnclear else {
            // The name is written, or nothing is said about it.
            if !verdict.keepsName, record.sighting == .listed { spend(naming) }
            return verdict
        }
        verdict.nameWaits = true
        switch naming?.action {
        case .merge where record.sighting == .listed:
            verdict.nameWaits = false
            spend(naming)
        case .handOverEmail
        where !emailChanged && standsNowhereElse(link.person, resident)
            && mayHandOver(record, resident, needsFreeAddress: false):
            spend(naming)
            separate(resident, record, from: link, takingAddress: true)
            verdict.isSeparated = true
        default: break
        }
        return verdict
    }

    private func accepted(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ records: [RecordPlan]
    ) -> AcceptedIdentity {
        link.accepted
            ?? record.known.map { AcceptedIdentity($0.stated) }
            ?? records.filter { $0.known != nil }.min(by: RecordPlan.leads)?.known
            .map { AcceptedIdentity($0.stated) }
            ?? people[link.person].map {
                AcceptedIdentity(firstName: $0.firstName, lastName: $0.lastName, email: $0.email)
            } ?? AcceptedIdentity(record.stated)
    }

    /// Whether nobody else has that address.
    private func isFree(_ email: String?, for person: PersonID) -> Bool {
        guard let email, let holder = holders[email] else { return true }
        return holder == person
    }

    /// Keeps what was last accepted of a record that says nothing now, so that it is judged by that once it does.
    private func rememberUnjudged(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ resident: ResidentPlan
    ) {
        let accepted = accepted(link, record, resident.records)
        if link.accepted == nil, accepted != AcceptedIdentity(record.stated) {
            resident.link?.accepted = accepted
        }
    }

    /// Keeps what was last accepted where something waits or is kept, and asks about what waits.
    private mutating func remember(
        _ verdict: Verdict,
        _ record: RecordPlan,
        _ resident: ResidentPlan
    ) {
        guard let link = resident.link else { return }
        let stated = record.stated
        resident.isFrozen = verdict.nameWaits
        var accepted: AcceptedIdentity?
        if verdict.nameWaits || verdict.keepsName || verdict.emailWaits || verdict.keepsEmail {
            let keepsName = verdict.nameWaits || verdict.keepsName
            let keepsEmail = verdict.emailWaits || verdict.keepsEmail
            accepted = AcceptedIdentity(
                firstName: keepsName ? verdict.accepted.firstName : stated.firstName,
                lastName: keepsName ? verdict.accepted.lastName : stated.lastName,
                email: keepsEmail ? verdict.accepted.email : stated.email
            )
            resident.revisitEveryRun()
        }
        if link.accepted != accepted { resident.link?.accepted = accepted }
        if verdict.nameWaits { askAboutName(link, record, resident, verdict) }
        if verdict.emailWaits { askAboutEmail(link, record, resident, verdict) }
    }

    private mutating func askAboutName(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ resident: ResidentPlan,
        _ verdict: Verdict
    ) {
        var ways: [WayOut] = [.merge, .keepOurs]
        if !verdict.emailWaits, standsNowhereElse(link.person, resident) {
            ways.append(.handOverEmail)
        }
        raise(
            AlertDraft(
                .nameMismatch,
                subject: Fact.subject(resident.key),
                detail:
                    "PMS resident \(resident.key.resident) has another name in the PMS than here: "
                    + "the record may be somebody else's now",
                residents: [resident.key.resident],
                fact: Fact.name(record.stated),
                waysOut: ways,
                person: link.person
            )
        )
    }

    private mutating func askAboutEmail(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ resident: ResidentPlan,
        _ verdict: Verdict
    ) {
        var detail = "PMS resident \(resident.key.resident) has another e-mail address "
        detail +=
            verdict.nameWaits ? "and another name in the PMS than here" : "in the PMS than here"
        var ways: [WayOut] = [.usePMSEmail, .createSeparate, .keepOurs]
        if !isFree(record.emailKey, for: link.person) {
            let holder = record.emailKey.flatMap { holders[$0] }?.text ?? ""
            detail += "; the address is that of person \(holder) here"
            ways = [.keepOurs]
        }
        raise(
            AlertDraft(
                .emailMismatch,
                subject: Fact.subject(resident.key),
                detail: detail,
                residents: [resident.key.resident],
                fact: Fact.email(record.stated),
                waysOut: ways,
                person: link.person
            )
        )
    }

    /// Notes that a person has another address from now on.
    mutating func hold(_ email: String?, insteadOf old: String?, _ person: PersonID) {
        if let old = old.map(Folding.email), holders[old] == person { holders[old] = nil }
        if let email { holders[email] = person }
    }

    private mutating func write(
        _ record: RecordPlan,
        to id: PersonID,
        _ verdict: Verdict,
        leads: Bool
    ) {
        guard let before = people[id] else { return }
        var after = before
        if leads, !verdict.keepsDetails {
            if !verdict.keepsName {
                after.firstName = record.stated.firstName
                after.lastName = record.stated.lastName
            }
            if let phone = record.stated.phone { after.phone = phone }
        }
        if verdict.takesEmail { after.email = record.stated.email }
        if before.isArchived && record.isCandidate && !isKeptArchived(id) {
            after.isArchived = false
        }
        change(
            before,
            to: after,
            Reason(
                verdict.takesEmail ? .decided : .detailsChanged,
                "PMS resident \(record.key.residency.resident) has other details in the PMS"
            ),
            source: record
        )
    }

    /// Whether what this record states was undone, and is to stay so until it states something else.
    private mutating func isPinned(_ record: RecordPlan) -> Bool {
        guard !input.pins.isEmpty else { return false }
        let subject = Fact.subject(record.resident)
        return decision(on: .details, subject, fact: Fact.details(record.stated)) != nil
    }

    /// Whether somebody archived the person while the PMS said what it says now.
    private mutating func isKeptArchived(_ person: PersonID) -> Bool {
        guard !input.pins.isEmpty else { return false }
        let own = linkedResidents(of: person).flatMap(\.records)
        let fact = Fact.stay(own.map(\.afterwards))
        return decision(on: .archived, person.text, fact: fact) != nil
    }

    /// Plans a person's change, on top of the one this plan holds already.
    mutating func change(
        _ before: Person,
        to changed: Person,
        _ reason: @autoclosure () -> Reason,
        source: RecordPlan
    ) {
        guard changed != before else { return }
        var after = changed
        if let index = changedPeople[before.id],
            case .person(let first, _) = personChanges[index].change
        {
            people[before.id] = after
            personChanges[index].change = .person(before: first, after: after)
            return
        }
        after.version += 1
        people[before.id] = after
        changedPeople[before.id] = personChanges.count
        personChanges.append(
            PlannedChange(
                .person(before: before, after: after),
                because: reason(),
                source: source.key
            )
        )
    }
}
