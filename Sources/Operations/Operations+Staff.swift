package import LintelModel
import SQLEngine
import Storage

extension Operations {
    /// How long an invitation can be accepted.
    private static let invitationMilliseconds: Int64 = 7 * 86_400_000

    package func staff() async throws -> [StaffMember] {
        try await database.read { try Staff.all(on: $0) }
    }

    /// Whether nobody may sign in yet.
    package func hasNoStaff() async throws -> Bool {
        try await database.read { try Staff.count(on: $0) == 0 }
    }

    /// What somebody is to be allowed, from words.
    ///
    /// - Parameters:
    ///   - role: `portfolio-manager`, `property-manager` or `viewer`.
    ///   - properties: names or ids; a property manager needs one, a viewer without any sees all.
    /// - Returns: the role and where it holds.
    /// - Throws: ``OperationError`` where there is no such role or property.
    package func grant(_ role: String, properties: [String]) async throws -> Grant {
        guard let role = Role(rawValue: role) else {
            throw OperationError(
                "“\(role)” is no role; expected "
                    + Role.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        var named: Set<PropertyID> = []
        for reference in properties { named.insert(try await property(reference).id) }
        switch role {
        case .portfolioManager: return Grant(role, .everything)
        case .propertyManager:
            guard !named.isEmpty else {
                throw OperationError("a property manager needs at least one property")
            }
            return Grant(role, .properties(named))
        case .viewer: return Grant(role, named.isEmpty ? .everything : .properties(named))
        }
    }

    /// Adds somebody who signs in with that password.
    package func addStaff(
        _ email: String,
        _ grant: Grant,
        password: String
    ) async throws -> StaffMember {
        let hash = try await hash(password, for: email)
        return try await add(email, grant, password: hash, invitation: nil)
    }

    /// Adds somebody who chooses a password with the secret returned, within seven days, once.
    package func invite(
        _ email: String,
        _ grant: Grant
    ) async throws -> (member: StaffMember, secret: BearerSecret) {
        let secret = BearerSecret.random()
        return (try await add(email, grant, password: nil, invitation: secret), secret)
    }

    /// A new secret for somebody who lost their invitation or their password.
    package func inviteAgain(_ id: StaffID) async throws -> BearerSecret {
        let secret = BearerSecret.random()
        let now = now
        try await change(id, "staff invited again") { _, connection in
            try Staff.invite(
                id,
                secretHash: secret.hash,
                until: now.adding(milliseconds: Self.invitationMilliseconds),
                on: connection
            )
        }
        return secret
    }

    private func add(
        _ email: String,
        _ grant: Grant,
        password: String?,
        invitation: BearerSecret?
    ) async throws -> StaffMember {
        let email = try Self.address(email)
        var ids = IDGenerator()
        let now = now
        let member = StaffMember(
            id: ids.next(at: now),
            email: email,
            grant: grant,
            hasPassword: password != nil
        )
        do {
            try await database.write { connection in
                try Staff.add(member, password: password, at: now, on: connection)
                if let invitation {
                    try Staff.invite(
                        member.id,
                        secretHash: invitation.hash,
                        until: now.adding(milliseconds: Self.invitationMilliseconds),
                        on: connection
                    )
                }
                try note(
                    AuditLog.Draft(
                        invitation == nil ? "staff added" : "staff invited",
                        of: nil,
                        member.id.text,
                        after: Self.words(grant)
                    ),
                    on: connection
                )
            }
        } catch let error as SQLError where error.code == .alreadyExists {
            throw OperationError(.conflict, "\(email) is a member of staff already")
        }
        return member
    }

    /// Gives somebody another role, or lets it hold elsewhere.
    package func setGrant(_ grant: Grant, of id: StaffID) async throws {
        try await change(id, "staff role changed") { member, connection in
            var changed = member
            changed.grant = grant
            try Self.keepManager(from: member, to: changed, on: connection)
            try Staff.update(changed, on: connection)
        }
    }

    /// Keeps somebody from signing in, or lets them again; their sessions end at once.
    package func setDisabled(_ isDisabled: Bool, of id: StaffID) async throws {
        try await change(id, isDisabled ? "staff disabled" : "staff enabled") {
            member,
            connection in
            var changed = member
            changed.isDisabled = isDisabled
            try Self.keepManager(from: member, to: changed, on: connection)
            try Staff.update(changed, on: connection)
            try Sessions.endAll(of: id, on: connection)
        }
    }

    private func change(
        _ id: StaffID,
        _ act: String,
        _ body: @Sendable @escaping (StaffMember, any SQLConnection) throws -> Void
    ) async throws {
        try await database.write { connection in
            guard let before = try Staff.find(id, on: connection) else {
                throw OperationError(.notFound, "that member of staff is not there any more")
            }
            try body(before, connection)
            let after = try Staff.find(id, on: connection)
            try note(
                AuditLog.Draft(
                    act,
                    of: nil,
                    id.text,
                    before: Self.words(before.grant),
                    after: after.map { Self.words($0.grant) }
                ),
                on: connection
            )
        }
    }

    /// Refuses what would leave nobody who can manage the portfolio.
    private static func keepManager(
        from before: StaffMember,
        to after: StaffMember,
        on connection: any SQLConnection
    ) throws {
        func manages(_ member: StaffMember) -> Bool {
            member.grant.role == .portfolioManager && !member.isDisabled && member.hasPassword
        }
        guard manages(before), !manages(after) else { return }
        // Two who disable each other at once do so one after the other.
        try AuditLog.takeHead(on: connection)
        let others = try Staff.all(on: connection).filter { $0.id != before.id && manages($0) }
        guard others.isEmpty else { return }
        throw OperationError(
            "\(before.email) is the only portfolio manager; make somebody else one first"
        )
    }

    static func words(_ grant: Grant) -> String {
        guard case .properties(let named) = grant.reach else { return grant.role.rawValue }
        return "\(grant.role.rawValue) of "
            + named.map(\.text).sorted().joined(separator: ", ")
    }

    // MARK: Passwords

    /// Whom an invitation is for.
    package func invited(by secret: BearerSecret) async throws -> StaffMember {
        let now = now
        let found = try await database.read { connection in
            try Staff.invited(secretHash: secret.hash, at: now, on: connection)
        }
        guard let found, !found.isDisabled else { throw Self.invitationIsVoid }
        return found
    }

    /// Sets the password of whoever was invited; the invitation is used up.
    package func accept(_ secret: BearerSecret, password: String) async throws -> StaffMember {
        let member = try await invited(by: secret)
        let hash = try await hash(password, for: member.email)
        let now = now
        let operations = acting(as: .staff(member.id))
        return try await database.write { connection in
            guard
                let member = try Staff.invited(secretHash: secret.hash, at: now, on: connection)
            else { throw Self.invitationIsVoid }
            try Staff.setPassword(hash, of: member.id, on: connection)
            try operations.note(
                AuditLog.Draft("invitation accepted", of: nil, member.id.text),
                on: connection
            )
            return member
        }
    }

    private static let invitationIsVoid = OperationError(
        "this invitation was used, or is older than seven days; ask a portfolio manager for a new one"
    )

    /// Changes a password for one who knows the one before; every session of theirs ends.
    package func changePassword(
        of member: StaffMember,
        from old: String,
        to new: String
    ) async throws {
        let stored = try await database.read { try Staff.signingIn(member.email, on: $0) }
        do {
            guard try await passwords.verify(old, against: stored?.password) else {
                throw OperationError("the present password is not that")
            }
        } catch SignInError.wait(let seconds) {
            throw OperationError(
                .conflict,
                "too many passwords are being looked at; try again in \(seconds) seconds"
            )
        }
        let hash = try await hash(new, for: member.email)
        try await database.write { connection in
            try Staff.setPassword(hash, of: member.id, on: connection)
            try note(
                AuditLog.Draft("password changed", of: nil, member.id.text),
                on: connection
            )
        }
    }

    /// Gives somebody a password at the command line.
    package func setPassword(_ password: String, of member: StaffMember) async throws {
        let hash = try await hash(password, for: member.email)
        try await database.write { connection in
            try Staff.setPassword(hash, of: member.id, on: connection)
            try note(AuditLog.Draft("password set", of: nil, member.id.text), on: connection)
        }
    }

    private func hash(_ password: String, for email: String) async throws -> String {
        try Self.check(password: password, for: email)
        return try await passwords.hash(password)
    }

    /// Refuses a password that is not long enough (NIST SP 800-63B-4, section 3.1.1.2, asks for 15 characters
    /// where nothing else is asked for), or easy to guess.
    package static func check(password: String, for email: String) throws {
        guard password.count >= 15 else {
            throw OperationError(
                "the password has \(password.count) characters; expected 15 or more, a few words for example"
            )
        }
        guard password.utf8.count <= 1000 else {
            throw OperationError("the password is longer than 1000 bytes")
        }
        guard Set(password).count > 4, Folding.email(password) != Folding.email(email) else {
            throw OperationError("the password is easy to guess; choose a few words of your own")
        }
    }

    private static func address(_ text: String) throws -> String {
        let address = try nonEmpty(text, "the e-mail address")
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.count <= 254,
            !address.contains(where: \.isWhitespace)
        else {
            throw OperationError("“\(address)” is no e-mail address; expected NAME@DOMAIN")
        }
        return address
    }
}
