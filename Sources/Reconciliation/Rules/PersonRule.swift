import LintelModel

/// What a linked record may write to its person, and what waits for a decision.
///
/// Where several records are linked to one person, the leading one writes; the others state only their
/// residency.
extension PlanDraft {
    /// Writes what linked residents state, before anybody new is compared with them.
    mutating func updatePeople() {
        let leading = leadingRecords(of: nil)
        for resident in residents {
            guard let link = resident.link,
                let record = resident.records.filter(\.isThere).min(by: RecordPlan.speaks),
                record.stated.role != .guarantor
            else { continue }
            let verdict = judge(link, record, resident.records)
            remember(verdict, resident)
            switch verdict {
            case .accepted, .emailWaits:
                if record.sighting == .listed, leading[link.person]?.key == record.key {
                    write(record, to: link.person)
                }
            case .everythingWaits: break
            }
        }
    }

    /// Lets residents linked by this very plan write where they lead.
    mutating func updateNewlyLinked() {
        let residents = residents.filter { $0.link != nil && !$0.wasLinked }
        guard !residents.isEmpty else { return }
        let leading = leadingRecords(of: Set(residents.compactMap(\.link?.person)))
        for resident in residents {
            guard let person = resident.link?.person, let record = leading[person],
                record.resident == resident.key, record.sighting == .listed
            else { continue }
            write(record, to: person)
        }
    }

    /// The record that speaks for each person, or for each of these.
    private func leadingRecords(of people: Set<PersonID>?) -> [PersonID: RecordPlan] {
        var leading: [PersonID: RecordPlan] = [:]
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

    private enum Verdict: Equatable {
        case accepted
        case emailWaits(AcceptedIdentity)
        case everythingWaits(AcceptedIdentity, emailToo: Bool)
    }

    /// Compares who the record is now with who it was when it was last accepted.
    private func judge(
        _ link: ResidentLink,
        _ record: RecordPlan,
        _ records: [RecordPlan]
    ) -> Verdict {
        let accepted =
            link.accepted
            ?? record.known.map { AcceptedIdentity($0.stated) }
            ?? records.filter { $0.known != nil }.min(by: RecordPlan.leads)?.known
            .map { AcceptedIdentity($0.stated) }
            ?? people[link.person].map {
                AcceptedIdentity(firstName: $0.firstName, lastName: $0.lastName, email: $0.email)
            }
        guard let accepted else { return .accepted }
        let stated = record.stated
        let firstChanged = Folding.name(accepted.firstName) != Folding.name(stated.firstName)
        let lastChanged = Folding.name(accepted.lastName) != Folding.name(stated.lastName)
        // An address the PMS drops is kept here: nobody is told apart by having none.
        let emailChanged =
            stated.email != nil && accepted.email.map(Folding.email) != record.emailKey
        if firstChanged && lastChanged || emailChanged && (firstChanged || lastChanged) {
            return .everythingWaits(accepted, emailToo: emailChanged)
        }
        return emailChanged ? .emailWaits(accepted) : .accepted
    }

    private mutating func remember(_ verdict: Verdict, _ plan: ResidentPlan) {
        let resident = plan.key
        let accepted: AcceptedIdentity?
        let subject = "\(resident.connection) \(resident.resident)"
        switch verdict {
        case .accepted: accepted = nil
        case .emailWaits(let identity):
            accepted = identity
            raise(
                AlertDraft(
                    .emailMismatch,
                    subject: subject,
                    detail:
                        "PMS resident \(resident.resident) has another e-mail address in the PMS "
                        + "than here",
                    residents: [resident.resident]
                )
            )
        case .everythingWaits(let identity, let emailToo):
            accepted = identity
            plan.isFrozen = true
            raise(
                AlertDraft(
                    .nameMismatch,
                    subject: subject,
                    detail:
                        "PMS resident \(resident.resident) has another name in the PMS than here: "
                        + "the record may be somebody else's now",
                    residents: [resident.resident]
                )
            )
            if emailToo {
                raise(
                    AlertDraft(
                        .emailMismatch,
                        subject: subject,
                        detail: "PMS resident \(resident.resident) has another e-mail address and "
                            + "another name in the PMS than here",
                        residents: [resident.resident]
                    )
                )
            }
        }
        if plan.link?.accepted != accepted { plan.link?.accepted = accepted }
        if accepted != nil { plan.revisitEveryRun() }
    }

    private mutating func write(_ record: RecordPlan, to id: PersonID) {
        guard let before = people[id] else { return }
        var after = before
        after.firstName = record.stated.firstName
        after.lastName = record.stated.lastName
        if let phone = record.stated.phone { after.phone = phone }
        if before.isArchived && record.isCandidate { after.isArchived = false }
        guard after != before else { return }
        if let index = changedPeople[id], case .person(let first, _) = personChanges[index].change {
            people[id] = after
            personChanges[index].change = .person(before: first, after: after)
            return
        }
        after.version += 1
        people[id] = after
        changedPeople[id] = personChanges.count
        personChanges.append(
            PlannedChange(
                .person(before: before, after: after),
                because: Reason(
                    .detailsChanged,
                    "PMS resident \(record.key.residency.resident) has other details in the PMS"
                ),
                source: record.key
            )
        )
    }
}
