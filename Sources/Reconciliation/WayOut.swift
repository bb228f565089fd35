/// A way out of an alert, named as a person chooses it.
package enum WayOut: String, Sendable, Codable, CaseIterable {
    case approve
    case applyWithoutRemovals = "apply-without-removals"
    case discard
    case merge
    case createSeparate = "create-separate"
    case chooseHolder = "choose-holder"
    case keepOurs = "keep-ours"
    case handOverEmail = "hand-over-email"
    case usePMSEmail = "use-pms-email"
    case map
    case importUnit = "import"
    case ignore
    case keep
    case remap
    case removeMapping = "remove-mapping"
    case exclude
    case endNow = "end-now"
    case followPMS = "follow-pms"
    case keepUntil = "keep-until"

    /// The label under which people find it.
    package var title: String {
        switch self {
        case .approve: "Approve"
        case .applyWithoutRemovals: "Apply Without Removals"
        case .discard: "Discard"
        case .merge: "Merge"
        case .createSeparate: "Create Separate"
        case .chooseHolder: "Choose Holder"
        case .keepOurs: "Keep Ours"
        case .handOverEmail: "Hand Over E-mail"
        case .usePMSEmail: "Use PMS Email"
        case .map: "Map"
        case .importUnit: "Import"
        case .ignore: "Ignore"
        case .keep: "Keep"
        case .remap: "Remap"
        case .removeMapping: "Remove Mapping"
        case .exclude: "Exclude"
        case .endNow: "End Now"
        case .followPMS: "Follow PMS"
        case .keepUntil: "Keep Until"
        }
    }

    /// What a person must add to it; nil where the choice alone says everything.
    package func value(for kind: AlertDraft.Kind) -> String? {
        switch (self, kind) {
        case (.chooseHolder, _): "the PMS id of the resident who holds the address"
        case (.map, .unknownStatus):
            "what the word means: "
                + "applicant, future, current, notice, past, cancelled or evicted"
        case (.map, _), (.remap, _): "the unit, by name or id"
        case (.keepUntil, _): "the last day, as yyyy-mm-dd"
        default: nil
        }
    }
}
