import ConnectorKit
import LintelModel
import Reconciliation
import Storage

/// What a run asks the PMS.
extension PropertySync {
    /// Reads each attached PMS property: what changed since the time given for it, else everything.
    func readSnapshots(
        _ attachments: [Attachments.Attached],
        _ changesSince: [AttachmentID: Timestamp]
    ) async throws -> [AttachmentIntake] {
        var intakes: [AttachmentIntake] = []
        for attachment in attachments {
            let connector = try await environment.connector(attachment.connection)
            if let since = changesSince[attachment.id],
                let changes = try await ChangesReader.read(
                    attachment,
                    since: since,
                    through: connector,
                    from: environment.database,
                    at: environment.now
                )
            {
                intakes.append(changes)
                continue
            }
            intakes.append(
                try await SnapshotReader.read(
                    attachment,
                    through: connector,
                    from: environment.database,
                    at: environment.now
                ) { [observer, property] bytes in
                    observer.happened(.page(property, bytes: bytes))
                }
            )
        }
        return intakes
    }

    /// Asks the PMS for each resident whose second absence would count in this plan.
    ///
    /// - Returns: whether anything was learned that the plan must know.
    func inquire(
        about input: PlanningInput,
        _ intakes: inout [AttachmentIntake]
    ) async throws -> Bool {
        var learned = false
        for index in intakes.indices where intakes[index].isComplete {
            let attachment = intakes[index].attachment
            let confirmed = input.now.adding(
                minutes: -input.property.settings.absenceMinutes
            )
            let missing = input.records.values.filter { record in
                guard record.attachment == attachment.id, record.sighting == .notListed,
                    let known = record.known, known.endedOn == nil, known.movesTo == nil,
                    let since = known.missingSince
                else { return false }
                let resident = ResidentKey(
                    connection: record.connection,
                    resident: known.stated.key.resident
                )
                return since <= confirmed && input.links[resident] != nil
            }
            let residents = Set(missing.compactMap { $0.known?.stated.key.resident }).sorted()
            guard !residents.isEmpty else { continue }
            let connector = try await environment.connector(attachment.connection)
            guard
                let answer = try await connector.residencies(
                    of: residents,
                    in: attachment.pmsProperty
                )
            else { continue }
            intakes[index].add(answer)
            learned = learned || !answer.residencies.isEmpty || !answer.unreadable.isEmpty
        }
        return learned
    }
}
