import Foundation
import HTTPTypes
import LintelModel
import LintelTesting
import Operations
import Testing

@testable import WebConsole

@Suite("A form that is refused")
struct RefusalTests {
    /// A form of the console, filled in so that one field cannot be so.
    struct Refused: Sendable, CustomStringConvertible {
        /// With `{property}` and `{person}` in place of ids.
        let path: String
        let fields: [(String, String)]
        /// The `id` of the field.
        let field: String
        let words: String

        init(_ path: String, _ fields: [(String, String)], _ field: String, _ words: String) {
            (self.path, self.fields, self.field, self.words) = (path, fields, field, words)
        }

        var description: String { "\(field) of \(path): \(words)" }
    }

    private static let base = "/properties/{property}"
    private static let passwords = [
        ("password", "five other words to remember"), ("again", "five other words to remember"),
    ]
    /// A number for every setting of Safety, those that are times of a day apart.
    private static let numbers = PropertySettings.keys.map { key in
        (key.name, key.name.hasSuffix("-time") ? "12:00" : key.name == "roles" ? "primary" : "10")
    }

    static let forms = [
        Refused(
            "/sign-in",
            [("email", "manager@example.com"), ("password", "wrong")],
            "password",
            "No member of staff has this e-mail"
        ),
        Refused("/account", [("present", "wrong")] + passwords, "present", "present password"),
        Refused(
            "/account",
            [("password", "short"), ("again", "short")],
            "password",
            "The password has 5 characters; expected 15 or more"
        ),
        Refused(
            "/account",
            [passwords[0], ("again", "something else")],
            "again",
            "The two passwords differ"
        ),
        Refused("/staff", [("email", "new@example.com")], "role", "Choose a role."),
        Refused(
            "/staff",
            [("email", "new@example.com"), ("role", "property-manager")],
            "property",
            "needs at least one property"
        ),
        Refused(
            "/staff",
            [("email", "manager@example.com"), ("role", "viewer")],
            "email",
            "member of staff already"
        ),
        Refused("/properties/new", [("zone", "UTC")], "name", "needs a name"),
        Refused("/properties/new", [("name", "B"), ("zone", "Mars")], "zone", "is no time zone"),
        Refused("\(base)/units/new", [("building", "A")], "name", "needs a name"),
        Refused("\(base)/units/new", [("name", "101")], "name", "already"),
        Refused(
            "\(base)/units/new",
            [("name", "7"), ("external", "ours")],
            "external",
            "external id, already"
        ),
        Refused("\(base)/units/upload", [], "file", "Choose a CSV file first."),
        Refused(
            "\(base)/integrations/set-up/credentials",
            [("vendor", "csv"), ("field-directory", "/nowhere")],
            "name",
            "needs a name"
        ),
        Refused(
            "\(base)/integrations/set-up/credentials",
            [("vendor", "csv"), ("name", "folder"), ("field-directory", "/nowhere")],
            "name",
            "There is a connection “folder” already"
        ),
        Refused(
            "\(base)/integrations/set-up/credentials",
            [("vendor", "csv"), ("name", "another")],
            "field-directory",
            "is needed."
        ),
        Refused("\(base)/integrations/property-ids", [], "code", "Choose the PMS property"),
        Refused(
            "\(base)/integrations/safety",
            numbers.map { $0.0 == "brake-removals" ? ($0.0, "plenty") : $0 },
            "brake-removals",
            "Endings that always pass: expected"
        ),
        Refused(
            "\(base)/integrations/safety",
            numbers.filter { $0.0 != "roles" },
            "roles",
            "Choose at least one role."
        ),
        Refused("\(base)/people/{person}/assign", [], "unit", "Choose a unit."),
        Refused("\(base)/people/{person}/assign", [("unit", "999")], "unit", "no unit “999”"),
        Refused(
            "\(base)/people/{person}/assign",
            [("unit", "102"), ("from", "soon")],
            "from",
            "a day is written as"
        ),
        Refused(
            "\(base)/people/{person}/assign",
            [("unit", "102"), ("from", "2026-07-02"), ("until", "2026-07-01")],
            "until",
            "before “From”"
        ),
    ]

