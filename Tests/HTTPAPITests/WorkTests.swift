import Foundation
import Hummingbird
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Storage
import Testing

@testable import HTTPAPI

@Suite("What programs do with the API")
struct WorkTests {
    @Test(
        "a program sets up a property, syncs it, explains somebody and undoes it all",
        arguments: TestEngine.allCases
    )
    func fromNothing(engine: TestEngine) async throws {
        try await APIDriver.with(engine) { driver in
            let work = try await Work(driver, ResidentExport(households: 30))
            try await work.setUp()
            let run = try await work.sync()
            #expect(run["outcome"] == "applied")
            let runID = try #require(run["run_id"].string)
            // Everybody of the export, once, in order.
            let people = try await driver.walk(work.at("people"), limit: 7, as: work.secret).items
            #expect(people.count == 30)
            #expect(Set(people.compactMap { $0["person"]["id"].string }).count == 30)
            #expect(people.allSatisfy { $0["standing"] == "current" })
            let changes = try await driver.walk(
                work.at("runs/\(runID)/changes"),
                limit: 25,
                as: work.secret
            ).items
            let begun = changes.filter { $0["kind"] == "assignment" }
            #expect(begun.count == 30)
            #expect(begun.allSatisfy { $0["assignment_after"]["state"] == "current" })
            // Somebody, and why.
            let person = try #require(people.first?["person"]["id"].string)
            let why = try await work.get("people/\(person)/why")["data"].items
            #expect(why.contains { $0["rule"] == "move-in" })
            // Undone, everybody is gone, and a sync leaves it so.
            let preview = try await work.act("runs/\(runID)/undo-previews")
            #expect(preview["changes"].items.count { $0["kind"] == "ends" } >= 30)
            _ = try await work.act("runs/\(runID)/undo", status: .accepted)
            let undone = try await work.finished()
            #expect(undone["outcome"] == "applied")
            _ = try await work.sync()
            let current = try await work.get("people?show=current")["data"].items
            #expect(current.isEmpty)
            let runs = try await driver.walk(work.at("runs"), limit: 2, as: work.secret).items
            #expect(runs.first?["started_at"].string ?? "" >= runs.last?["started_at"].string ?? "")
            #expect(runs.contains { $0["undoes"].string == runID })
        }
    }

    @Test("a decision on an alert is carried out, and stands in the audit log and on the person")
    func decision() async throws {
        try await APIDriver.with { driver in
            var export = ResidentExport(households: 3)
            let work = try await Work(driver, export)
            try await work.setUp()
            _ = try await work.sync()
            export.residents[0].email = "other@example.com"
            try export.write(to: driver.lintel.folder)
            driver.lintel.clock.advance(minutes: 60)
            _ = try await work.sync()
            let alerts = try await work.get("alerts")["data"].items
            let alert = try #require(alerts.first)
            #expect(alerts.count == 1 && alert["kind"] == "email-mismatch")
            let id = try #require(alert["id"].string)
            let detail = try await work.get("alerts/\(id)")
            #expect(detail["subjects"].items.first?["email"] == "other@example.com")
            let refused = try await driver.send(
                .post,
                work.at("alerts/\(id)/decision"),
                as: work.secret,
                #"{"way_out":"merge"}"#
            )
            #expect(refused.status == .unprocessableContent)
            _ = try await work.act(
                "alerts/\(id)/decision",
                #"{"way_out":"use-pms-email"}"#,
                status: .accepted
            )
            _ = try await work.finished()
            #expect(try await work.get("alerts")["data"].items.isEmpty)
            let found = try await work.get("people?q=other@example.com")["data"].items
            #expect(found.count == 1)
            let closed = try await work.get("alerts/closed")["data"].items
            #expect(closed.first?["decided_by"]["kind"] == "token")
        }
    }

