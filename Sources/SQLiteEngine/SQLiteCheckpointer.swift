import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Puts what was committed from the log into the database file, beside the writer.
///
/// Left to the writer alone, a checkpoint of a long log keeps everybody waiting for its pages and for the disk.
/// The writer waits for one only where the log has grown to its limit: a log begins anew once all of it is in the
/// file, which comes about for certain only while nobody adds to it.
///
/// Each checkpoint runs inside a read transaction of another connection, which keeps the log from beginning anew
/// until the checkpoint has ended. SQLite before 3.51.3 can corrupt the file where a log begins anew
/// while a checkpoint starts (<https://sqlite.org/wal.html#walresetbug>).
final class SQLiteCheckpointer: Sendable {
    /// After how many frames, pages in the log, another checkpoint is made: 32 MiB.
    private static var framesBetween: Int { 8_000 }
    /// With how many frames the writer waits for the checkpoint: 125 MiB.
    private static var framesAtMost: Int { 32_000 }

    private struct State {
        /// How long the log was when the last checkpoint was asked for, in frames.
        var frames = 0
        /// Whether a checkpoint is asked for that nobody waits for.
        var isAskedFor = false
        /// Used on ``queue`` alone.
        var connections: Connections?
        var isClosed = false
    }

    private struct Connections {
        let reader: DatabaseQueue
        let checkpoints: DatabaseQueue
    }

    private let path: String
    private let reading: Configuration
    private let checkpointing: Configuration
    /// Where checkpoints are made, one after the other.
    private let queue = DispatchQueue(label: "lintel.sqlite.checkpointer")
    private let state = Mutex(State())

    /// Prepares connections of these configurations, opened at the first checkpoint.
    init(path: String, reading: Configuration, checkpointing: Configuration) {
        self.path = path
        self.reading = reading
        self.checkpointing = checkpointing
    }

    /// Has SQLite tell how long the log is after each commit of this connection, in place of a checkpoint of its own.
    ///
    /// - Parameter writer: a connection that does not outlive the checkpointer.
    func watch(_ writer: Database) {
        unsafe sqlite3_wal_hook(
            writer.sqliteConnection,
            { checkpointer, _, _, frames in
                if let checkpointer = unsafe checkpointer {
                    unsafe Unmanaged<SQLiteCheckpointer>.fromOpaque(checkpointer)
                        .takeUnretainedValue()
                        .committed(frames: Int(frames))
                }
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Closes the connections; waits for a checkpoint that is being made.
    func close() throws {
        try queue.sync {
            let connections = state.withLock { state in
                state.isClosed = true
                defer { state.connections = nil }
                return state.connections
            }
            try connections?.reader.close()
            try connections?.checkpoints.close()
        }
    }

    /// Has a checkpoint made where the log has grown enough since the last; on the writer's thread, which waits for
    /// it at the limit.
    private func committed(frames: Int) {
        if frames >= Self.framesAtMost {
            state.withLock { $0.frames = frames }
            return queue.sync { checkpoint() }
        }
        let isDue = state.withLock { state in
            // A log that is shorter than it was has begun anew.
            if frames < state.frames { state.frames = 0 }
            guard !state.isAskedFor, frames - state.frames >= Self.framesBetween else {
                return false
            }
            state.frames = frames
            state.isAskedFor = true
            return true
        }
        guard isDue else { return }
        queue.async { [weak self] in
            self?.checkpoint()
            self?.state.withLock { $0.isAskedFor = false }
        }
    }

    /// Makes a checkpoint, on ``queue``.
    ///
    /// What fails here leaves the log as it is: nothing is lost, and a later commit tries again. A disk without
    /// room for the log itself fails the commit.
    private func checkpoint() {
        guard let connections = try? opened() else { return }
        try? connections.reader.read { reader in
            // The transaction begins with what it reads first.
            _ = try Row.fetchOne(reader, sql: "SELECT 1 FROM sqlite_schema")
            _ = try connections.checkpoints.inDatabase { try $0.checkpoint(.passive) }
        }
    }

    /// - Returns: nil after the close.
    private func opened() throws -> Connections? {
        try state.withLock { state in
            if state.isClosed { return nil }
            if let connections = state.connections { return connections }
            let connections = Connections(
                reader: try DatabaseQueue(path: path, configuration: reading),
                checkpoints: try DatabaseQueue(path: path, configuration: checkpointing)
            )
            state.connections = connections
            return connections
        }
    }
}
