import Synchronization

/// A fixed number of sessions, each lent to one user at a time, first come, first served.
package final class SessionPool<Session: Sendable>: Sendable {
    private typealias Continuation = CheckedContinuation<Session, any Error>

    private struct State: Sendable {
        var idle: [Session]
        /// Who waits for a session, the longest first; empty while any session is idle.
        var waiters: [(number: Int, continuation: Continuation)] = []
        var lastNumber = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let summary: String

    /// - Parameters:
    ///   - sessions: at least one; the first is lent first.
    ///   - summary: the database, for errors: `sqlite:/var/lib/lintel.db`.
    package init(_ sessions: [Session], summary: String) {
        state = Mutex(State(idle: sessions.reversed()))
        self.summary = summary
    }

    /// Lends a session to `use`, after everybody who asked before.
    ///
    /// - Throws: ``SQLError`` where the pool is closed, `CancellationError` where the task is
    ///   cancelled while it waits, or what `use` throws.
    package func withSession<Result>(
        _ use: (Session) async throws -> Result
    ) async throws -> Result {
        let session = try await take()
        defer { give(session) }
        return try await use(session)
    }

    /// Refuses everybody from now on; the sessions that are lent are used to their end.
    package func close() {
        let waiters = state.withLock { state in
            state.isClosed = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: closedError) }
    }

    private var closedError: SQLError { SQLError(.unavailable, "\(summary) is closed") }

    private func take() async throws -> Session {
        let idle = try state.withLock { state in
            if state.isClosed { throw closedError }
            return state.idle.popLast()
        }
        if let idle { return idle }
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

    private func give(_ session: Session) {
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
