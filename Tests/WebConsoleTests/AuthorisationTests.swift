import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LintelModel
import LintelTesting
import Operations
import Testing

@testable import WebConsole

@Suite("Who may what in the console")
struct AuthorisationTests {
    /// Those who visit.
    enum Visitor: String, CaseIterable, Sendable {
        case nobody, viewer, propertyManager, portfolioManager
    }

    @Test(
        "every route is open to those it is for, and to nobody else, at their own properties alone"
    )
    func matrix() async throws {
        try await ConsoleDriver.with { driver in
            let own = try await driver.lintel.operations.addProperty(
                name: "Own",
                timeZone: "UTC"
            )
            let other = try await driver.lintel.operations.addProperty(
                name: "Other",
                timeZone: "UTC"
            )
            let reach = Reach.properties([own.id])
            try await driver.add("viewer@example.com", Grant(.viewer, reach))
            try await driver.add("manager@example.com", Grant(.propertyManager, reach))
            try await driver.add(
                "portfolio@example.com",
                Grant(.portfolioManager, .everything)
            )
            var cookies: [Visitor: [String: String]] = [.nobody: [:]]
            cookies[.viewer] = try await driver.signIn("viewer@example.com")
            cookies[.propertyManager] = try await driver.signIn("manager@example.com")
            cookies[.portfolioManager] = try await driver.signIn("portfolio@example.com")
            for route in Console.routes {
                for visitor in Visitor.allCases {
                    for property in [own, other] {
                        // Signing out would end the session that the others are judged by.
                        if ["/sign-out", "/**"].contains(route.path) { continue }
                        let path = Self.path(of: route, at: property)
                        let answered = try await Self.visit(
                            route,
                            path,
                            driver,
                            cookies[visitor] ?? [:]
                        )
                        let expected = Self.verdict(
                            on: route,
                            visitor,
                            isOwn: property.id == own.id
                        )
                        #expect(
                            Self.verdict(of: answered, route) == expected,
                            "\(route.method) \(path) as \(visitor.rawValue): \(answered.status)"
                        )
                    }
                }
            }
        }
    }

    enum Verdict: Equatable {
        /// Sent to sign in.
        case signIn
        case forbidden
        /// Not even told that it is there.
        case notFound
        case answered
    }

    private static func path(of route: Route, at property: Property) -> String {
        // Things that are not there: a handler that is reached says so in its own words.
        route.path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part == ":property" ? property.id.text : part.hasPrefix(":") ? "none" : String(part)
        }
        .joined(separator: "/")
    }

    private static func visit(
        _ route: Route,
        _ path: String,
        _ driver: ConsoleDriver,
        _ cookies: [String: String]
    ) async throws -> ConsoleDriver.Answered {
        guard route.method == .post else {
            return try await driver.send(.get, path, cookies: cookies)
        }
        // A form without its token: what may not be had is refused before that is looked at.
        return try await driver.send(.post, path, cookies: cookies)
    }

    /// What the roles of the product say, written down a second time.
    private static func verdict(
        on route: Route,
        _ visitor: Visitor,
        isOwn: Bool
    ) -> Verdict {
        if route.place == .open { return .answered }
        if visitor == .nobody { return .signIn }
        switch route.place {
        case .open, .signedIn: return .answered
        case .portfolio: return visitor == .portfolioManager ? .answered : .forbidden
        case .property:
            if visitor == .portfolioManager { return .answered }
            guard isOwn else { return .notFound }
            switch route.permission {
            case .read: return .answered
            case .operate: return visitor == .propertyManager ? .answered : .forbidden
            case .manage: return .forbidden
            }
        }
    }

    private static func verdict(of answered: ConsoleDriver.Answered, _ route: Route) -> Verdict {
        switch answered.status {
        case .seeOther where answered.location?.hasPrefix("/sign-in") ?? false:
            // Pages for anybody lead there too, where there is nothing to set up.
            return route.place == .open ? .answered : .signIn
        case .forbidden: return .forbidden
        case .notFound:
            // A thing that is not there is looked for within its place, whose navigation then shows.
            let navigation = route.place == .property ? "Property" : "Portfolio"
            return answered.body.contains("<nav aria-label=\"\(navigation)\"")
                ? .answered : .notFound
        default: return .answered
        }
    }

    @Test("forms are sent by those who may do what they do, and pages need no more than to be seen")
    func permissions() {
        for route in Console.routes where route.place == .property {
            if route.method == .post {
                #expect(route.permission != .read, "\(route.path) writes for viewers")
            }
        }
        let setUp = ["credentials", "property-ids", "set-up", "safety", "switches", "first-sync"]
        for route in Console.routes
        where route.method == .post && setUp.contains(where: { route.path.contains("/\($0)") }) {
            #expect(route.permission == .manage, "\(route.path) is set-up")
        }
    }

    @Test("a form from another page, session or site does nothing")
    func forgery() async throws {
        try await ConsoleDriver.with { driver in
            let property = try await driver.lintel.operations.addProperty(
                name: "Own",
                timeZone: "UTC"
            )
            try await driver.add("portfolio@example.com", Grant(.portfolioManager, .everything))
            let cookies = try await driver.signIn("portfolio@example.com")
            let path = "/properties/\(property.id)/units/new"
            let without = try await driver.send(
                .post,
                path,
                cookies: cookies,
                form: [("name", "101")]
            )
            #expect(without.status == .badRequest)
            let guest = try await driver.send(.get, "/sign-in")
            let foreign = try await driver.send(
                .post,
                path,
                cookies: cookies,
                form: [("csrf", ConsoleDriver.csrf(in: guest.body)), ("name", "101")]
            )
            #expect(foreign.status == .badRequest)
            let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
            let session = try #require(cookies["lintel-session"])
            let elsewhere = try await driver.send(
                .post,
                path,
                cookies: cookies,
                headers: [site: "cross-site"],
                form: [("csrf", BearerSecret(session).csrf), ("name", "101")]
            )
            #expect(elsewhere.status == .badRequest)
            #expect(try await driver.lintel.operations.units(of: property).isEmpty)
            let right = try await driver.post(path, as: cookies, [("name", "101")])
            #expect(right.status == .seeOther)
            #expect(try await driver.lintel.operations.units(of: property).map(\.name) == ["101"])
        }
    }
}
