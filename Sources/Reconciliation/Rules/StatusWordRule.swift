import LintelModel

/// A status word that nobody has given a meaning changes nothing; each such word is listed once.
extension PlanDraft {
    mutating func listUnknownWords() {
        var waiting: [String: [PMSResidentID]] = [:]
        for resident in residents {
            for record in resident.records
            where record.isThere && record.status == .unknown && !record.isExcluded {
                record.revisitEveryRun()
                waiting[record.stated.statusWord, default: []].append(resident.key.resident)
            }
        }
        for (word, residents) in waiting {
            let all = Set(residents).sorted()
            raise(
                AlertDraft(
                    .unknownStatus,
                    subject: word,
                    detail: "the status word “\(word)” has no meaning here yet; \(all.count) "
                        + (all.count == 1 ? "resident has it" : "residents have it"),
                    residents: all,
                    waysOut: [.map, .exclude]
                )
            )
        }
    }
}
