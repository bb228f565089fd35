import Reconciliation

extension AlertDraft.Kind {
    /// Whether the addresses are what somebody must see to decide.
    var isAboutEmail: Bool {
        switch self {
        case .emailMismatch, .duplicateEmails, .duplicateAccounts, .nameMismatch: true
        default: false
        }
    }

    /// What the kind is, for somebody who sees it for the first time.
    var about: String {
        switch self {
        case .heldPlan:
            "A sync would take more people out of units than is usual, so nothing of it was done."
        case .connectionFailing: "The PMS cannot be read; everybody stays as they are."
        case .dataIsOld: "What is known of the PMS is old; nobody moves in on it."
        case .duplicateAccounts:
            "The PMS has somebody with the name of a person here, and another e-mail address."
        case .duplicateEmails: "Several people of the PMS share one e-mail address."
        case .nameMismatch: "A record has the e-mail address of a person here, and another name."
        case .emailMismatch:
            "The PMS changed an e-mail address; the account here keeps the old one until you say."
        case .missingEmail: "Without an e-mail address nobody can be brought in."
        case .unmappedUnit: "Residents wait on a PMS unit that is no unit here yet."
        case .pmsUnitVanished:
            "A mapped PMS unit left the PMS's list; its residents stay where they are."
        case .pmsUnitRenamed: "A mapped PMS unit has another name in the PMS now."
        case .unknownStatus: "The PMS uses a lease status that means nothing here yet."
        case .moveOutOverdue: "A move-out day has passed, and the PMS still says they live there."
        case .backToApplicant: "The PMS made a resident an applicant again."
        case .manualAssignment: "Somebody was put into a unit by hand, and the PMS says otherwise."
        }
    }
}

extension WayOut {
    /// What choosing it does, as a sentence.
    var effect: String {
        switch self {
        case .approve: "Does what the plan shows, these removals and no others."
        case .applyWithoutRemovals:
            "Does the rest now; those to be removed stay while the PMS says the same."
        case .discard: "Does nothing; the same plan stays held without a new alert."
        case .merge: "It is the same person: the record is linked to the account here."
        case .createSeparate: "It is somebody else: a new account is made."
        case .chooseHolder: "The one chosen gets the account of that address; the others wait."
        case .keepOurs:
            "Keeps what stands here until the PMS says something else; nobody loses a unit."
        case .handOverEmail:
            "The person here is archived without the address; the newcomer gets a new account with it."
        case .usePMSEmail: "The same account, its history and its units, under the new address."
        case .map: "Residents follow with the next sync."
        case .importUnit: "Makes a unit of it and maps it."
        case .ignore: "Nobody is assigned through it."
        case .keep:
            "Leaves things as they are until the PMS says something else; nobody loses a unit."
        case .remap: "Another unit: its residents move with the next sync."
        case .removeMapping: "Nobody is assigned through it any more."
        case .exclude: "Nobody with that word is brought in or updated; endings go on."
        case .endNow: "Ends the assignment today."
        case .followPMS: "Does what the PMS says instead of what was done by hand."
        case .keepUntil: "Keeps what was done by hand until the end of that day."
        }
    }
}
