import Hummingbird
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Testing

@testable import WebConsole

@Suite("Signing in")
struct SignInTests {
    private static let manager = "manager@example.com"

    @Test(
        "the right password lets in under a new session, and signing out ends it",
        arguments: TestEngine.allCases
    )
    func session(engine: TestEngine) async throws {
        try await ConsoleDriver.with(engine) { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            let first = try await driver.signIn("Manager@Example.com")
            let second = try await driver.signIn(Self.manager)
            #expect(first["lintel-session"] != second["lintel-session"])
            let inside = try await driver.send(.get, "/staff", cookies: second)
            #expect(inside.status == .ok)
            #expect(inside.headers[.cacheControl] == "no-store")
            _ = try await driver.post("/sign-out", as: second)
            let after = try await driver.send(.get, "/staff", cookies: second)
            #expect(after.location?.hasPrefix("/sign-in") == true)
            let other = try await driver.send(.get, "/staff", cookies: first)
            #expect(other.status == .ok)
        }
    }

    @Test("a session ends after twelve hours without a visit, and after seven days with any")
    func expiry() async throws {
        try await ConsoleDriver.with { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            let cookies = try await driver.signIn(Self.manager)
            for _ in 0..<15 {
                driver.lintel.clock.advance(minutes: 11 * 60)
                let page = try await driver.send(.get, "/staff", cookies: cookies)
                #expect(page.status == .ok)
            }
            driver.lintel.clock.advance(minutes: 4 * 60)
            let old = try await driver.send(.get, "/staff", cookies: cookies)
            #expect(old.status == .seeOther)
            let again = try await driver.signIn(Self.manager)
            driver.lintel.clock.advance(minutes: 12 * 60 + 1)
            let idle = try await driver.send(.get, "/staff", cookies: again)
            #expect(idle.status == .seeOther)
        }
    }