    /// A portfolio manager at a property of three units that came from the PMS and one that did not, with
    /// residents in two; the PMS has another property, which is attached to none.
    static func withManager(
        _ use: @Sendable @escaping (ConsoleDriver, Property, [String: String]) async throws -> Void
    ) async throws {
        try await ConsoleDriver.with { driver in
            var files = ResidentExport(households: 3)
            files.remove("R3")
            let property = try #require(try await driver.lintel.onboard(files).first)
            _ = try await driver.lintel.sync(property)
            files.units.append(.init("B1", in: "P2"))
            try files.write(to: driver.lintel.folder)
            _ = try await driver.lintel.operations.addUnit(
                "Loft",
                building: "",
                floor: "",
                externalID: "ours",
                to: property
            )
            try await driver.add("manager@example.com", Grant(.portfolioManager, .everything))
            try await use(driver, property, try await driver.signIn("manager@example.com"))
        }
    }

    @Test("says so at the top, leading to the field, and beside the field")
    func besideTheField() async throws {
        // One console for all: a refusal changes nothing.
        try await Self.withManager { driver, property, cookies in
            let people = try await driver.lintel.operations.peopleIndex(of: property).entries
            let person = try #require(people.first).person
            for form in Self.forms {
                let answered = try await driver.post(
                    form.path.replacing("{property}", with: property.id.text)
                        .replacing("{person}", with: person.text),
                    as: cookies,
                    form.fields
                )
                #expect(answered.status == .unprocessableContent, "\(form)")
                Self.check(answered.body, form)
            }
        }
    }

    private static func check(_ body: String, _ form: Refused) {
        let top = element(in: body, #"role="alert""#) ?? ""
        #expect(top.contains("href=\"#\(form.field)\""), "\(form)")
        #expect(top.contains(form.words), "\(form)")
        let beside = element(in: body, "id=\"\(form.field)-error\"") ?? ""
        #expect(beside.contains(form.words), "\(form)")
        // The field, or the group of choices, is there to be gone to, and what is told to be wrong is it.
        #expect(body.contains("id=\"\(form.field)\""), "\(form)")
        let invalid = body.components(separatedBy: "<").filter {
            $0.contains(#"aria-invalid="true""#)
        }
        #expect(!invalid.isEmpty, "\(form)")
        for field in invalid {
            let isIt = field.contains("id=\"\(form.field)\"")
            #expect(isIt || field.contains("name=\"\(form.field)\""), "\(form)")
        }
    }

    @Test("has nothing to say of a form that nobody has sent yet")
    func unsent() async throws {
        try await Self.withManager { driver, property, cookies in
            for path in [
                "/account", "/staff", "/properties/new", "/properties/\(property.id)/units/new",
            ] {
                let body = try await driver.send(.get, path, cookies: cookies).body
                #expect(!body.contains("aria-invalid"))
                #expect(Self.element(in: body, #"role="alert""#) == nil)
                #expect(
                    body.contains("-error\"></small>"),
                    "\(path) has no place for what is wrong"
                )
            }
        }
    }

    @Test(
        "an address that asks for what is not there says what was found and expected",
        arguments: [
            ("units?show=haunted", "“haunted” for show; expected all, vacant, occupied, unmapped"),
            ("people?page=two", "“two” for page; expected a number from 1 to 1,000,000"),
            ("upcoming?days=0", "“0” for days; expected a number from 1 to 365"),
            ("sync-history?show=lost", "“lost” for show; expected all, applied"),
        ]
    )
    func unreadable(path: String, words: String) async throws {
        try await Self.withManager { driver, property, cookies in
            let answered = try await driver.send(
                .get,
                "/properties/\(property.id)/\(path)",
                cookies: cookies
            )
            #expect(answered.status == .badRequest)
            #expect(answered.body.contains(words))
        }
    }

    /// The first element with an attribute, from its tag on to the end of what encloses it.
    private static func element(in body: String, _ attribute: String) -> String? {
        guard let start = body.range(of: attribute) else { return nil }
        let rest = body[start.lowerBound...]
        let end = rest.range(of: attribute.contains("alert") ? "</div>" : "</small>")
        return end.map { String(rest[..<$0.lowerBound]) }
    }
}
