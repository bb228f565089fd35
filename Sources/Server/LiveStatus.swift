import HTTPAPI
import LintelModel
import Operations
import SQLEngine
import Storage

/// What a running server says of itself: its database, its counters, and how old each property's data is.
struct LiveStatus: ServerStatus {
    let operations: Operations
    let counters: SyncMetrics

    func hindrance() async -> String? {
        do {
            _ = try await operations.database.read { connection in
                try connection.first("select 1") { try $0.integer(0) }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }

    func metrics() async throws -> String {
        let now = operations.now
        var text = counters.text()
        text +=
            "# HELP lintel_property_data_age_seconds Time since the last good read of the PMS.\n"
        text += "# TYPE lintel_property_data_age_seconds gauge\n"
        for listed in try await operations.properties() where listed.property.settings.userSync {
            guard let last = listed.lastSync else { continue }
            let age = max(0, now.milliseconds - last.milliseconds) / 1000
            text += "lintel_property_data_age_seconds{property=\"\(listed.property.id)\"} \(age)\n"
        }
        return text
    }
}