    @Test("failures slow down the account, and the right password is not tried meanwhile")
    func slowDown() async throws {
        try await ConsoleDriver.with { driver in
            let operations = driver.lintel.operations
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            func attempt(
                _ password: String,
                from address: String = "a"
            ) async throws -> SignInError? {
                do {
                    _ = try await operations.signIn(
                        Self.manager,
                        password: password,
                        from: address
                    )
                    return nil
                } catch let error as SignInError {
                    return error
                }
            }
            for _ in 0..<5 { #expect(try await attempt("wrong") == .wrong) }
            #expect(try await attempt(ConsoleDriver.password) == .wait(seconds: 1))
            #expect(try await attempt(ConsoleDriver.password, from: "b") == .wait(seconds: 1))
            driver.lintel.clock.advance(minutes: 1)
            #expect(try await attempt("wrong") == .wrong)
            #expect(try await attempt("wrong") == .wait(seconds: 2))
            driver.lintel.clock.advance(minutes: 1)
            #expect(try await attempt(ConsoleDriver.password) == nil)
            #expect(try await attempt("wrong") == .wrong)
        }
    }

    @Test("many tries at once are counted like one after the other")
    func atOnce() async throws {
        try await ConsoleDriver.with { driver in
            let operations = driver.lintel.operations
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            let errors = await withTaskGroup(of: SignInError?.self) { group in
                for number in 1...12 {
                    group.addTask {
                        do {
                            _ = try await operations.signIn(
                                Self.manager,
                                password: "wrong",
                                from: "\(number)"
                            )
                            return nil
                        } catch {
                            return error as? SignInError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors.count { $0 == .wrong } == 5)
            #expect(errors.count { $0 == .wait(seconds: 1) } == 7)
        }
    }

    @Test("signing in often from one address slows nobody down")
    func oftenFromOneAddress() async throws {
        try await ConsoleDriver.with { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            for _ in 1...22 {
                _ = try await driver.lintel.operations.signIn(
                    Self.manager,
                    password: ConsoleDriver.password,
                    from: "a"
                )
            }
        }
    }

    @Test("somebody unknown and a wrong password are told the same")
    func unknown() async throws {
        try await ConsoleDriver.with { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            var said: [String] = []
            for email in [Self.manager, "nobody@example.com"] {
                let page = try await driver.send(.get, "/sign-in")
                let answered = try await driver.send(
                    .post,
                    "/sign-in",
                    cookies: page.cookies,
                    form: [
                        ("csrf", ConsoleDriver.csrf(in: page.body)), ("email", email),
                        ("password", "not this one"),
                    ]
                )
                #expect(answered.status == .unprocessableContent)
                #expect(answered.cookies["lintel-session"] == nil)
                said.append(
                    answered.body.replacing(email, with: "E").replacing(
                        ConsoleDriver.csrf(in: answered.body),
                        with: "C"
                    )
                )
            }
            #expect(said[0] == said[1])
        }
    }

    @Test(
        "after signing in only a page of the console follows",
        arguments: [
            ("/properties?page=2", "/properties?page=2"), ("//elsewhere.example", "/"),
            ("https://elsewhere.example", "/"), ("/\\elsewhere.example", "/"), ("", "/"),
            ("/\t/elsewhere.example", "/"), ("/\n/elsewhere.example", "/"),
        ]
    )
    func next(asked: String, goes: String) async throws {
        try await ConsoleDriver.with { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            let page = try await driver.send(.get, "/sign-in")
            let answered = try await driver.send(
                .post,
                "/sign-in",
                cookies: page.cookies,
                form: [
                    ("csrf", ConsoleDriver.csrf(in: page.body)), ("email", Self.manager),
                    ("password", ConsoleDriver.password), ("next", asked),
                ]
            )
            #expect(answered.location == goes)
        }
    }

    @Test("cookies are out of reach of scripts, and behind TLS of every other way")
    func cookies() async throws {
        try await ConsoleDriver.with(isSecure: true) { driver in
            let page = try await driver.send(.get, "/sign-in")
            let field = try #require(page.headers[.setCookie])
            #expect(field.hasPrefix("__Host-lintel-guest="))
            for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                #expect(field.contains(part))
            }
        }
    }

    @Test("the first portfolio manager is set up with the printed code, once")
    func setup() async throws {
        let code = BearerSecret.random()
        try await ConsoleDriver.with(setupCode: code) { driver in
            #expect(try await driver.send(.get, "/").location == "/setup")
            #expect(try await driver.send(.get, "/setup?code=wrong").status == .badRequest)
            let page = try await driver.send(.get, "/setup?code=\(code.revealed)")
            #expect(page.status == .ok)
            func setUp(password: String) async throws -> ConsoleDriver.Answered {
                try await driver.send(
                    .post,
                    "/setup",
                    cookies: page.cookies,
                    form: [
                        ("csrf", ConsoleDriver.csrf(in: page.body)), ("code", code.revealed),
                        ("email", Self.manager), ("password", password), ("again", password),
                    ]
                )
            }
            let short = try await setUp(password: "short")
            #expect(short.status == .unprocessableContent)
            #expect(short.body.contains("expected 15 or more"))
            #expect(short.body.contains(Self.manager))
            let done = try await setUp(password: ConsoleDriver.password)
            #expect(done.cookies["lintel-session"] != nil)
            let again = try await setUp(password: ConsoleDriver.password)
            #expect(again.location == "/sign-in")
            #expect(try await driver.lintel.operations.staff().count == 1)
        }
    }

    @Test("an invitation is accepted once, within seven days")
    func invitation() async throws {
        try await ConsoleDriver.with { driver in
            let operations = driver.lintel.operations
            let (_, secret) = try await operations.invite(
                "new@example.com",
                Grant(.viewer, .everything)
            )
            let (_, late) = try await operations.invite(
                "late@example.com",
                Grant(.viewer, .everything)
            )
            let page = try await driver.send(.get, "/invitation/\(secret.revealed)")
            let fields = [
                ("csrf", ConsoleDriver.csrf(in: page.body)), ("password", ConsoleDriver.password),
                ("again", ConsoleDriver.password),
            ]
            let accepted = try await driver.send(
                .post,
                "/invitation/\(secret.revealed)",
                cookies: page.cookies,
                form: fields
            )
            #expect(accepted.cookies["lintel-session"] != nil)
            let again = try await driver.send(.get, "/invitation/\(secret.revealed)")
            #expect(again.status == .unprocessableContent)
            driver.lintel.clock.advance(minutes: 7 * 24 * 60 + 1)
            let tooLate = try await driver.send(.get, "/invitation/\(late.revealed)")
            #expect(tooLate.status == .unprocessableContent)
        }
    }

    @Test("the last portfolio manager stays one")
    func lastManager() async throws {
        try await ConsoleDriver.with { driver in
            let operations = driver.lintel.operations
            let only = try await driver.add(
                Self.manager,
                Grant(.portfolioManager, .everything)
            )
            await #expect(throws: OperationError.self) {
                try await operations.setDisabled(true, of: only.id)
            }
            await #expect(throws: OperationError.self) {
                try await operations.setGrant(Grant(.viewer, .everything), of: only.id)
            }
            // Somebody who was only invited could not take over.
            let (invited, _) = try await operations.invite(
                "new@example.com",
                Grant(.portfolioManager, .everything)
            )
            await #expect(throws: OperationError.self) {
                try await operations.setDisabled(true, of: only.id)
            }
            try await operations.setPassword(ConsoleDriver.password, of: invited)
            try await operations.setDisabled(true, of: only.id)
            #expect(try await operations.staff().filter(\.isDisabled).map(\.id) == [only.id])
        }
    }

    @Test("disabling somebody, and another password, end their sessions")
    func ending() async throws {
        try await ConsoleDriver.with { driver in
            try await driver.add(Self.manager, Grant(.portfolioManager, .everything))
            let viewer = try await driver.add("viewer@example.com", Grant(.viewer, .everything))
            let first = try await driver.signIn("viewer@example.com")
            try await driver.lintel.operations.setPassword(ConsoleDriver.password, of: viewer)
            #expect(try await driver.send(.get, "/properties", cookies: first).status == .seeOther)
            let second = try await driver.signIn("viewer@example.com")
            try await driver.lintel.operations.setDisabled(true, of: viewer.id)
            #expect(try await driver.send(.get, "/properties", cookies: second).status == .seeOther)
        }
    }
}
