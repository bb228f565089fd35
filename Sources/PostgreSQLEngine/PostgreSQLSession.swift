import SQLEngine

/// A place for one connection, opened at its first use and again after it was lost.
///
/// A transaction is one job of the actor, from begin to commit, on a thread of its own queue.
actor PostgreSQLSession {
    /// How often a transaction is tried again after a serialization failure or a deadlock.
    private static let retries = 5

    private let address: PostgreSQLAddress
    private let executor: DispatchQueueExecutor
    private var link: PostgreSQLLink?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    init(_ address: PostgreSQLAddress, label: String) {
        self.address = address
        executor = DispatchQueueExecutor(label: label)
    }

    /// Places for some connections, whose queues are named for their purpose, as `writer`, for debuggers.
    static func places(
        _ count: Int,
        for purpose: String,
        _ address: PostgreSQLAddress
    ) -> [PostgreSQLSession] {
        (1...count).map {
            PostgreSQLSession(address, label: "lintel.postgresql.\(purpose).\($0)")
        }
    }

    /// Opens the connection, so that a wrong address is found before the first transaction.
    func connect() throws {
        do throws(PostgreSQLFailure) {
            link = try PostgreSQLLink(address)
        } catch {
            throw error.error
        }
    }

    /// Runs `body` in a transaction, again where it met a serialization failure or a deadlock.
    func run<Result: Sendable>(
        _ mode: PostgreSQLTransactionMode,
        _ body: @Sendable (any SQLConnection) throws -> Result
    ) throws -> Result {
        var retriesLeft = Self.retries
        while true {
            try Task.checkCancellation()
            let link: PostgreSQLLink
            do throws(PostgreSQLFailure) {
                link = try begin(mode)
            } catch {
                throw error.error
            }
            let connection = PostgreSQLConnection(link)
            do {
                let result = try body(connection)
                try connection.commit("commit of a \(mode) on \(address.summary)")
                return result
            } catch {
                rollBack(link)
                if connection.wasCancelled { throw CancellationError() }
                guard connection.failure?.isTransient == true, retriesLeft > 0 else { throw error }
                retriesLeft -= 1
            }
        }
    }

    /// Runs one command outside of any transaction, on a connection opened for it alone.
    func runAlone(_ command: String) throws {
        do throws(PostgreSQLFailure) {
            try PostgreSQLLink(address).run(command, attempt: "a command on \(address.summary)")
        } catch {
            throw error.error
        }
    }

    /// Closes the connection; waits for the transaction that runs on it.
    func close() {
        isClosed = true
        link = nil
    }

    private func begin(
        _ mode: PostgreSQLTransactionMode
    ) throws(PostgreSQLFailure) -> PostgreSQLLink {
        let attempt = "begin of a \(mode) on \(address.summary)"
        if isClosed {
            throw PostgreSQLFailure(SQLError(.unavailable, "\(address.summary) is closed"))
        }
        if let link {
            do throws(PostgreSQLFailure) {
                try link.run(mode.begin, attempt: attempt)
                return link
            } catch {
                // A connection that broke while nobody used it has done nothing yet: take a new
                // one.
                self.link = nil
                guard link.isLost else { throw error }
            }
        }
        let opened = try PostgreSQLLink(address)
        try opened.run(mode.begin, attempt: attempt)
        link = opened
        return opened
    }

    private func rollBack(_ link: PostgreSQLLink) {
        // A connection whose rollback fails is thrown away, and the server rolls back by itself.
        _ = try? link.run("ROLLBACK", attempt: "roll back")
        if !link.isIdle { self.link = nil }
    }
}
