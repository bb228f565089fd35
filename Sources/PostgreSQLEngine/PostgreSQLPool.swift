import SQLEngine
import Synchronization

/// A fixed number of sessions, each lent to one user at a time, first come, first served.
final class PostgreSQLPool: Sendable {
    private typealias Continuation = CheckedContinuation<PostgreSQLSession, any Error>

    private struct State: Sendable {
        var idle: [PostgreSQLSession]
        /// Who waits for a session, the longest first; empty while any session is idle.
        var waiters: [(number: Int, continuation: Continuation)] = []
        var lastNumber = 0
        var isClosed = false
    }

    private let sessions: [PostgreSQLSession]
    private let state: Mutex<State>
    private let summary: String

    /// Prepares sessions that connect when they are first used.
    ///
    /// - Parameters:
    ///   - address: the database.
    ///   - count: how many sessions, at least 1.
    ///   - purpose: names the queues, for debuggers: `writer`.
    init(_ address: PostgreSQLAddress, sessions count: Int, purpose: String) {
        sessions = (1...count).map {
            PostgreSQLSession(address, label: "lintel.postgresql.\(purpose).\($0)")
        }
        state = Mutex(State(idle: sessions.reversed()))
        summary = address.summary
    }

    /// Lends a session to `use`, after everybody who asked before.
    ///
    /// - Throws: ``SQLError`` where the pool is closed, `CancellationError` where the task is
    ///   cancelled while it waits, or what `use` throws.
    func withSession<Result>(
        _ use: (PostgreSQLSession) async throws -> Result
    ) async throws -> Result {
        let session = try await take()
        defer { give(session) }
        return try await use(session)
    }

    /// Refuses everybody from now on, and closes the sessions as they become free.
    func close() async {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: closedError) }
        for session in sessions { await session.close() }
    }

    private var closedError: SQLError { SQLError(.unavailable, "\(summary) is closed") }

    private func take() async throws -> PostgreSQLSession {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock { state in
                    if state.isClosed {
                        continuation.resume(throwing: closedError)
                    } else if Task.isCancelled {
                        // The handler below has run already and found nobody.
                        continuation.resume(throwing: CancellationError())
                    } else if let session = state.idle.popLast() {
                        continuation.resume(returning: session)
                    } else {
                        state.waiters.append((number, continuation))
                    }
                }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.number == number }.map {
                    state.waiters.remove(at: $0)
                }
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    private func give(_ session: PostgreSQLSession) {
        let waiter = state.withLock { state in
            if state.waiters.isEmpty {
                state.idle.append(session)
                return Continuation?.none
            }
            return state.waiters.removeFirst().continuation
        }
        waiter?.resume(returning: session)
    }
}