    @Test("a mapping is put, found, removed, exported and imported")
    func mapping() async throws {
        try await APIDriver.with { driver in
            let work = try await Work(driver, ResidentExport(households: 4))
            try await work.setUp()
            _ = try await work.sync()
            let all = try await work.get("pms-units")["data"].items
            let row = try #require(all.first)
            let attachment = try #require(row["attachment_id"].string)
            let pmsUnit = try #require(row["pms_unit_id"].string)
            let one = work.at("attachments/\(attachment)/pms-units/\(pmsUnit)/mapping")
            let exported = try await driver.send(
                .get,
                work.at("mapping/export"),
                as: work.secret
            )
            #expect(exported.headers[.contentType]?.hasPrefix("text/csv") == true)
            let removed = try await driver.send(
                .delete,
                one + "?residents=unassign",
                as: work.secret
            )
            #expect(removed.json["assignments"].number == 1)
            #expect(try await work.get("pms-units?show=unmapped")["data"].items.count == 1)
            let ignored = try await driver.send(.put, one, as: work.secret, #"{"ignored":true}"#)
            #expect(ignored.json["mapping"] == "ignored")
            let both = try await driver.send(
                .put,
                one,
                as: work.secret,
                #"{"ignored":true,"unit_id":"x"}"#
            )
            #expect(both.status == .unprocessableContent)
            let imported = try await driver.send(
                .post,
                work.at("mapping/import"),
                as: work.secret,
                exported.body,
                type: "text/csv"
            )
            #expect(imported.json["changed"].number == 1)
            #expect(try await work.get("pms-units?show=mapped")["data"].items.count == 4)
        }
    }

    @Test("a property changes its PMS, and everybody stays where they are")
    func changePMS() async throws {
        try await APIDriver.with { driver in
            let work = try await Work(driver, ResidentExport(households: 4))
            try await work.setUp()
            _ = try await work.sync()
            let next = driver.lintel.folder.appending(path: "next")
            try FileManager.default.createDirectory(at: next, withIntermediateDirectories: false)
            var export = ResidentExport(households: 4, of: "N1", prefix: "N")
            for index in export.residents.indices {
                // The same people, numbered anew.
                let before = ResidentExport(households: 4).residents[index]
                export.residents[index].first = before.first
                export.residents[index].last = before.last
                export.residents[index].email = before.email
            }
            try export.write(to: next)
            let connected = try await driver.send(
                .post,
                "/v1/connections",
                as: work.secret,
                #"{"name":"Next","vendor":"csv","fields":{"directory":"\#(next.path)"}}"#
            )
            let connection = try #require(connected.json["connection_id"].string)
            let old = try #require(
                try await work.get("attachments")["data"].items.first?["id"].string
            )
            let change = try await work.act(
                "attachments/\(old)/pms-change",
                #"{"connection_id":"\#(connection)","pms_property_id":"N1"}"#
            )
            #expect(change["mapped"].number == 4)
            #expect(change["recognised"].number == 4)
            #expect(change["created"].number == 0)
            #expect(try await work.get("attachments")["data"].items.count == 2)
            let noted = try await driver.lintel.operations.activity(of: nil, limit: 100)
                .first { $0.act == "PMS change prepared" }
            #expect(noted?.before == "P1 through Folder")
            #expect(noted?.after == "N1 through Next")
            let successor = try #require(change["successor_id"].string)
            let made = try await work.act("attachments/\(old)/pms-change/\(successor)")
            let attached = made["data"].items.filter { $0["is_detached"] == false }
            #expect(attached.map { $0["pms_property_id"] } == ["N1"])
            driver.lintel.clock.advance(minutes: 60)
            #expect(try await work.sync()["outcome"] == "applied")
            let people = try await work.get("people?show=current")["data"].items
            #expect(people.count == 4)
            let again = try await driver.send(
                .post,
                work.at("attachments/\(old)/pms-change/\(successor)"),
                as: work.secret
            )
            #expect(again.status == .notFound)
        }
    }

    @Test("a list is walked whole though its items go while it is walked")
    func paging() async throws {
        try await APIDriver.with { driver in
            let operations = driver.lintel.operations
            let property = try await operations.addProperty(name: "Elm", timeZone: "UTC")
            let rows = (1...25).map { "\($0)" }.joined(separator: "\n")
            let secret = try await driver.token()
            let units = "/v1/properties/\(property.id)/units"
            let imported = try await driver.send(
                .post,
                units + "/import",
                as: secret,
                "name\n" + rows,
                type: "text/csv"
            )
            #expect(imported.json["data"].items.count { $0["fate"] == "new" } == 25)
            let walked = try await driver.walk(units, limit: 10, as: secret)
            #expect(walked.items.map { $0["unit"]["name"].string } == (1...25).map { "\($0)" })
            #expect(walked.pages == 3)
            // The item that a page ended with is deleted before the next one is asked for.
            let first = try await driver.send(.get, units + "?limit=10", as: secret)
            let last = try #require(first.json["data"].items.last?["unit"]["id"].string)
            let deleted = try await driver.send(.delete, "/v1/units/\(last)", as: secret)
            #expect(deleted.status == .noContent)
            let cursor = try #require(first.json["next_cursor"].string)
            let second = try await driver.send(
                .get,
                units + "?limit=10&cursor=\(cursor)",
                as: secret
            )
            #expect(second.json["data"].items.first?["unit"]["name"] == "11")
        }
    }

