package import LintelModel
import SQLEngine
import Storage

/// Why somebody is not signed in.
package enum SignInError: Error, Sendable, Equatable {
    /// The address or the password is wrong; which of them is not said.
    case wrong
    /// Too many failures: how many seconds to wait.
    case wait(seconds: Int)
}

extension Operations {
    /// How long failures are remembered.
    private static let failureMilliseconds: Int64 = 3_600_000
    /// How many failures in a row go unpunished, for an account and for an address of the network.
    private static let freeFailures = (account: 4, address: 19)

    /// Signs somebody in.
    ///
    /// After some failures in a row each further one doubles the time until the next try, up to 15 minutes, for
    /// the account and for the address it comes from.
    ///
    /// - Returns: who it is, and the secret of the session that begins.
    /// - Throws: ``SignInError``.
    package func signIn(
        _ email: String,
        password: String,
        from address: String
    ) async throws -> (member: StaffMember, session: BearerSecret) {
        let account = "account \(ContentHash(of: [Folding.email(email)]))"
        let network = "address \(address)"
        let subjects = [
            (account, Self.freeFailures.account), (network, Self.freeFailures.address),
        ]
        let now = now
        let since = now.adding(milliseconds: -Self.failureMilliseconds)
        // A try is a failure until it is known to be none, so that many at once are counted too.
        let (found, wait, last) = try await database.write { connection in
            var wait = 0
            var last: [String: Timestamp] = [:]
            for (subject, free) in subjects {
                try Sessions.take(subject, at: now, on: connection)
                let failed = try Sessions.failures(of: subject, since: since, on: connection)
                if let failed, failed.count > 0 { last[subject] = failed.last }
                guard let failed, failed.count > free else { continue }
                let seconds = min(900, 1 << min(10, failed.count - free - 1))
                let until = failed.last.adding(milliseconds: Int64(seconds) * 1000)
                if until > now {
                    wait = max(wait, Int((until.milliseconds - now.milliseconds + 999) / 1000))
                }
            }
            if wait == 0 {
                for (subject, _) in subjects {
                    try Sessions.failed(subject, at: now, since: since, on: connection)
                }
            }
            return (try Staff.signingIn(email, on: connection), wait, last)
        }
        guard wait == 0 else { throw SignInError.wait(seconds: wait) }
        let isRight: Bool
        do {
            isRight = try await passwords.verify(password, against: found?.password)
        } catch {
            try await database.write { connection in
                for (subject, _) in subjects {
                    try Sessions.takeBack(subject, last: last[subject], on: connection)
                }
            }
            throw error
        }
        guard isRight, let member = found?.member, !member.isDisabled else {
            try await database.write { try Sessions.forgetFailures(before: since, on: $0) }
            throw SignInError.wrong
        }
        try await database.write { connection in
            try Sessions.succeeded(account, on: connection)
            try Sessions.takeBack(network, last: last[network], on: connection)
        }
        return (member, try await beginSession(of: member))
    }

    /// Begins a session for somebody who has just proved who they are.
    package func beginSession(of member: StaffMember) async throws -> BearerSecret {
        let session = BearerSecret.random()
        let now = now
        let operations = acting(as: .staff(member.id))
        try await database.write { connection in
            try Sessions.begin(
                secretHash: session.hash,
                of: member.id,
                at: now,
                on: connection
            )
            try operations.note(
                AuditLog.Draft("signed in", of: nil, member.id.text),
                on: connection
            )
        }
        return session
    }

    /// Who is signed in with that session; nil where nobody is.
    package func signedIn(_ session: BearerSecret) async throws -> StaffMember? {
        let now = now
        let hash = session.hash
        let found = try await database.read {
            connection -> (session: Sessions.Found, member: StaffMember)? in
            guard let found = try Sessions.find(secretHash: hash, at: now, on: connection),
                let member = try Staff.find(found.staff, on: connection), !member.isDisabled
            else { return nil }
            return (found, member)
        }
        guard let found else { return nil }
        if found.session.isStale {
            try await database.write { connection in
                try Sessions.used(secretHash: hash, at: now, on: connection)
            }
        }
        return found.member
    }

    package func signOut(_ session: BearerSecret) async throws {
        try await database.write { try Sessions.end(secretHash: session.hash, on: $0) }
    }
}
