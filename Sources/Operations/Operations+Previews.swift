package import LintelModel
import Storage
package import SyncEngine

/// What runs would do, asked for by a page.
extension Operations {
    private struct Unwatched: SyncObserver {
        func happened(_ event: SyncEvent) {}
    }

    /// What the sync would do that follows when User Sync and Unit Sync are turned on; nothing is written but
    /// that the preview was made.
    package func previewOfTurningOn(_ property: Property) async throws -> RunReport {
        var property = property
        property.settings.userSync = true
        property.settings.unitSync = true
        return try await preview(.preview, of: property)
    }

    /// What a sync would do now, of everybody or of one resident alone.
    package func previewOfSync(
        of resident: PMSResidentID?,
        at property: Property
    ) async throws -> RunReport {
        try await preview(
            resident.map { .part(.resident($0), isPreview: true) } ?? .preview,
            of: property
        )
    }

    /// What an undo would do, and what it would leave as it is.
    package func previewOfUndo(_ run: RunID, of property: Property) async throws -> RunReport {
        try await preview(.undo(run, isPreview: true), of: property)
    }

    func preview(_ job: SyncJob, of property: Property) async throws -> RunReport {
        let reports = await SyncEngine(environment).sync(
            [property],
            job: job,
            observer: Unwatched()
        )
        guard let report = reports.first else {
            throw OperationError("the preview was stopped before it was done; ask for it again")
        }
        return report
    }
}