    @Test("a unit is read, changed in part, and refused to be deleted while somebody stands in it")
    func unit() async throws {
        try await APIDriver.with { driver in
            let work = try await Work(driver, ResidentExport(households: 1))
            try await work.setUp()
            _ = try await work.sync()
            let listed = try await work.get("units?show=occupied")["data"].items
            let id = try #require(listed.first?["unit"]["id"].string)
            let before = try await driver.send(.get, "/v1/units/\(id)", as: work.secret).json
            let after = try await driver.send(
                .patch,
                "/v1/units/\(id)",
                as: work.secret,
                #"{"floor":"7"}"#
            ).json
            #expect(after["floor"] == "7")
            #expect(
                after["name"] == before["name"] && after["external_id"] == before["external_id"]
            )
            let cleared = try await driver.send(
                .patch,
                "/v1/units/\(id)",
                as: work.secret,
                #"{"external_id":null}"#
            ).json
            #expect(cleared["external_id"] == .null && cleared["floor"] == "7")
            let refused = try await driver.send(.delete, "/v1/units/\(id)", as: work.secret)
            #expect(refused.status == .conflict)
            let residents = try await driver.send(
                .get,
                "/v1/units/\(id)/residents",
                as: work.secret
            )
            #expect(residents.json["data"].items.count == 1)
        }
    }

    @Test("settings have their types, and one that cannot be so changes none")
    func settings() async throws {
        try await APIDriver.with { driver in
            let work = try await Work(driver, ResidentExport(households: 1))
            let settings = work.at("settings")
            let changed = try await driver.send(
                .patch,
                settings,
                as: work.secret,
                #"{"brake-removals":5,"unit-sync":false,"move-in-time":"15:00","roles":["primary"]}"#
            )
            #expect(changed.json["brake-removals"].number == 5)
            #expect(changed.json["move-in-time"] == "15:00")
            #expect(changed.json["roles"] == ["primary"])
            let refused = try await driver.send(
                .patch,
                settings,
                as: work.secret,
                #"{"brake-removals":6,"overdue-days":366}"#
            )
            #expect(refused.status == .badRequest)
            #expect(try await work.get("settings")["brake-removals"].number == 5)
        }
    }
}

/// A property that a program works at.
private struct Work: Sendable {
    let driver: APIDriver
    let secret: BearerSecret
    let property: String

    init(_ driver: APIDriver, _ export: ResidentExport) async throws {
        self.driver = driver
        try export.write(to: driver.lintel.folder)
        secret = try await driver.token()
        let made = try await driver.send(
            .post,
            "/v1/properties",
            as: secret,
            #"{"name":"Elm","time_zone":"UTC"}"#
        )
        property = try #require(made.json["id"].string)
    }

    func at(_ path: String) -> String { "/v1/properties/\(property)/\(path)" }

    func get(_ path: String) async throws -> JSON {
        let answered = try await driver.send(.get, at(path), as: secret)
        try #require(answered.status == .ok, "\(answered.body)")
        return answered.json
    }

    func act(
        _ path: String,
        _ body: String? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> JSON {
        let answered = try await driver.send(.post, at(path), as: secret, body)
        try #require(answered.status == status, "\(answered.body)")
        return answered.json
    }

    /// Connects the folder, attaches it, makes units of its units, and turns User Sync on.
    func setUp() async throws {
        let folder = driver.lintel.folder.path
        let connected = try await driver.send(
            .post,
            "/v1/connections",
            as: secret,
            #"{"name":"Folder","vendor":"csv","fields":{"directory":"\#(folder)"}}"#
        )
        let connection = try #require(connected.json["connection_id"].string, "\(connected.body)")
        _ = try await act(
            "attachments",
            #"{"connection_id":"\#(connection)","pms_property_ids":["P1"]}"#
        )
        _ = try await act("mapping/import-pms-units")
        _ = try await driver.send(
            .patch,
            at("settings"),
            as: secret,
            #"{"user-sync":true,"unit-sync":true}"#
        )
    }

    /// Asks for a sync, and gives how it ended.
    func sync() async throws -> JSON {
        _ = try await act("syncs", status: .accepted)
        return try await finished()
    }

    func finished() async throws -> JSON {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let state = try await get("syncs/latest")
            if state["phase"] == "finished" { return state }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw UnexpectedOutput("the sync did not end")
    }
}
