import LintelModel
import Operations
import Storage

/// Signing in and out, the first portfolio manager, invitations, one's own password.
enum AccountPages {
    static let routes: [Route] = [
        .page("/", at: .signedIn, first),
        .page("/sign-in", at: .open) { visit in
            if visit.member != nil { return .redirect(to: "/") }
            return signIn(next: visit.query.text("next"))
        },
        .form("/sign-in", at: .open, limit: 1 << 14, signIn),
        .form("/sign-out", at: .open, limit: 1 << 14, signOut),
        .page("/setup", at: .open, setup),
        .form("/setup", at: .open, limit: 1 << 14, setUp),
        .page("/invitation/:secret", at: .open, invitation),
        .form("/invitation/:secret", at: .open, limit: 1 << 14, accept),
        .page("/account", at: .signedIn) { visit in
            .page(password(of: try visit.theMember(), error: nil))
        },
        .form("/account", at: .signedIn, needs: .read, limit: 1 << 14, changePassword),
    ]

    /// The first property of whoever is signed in.
    private static func first(_ visit: Visit) async throws -> Answer {
        let reach = try visit.theMember().grant.reach
        let found = try await visit.operations.propertyNames(within: reach, limit: 2)
        guard let only = found.first, found.count == 1 else {
            return .redirect(to: "/properties", visit.notice)
        }
        return .redirect(to: "/properties/\(only.id)", visit.notice)
    }

    // MARK: Signing in

    private struct SignIn: Sendable {
        let error: String?
        let email: String
        let next: String
    }

    private static func signIn(
        next: String,
        email: String = "",
        error: String? = nil
    ) -> Answer {
        .page(
            Page(
                template: "sign-in",
                title: "Sign in",
                model: SignIn(error: error, email: email, next: next),
                isRefusal: error != nil
            )
        )
    }

    private static func signIn(_ visit: Visit) async throws -> Answer {
        let (email, next) = (visit.form.text("email"), visit.form.text("next"))
        do {
            let (_, session) = try await visit.operations.signIn(
                email,
                password: visit.form["password"] ?? "",
                from: visit.address
            )
            if let before = visit.session { try await visit.operations.signOut(before) }
            // Only a path of this console: `//host` would be another one.
            let isOurs = next.hasPrefix("/") && !next.hasPrefix("//") && !next.contains("\\")
            return .session(.begins(session.revealed), to: isOurs ? next : "/")
        } catch SignInError.wrong {
            return signIn(
                next: next,
                email: email,
                error:
                    "No member of staff has this e-mail and this password. Check both and try again, "
                    + "or ask a portfolio manager for a new link."
            )
        } catch SignInError.wait(let seconds) {
            return signIn(
                next: next,
                email: email,
                error:
                    "Signing in failed too often. Wait \(Wording.count(seconds, "second")), then "
                    + "try again."
            )
        }
    }

    private static func signOut(_ visit: Visit) async throws -> Answer {
        if let session = visit.session { try await visit.operations.signOut(session) }
        return .session(.ends, to: "/sign-in", .done("You are signed out."))
    }

    // MARK: Choosing a password

    private struct ChoosePassword: Sendable {
        var title: String
        var lead: String
        var action: String
        var label = "Password"
        var button: String
        var email: String
        var asksEmail = false
        var asksPresent = false
        var code: String?
        var error: String?

        var page: Page {
            Page(
                template: "choose-password",
                title: title,
                model: self,
                isRefusal: error != nil
            )
        }
    }

    private static func setup(_ visit: Visit) async throws -> Answer {
        guard try await isSetUp(with: visit.query.text("code"), visit) else {
            return .redirect(to: "/sign-in")
        }
        return .page(setupForm(visit.query.text("code"), email: "", error: nil).page)
    }

    private static func setUp(_ visit: Visit) async throws -> Answer {
        let (code, email) = (visit.form.text("code"), visit.form.text("email"))
        guard try await isSetUp(with: code, visit) else { return .redirect(to: "/sign-in") }
        do {
            let member = try await visit.operations.addStaff(
                email,
                Grant(.portfolioManager, .everything),
                password: try chosen(visit.form)
            )
            let session = try await visit.operations.beginSession(of: member)
            return .session(
                .begins(session.revealed),
                to: "/",
                .done("You are set up as portfolio manager.")
            )
        } catch let error as OperationError {
            return .page(setupForm(code, email: email, error: error.description).page)
        }
    }

    /// Whether nobody may sign in yet, and the visitor knows what the server printed when it began.
    private static func isSetUp(with code: String, _ visit: Visit) async throws -> Bool {
        guard try await visit.operations.hasNoStaff() else { return false }
        guard let expected = visit.console.setupCode, BearerSecret(code).hash == expected.hash
        else {
            throw Answer.Problem.malformed(
                "Nobody may sign in yet. Open the link that the server printed when it began, or run: "
                    + "lintel staff add"
            )
        }
        return true
    }

    private static func setupForm(_ code: String, email: String, error: String?) -> ChoosePassword {
        ChoosePassword(
            title: "Set up the first portfolio manager",
            lead:
                "A portfolio manager connects the PMS, turns syncs on and off, and invites staff.",
            action: "/setup",
            button: "Set up",
            email: email,
            asksEmail: true,
            code: code,
            error: error
        )
    }

    private static func invitation(_ visit: Visit) async throws -> Answer {
        let secret = try visit.parameter("secret")
        let member = try await visit.operations.invited(by: BearerSecret(secret))
        return .page(invitationForm(secret, member, error: nil).page)
    }

    private static func accept(_ visit: Visit) async throws -> Answer {
        let secret = try visit.parameter("secret")
        let member = try await visit.operations.invited(by: BearerSecret(secret))
        do {
            let accepted = try await visit.operations.accept(
                BearerSecret(secret),
                password: try chosen(visit.form)
            )
            let session = try await visit.operations.beginSession(of: accepted)
            return .session(.begins(session.revealed), to: "/", .done("Your password is set."))
        } catch let error as OperationError {
            return .page(invitationForm(secret, member, error: error.description).page)
        }
    }

    private static func invitationForm(
        _ secret: String,
        _ member: StaffMember,
        error: String?
    ) -> ChoosePassword {
        ChoosePassword(
            title: "Choose a password",
            lead: "You sign in as \(member.email), \(member.grant.role.title.lowercased()).",
            action: "/invitation/\(secret)",
            button: "Save and sign in",
            email: member.email,
            error: error
        )
    }

    private static func password(of member: StaffMember, error: String?) -> Page {
        ChoosePassword(
            title: "Change password",
            lead: "Signed in as \(member.email). Everywhere else you are signed out.",
            action: "/account",
            label: "New password",
            button: "Change password",
            email: member.email,
            asksPresent: true,
            error: error
        ).page
    }

    private static func changePassword(_ visit: Visit) async throws -> Answer {
        let member = try visit.theMember()
        do {
            try await visit.operations.changePassword(
                of: member,
                from: visit.form["present"] ?? "",
                to: try chosen(visit.form)
            )
        } catch let error as OperationError {
            return .page(password(of: member, error: error.description))
        }
        let session = try await visit.operations.beginSession(of: member)
        return .session(.begins(session.revealed), to: "/", .done("Your password is changed."))
    }

    private static func chosen(_ form: Form) throws -> String {
        let password = form["password"] ?? ""
        guard password == form["again"] else {
            throw OperationError("the two passwords differ; type the same one twice")
        }
        return password
    }
}
