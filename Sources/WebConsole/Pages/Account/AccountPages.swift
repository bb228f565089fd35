import LintelModel
import Operations
import Storage

/// Signing in and out, the first portfolio manager, invitations, one's own password.
enum AccountPages {
    static let routes: [Route] = [
        .page("/", at: .signedIn, first),
        .page("/sign-in", at: .open) { visit in
            if visit.member != nil { return .redirect(to: "/") }
            return .page(signIn(next: visit.query.text("next")))
        },
        .form(
            "/sign-in",
            at: .open,
            limit: 1 << 14,
            refused: { signIn(next: $0.form.text("next"), email: $0.form.text("email"), $1) },
            signIn
        ),
        .form("/sign-out", at: .open, limit: 1 << 14, signOut),
        .page("/setup", at: .open, setup),
        .form(
            "/setup",
            at: .open,
            limit: 1 << 14,
            refused: { setupForm($0.form.text("code"), email: $0.form.text("email"), $1).page },
            setUp
        ),
        .page("/invitation/:secret", at: .open) { .page(try await invitation($0)) },
        .form(
            "/invitation/:secret",
            at: .open,
            limit: 1 << 14,
            refused: { try await invitation($0, $1) },
            accept
        ),
        .page("/account", at: .signedIn) { .page(password(of: try $0.theMember())) },
        .form(
            "/account",
            at: .signedIn,
            needs: .read,
            limit: 1 << 14,
            refused: { password(of: try $0.theMember(), $1) },
            changePassword
        ),
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
        let errors: FormErrors
        let email: String
        let next: String
    }

    private static func signIn(
        next: String,
        email: String = "",
        _ errors: FormErrors = .none
    ) -> Page {
        Page(
            template: "sign-in",
            title: "Sign in",
            model: SignIn(errors: errors, email: email, next: next)
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
            // Only a path of this console: `//host` would be another one, and browsers leave out tabs and line
            // breaks before they look.
            let isOurs =
                next.hasPrefix("/") && !next.hasPrefix("//") && !next.contains("\\")
                && next.utf8.allSatisfy { $0 > 0x20 }
            return .session(.begins(session.revealed), to: isOurs ? next : "/")
        } catch SignInError.wrong {
            throw FormErrors(
                "No member of staff has this e-mail and this password. Check both and try again, "
                    + "or ask a portfolio manager for a new link.",
                at: "password"
            )
        } catch SignInError.wait(let seconds) {
            throw FormErrors(
                "Signing in failed too often. Wait \(Wording.count(seconds, "second")), then try again."
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
        var errors = FormErrors.none

        var page: Page { Page(template: "choose-password", title: title, model: self) }
    }

    private static func setup(_ visit: Visit) async throws -> Answer {
        guard try await isSetUp(with: visit.query.text("code"), visit) else {
            return .redirect(to: "/sign-in")
        }
        return .page(setupForm(visit.query.text("code"), email: "").page)
    }

    private static func setUp(_ visit: Visit) async throws -> Answer {
        let (code, email) = (visit.form.text("code"), visit.form.text("email"))
        guard try await isSetUp(with: code, visit) else { return .redirect(to: "/sign-in") }
        let password = try await chosen(visit.form, by: email)
        let member = try await FormErrors.about("email") {
            try await visit.operations.addStaff(
                email,
                Grant(.portfolioManager, .everything),
                password: password
            )
        }
        let session = try await visit.operations.beginSession(of: member)
        return .session(
            .begins(session.revealed),
            to: "/",
            .done("You are set up as portfolio manager.")
        )
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

    private static func setupForm(
        _ code: String,
        email: String,
        _ errors: FormErrors = .none
    ) -> ChoosePassword {
        ChoosePassword(
            title: "Set up the first portfolio manager",
            lead:
                "A portfolio manager connects the PMS, turns syncs on and off, and invites staff.",
            action: "/setup",
            button: "Set up",
            email: email,
            asksEmail: true,
            code: code,
            errors: errors
        )
    }

    private static func invitation(
        _ visit: Visit,
        _ errors: FormErrors = .none
    ) async throws -> Page {
        let secret = try visit.parameter("secret")
        let member = try await visit.operations.invited(by: BearerSecret(secret))
        return ChoosePassword(
            title: "Choose a password",
            lead: "You sign in as \(member.email), \(member.grant.role.title.lowercased()).",
            action: "/invitation/\(secret)",
            button: "Save and sign in",
            email: member.email,
            errors: errors
        ).page
    }

    private static func accept(_ visit: Visit) async throws -> Answer {
        let secret = BearerSecret(try visit.parameter("secret"))
        let member = try await visit.operations.invited(by: secret)
        let accepted = try await visit.operations.accept(
            secret,
            password: try await chosen(visit.form, by: member.email)
        )
        let session = try await visit.operations.beginSession(of: accepted)
        return .session(.begins(session.revealed), to: "/", .done("Your password is set."))
    }

    private static func password(
        of member: StaffMember,
        _ errors: FormErrors = .none
    ) -> Page {
        ChoosePassword(
            title: "Change password",
            lead: "Signed in as \(member.email). Everywhere else you are signed out.",
            action: "/account",
            label: "New password",
            button: "Change password",
            email: member.email,
            asksPresent: true,
            errors: errors
        ).page
    }

    private static func changePassword(_ visit: Visit) async throws -> Answer {
        let member = try visit.theMember()
        let password = try await chosen(visit.form, by: member.email)
        try await FormErrors.about("present") {
            try await visit.operations.changePassword(
                of: member,
                from: visit.form["present"] ?? "",
                to: password
            )
        }
        let session = try await visit.operations.beginSession(of: member)
        return .session(.begins(session.revealed), to: "/", .done("Your password is changed."))
    }

    /// The password that somebody chose, typed twice.
    private static func chosen(_ form: Form, by email: String) async throws -> String {
        let password = form["password"] ?? ""
        try await FormErrors.about("password") {
            try Operations.check(password: password, for: email)
        }
        guard password == form["again"] else {
            throw FormErrors("The two passwords differ; type the same one twice.", at: "again")
        }
        return password
    }
}
