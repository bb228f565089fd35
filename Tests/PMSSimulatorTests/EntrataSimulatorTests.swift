import Foundation
import LintelModel
import NIOHTTP1
import PMSSimulator
import Testing

@Suite("The Entrata simulator")
struct EntrataSimulatorTests {
    @Test("serves, page by page, exactly the residents of the portfolio", arguments: [1, 7, 500])
    func everyPage(perPage: Int) async throws {
        let portfolio = try samplePortfolio(churnPercent: 10)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            var found: Set<String> = []
            for index in 0..<portfolio.shape.properties {
                let id = portfolio.propertyID(at: index)
                var leases: [[String: Any]] = []
                var page = 1
                while true {
                    let answer = try await client.leases(
                        id,
                        query: "?page_no=\(page)&per_page=\(perPage)"
                    )
                    let rows = try answer.leases()
                    leases += rows
                    let total = try #require(answer.headers.first(name: "X-Total-Count"))
                    if leases.count == Int(total) { break }
                    #expect(rows.count == perPage)
                    page += 1
                }
                for lease in leases {
                    #expect(lease["propertyId"] as? String == "\(id)")
                    let unit = try #require(lease["unitId"] as? String)
                    let customers = (lease["customers"] as? [String: Any])?["customer"]
                    for customer in try #require(customers as? [[String: Any]]) {
                        let resident = try #require(customer["id"] as? Int)
                        let email = try #require(customer["emailAddress"] as? String)
                        let last = try #require(customer["lastName"] as? String)
                        let status = try #require(customer["leaseCustomerStatus"] as? String)
                        found.insert("\(resident) \(email) \(last) \(unit) \(status == "Past")")
                    }
                }
            }
            let expected = (portfolio.expectedAssignments() + portfolio.expectedEndings()).map {
                "\($0.resident) \($0.email) \($0.lastName) \($0.unit) \($0.state == .ended)"
            }
            #expect(found == Set(expected))
        }
    }

    @Test("serves every unit, a unit's only space as an object")
    func units() async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            for index in 0..<3 {
                let property = portfolio.property(at: index)
                let answer = try await client.call(
                    "propertyunits",
                    "getPropertyUnits",
                    ["propertyIds": "\(property.id)"]
                )
                let list = try answer.result()["properties"] as? [String: Any]
                let node = try #require(list?["property"] as? [String: Any])
                let units = try #require(
                    (node["units"] as? [String: Any])?["unit"] as? [[String: Any]]
                )
                let doors = try units.map { unit in
                    let space = (unit["unitSpaces"] as? [String: Any])?["unitSpace"]
                    #expect(space is [String: Any])
                    let number = try #require(unit["unitNumber"])
                    return "\(try #require(unit["id"] as? Int)) "
                        + "\(try #require(unit["buildingName"] as? String)) \(number)"
                }
                #expect(
                    doors
                        == property.units.map {
                            "\($0.id) \(property.buildings[$0.building].name) \($0.number)"
                        }
                )
            }
        }
    }

    @Test("writes a page of one unit as an object and several properties as a list")
    func unitShapes() async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            let one = try await client.call(
                "propertyunits",
                "getPropertyUnits",
                ["propertyIds": "\(portfolio.propertyID(at: 0))"],
                query: "?page_no=2&per_page=1"
            )
            let property =
                (try one.result()["properties"] as? [String: Any])?["property"] as? [String: Any]
            #expect((property?["units"] as? [String: Any])?["unit"] is [String: Any])

            let ids = "\(portfolio.propertyID(at: 0)),\(portfolio.propertyID(at: 2))"
            let several = try await client.call(
                "propertyunits",
                "getPropertyUnits",
                ["propertyIds": ids],
                query: "?page_no=1&per_page=45"
            )
            let list = (try several.result()["properties"] as? [String: Any])?["property"]
            let counts = try #require(list as? [[String: Any]]).map { node in
                ((node["units"] as? [String: Any])?["unit"] as? [Any])?.count
            }
            #expect(counts == [30, 15])
            #expect(several.headers.first(name: "X-Total-Count") == "60")
        }
    }

    @Test("lists its properties, all or those asked for")
    func properties() async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            func names(_ params: [String: Any]) async throws -> [String] {
                let answer = try await client.call("properties", "getProperties", params)
                let list = try answer.result()["PhysicalProperty"] as? [String: Any]
                return try #require(list?["Property"] as? [[String: Any]]).compactMap {
                    $0["MarketingName"] as? String
                }
            }
            try await #expect(names([:]) == (0..<3).map { portfolio.propertyName(at: $0) })
            try await #expect(
                names(["propertyIds": "\(portfolio.propertyID(at: 2))"])
                    == [portfolio.propertyName(at: 2)]
            )
        }
    }

    @Test("filters leases by status, customer and lease")
    func filters() async throws {
        let portfolio = try samplePortfolio(churnPercent: 20)
        let property = portfolio.property(at: 0)
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            let past = try await client.leases(property.id, ["leaseStatusTypeIds": "6"]).leases()
            #expect(!past.isEmpty)
            #expect(past.count == property.leases.filter { $0.status == .past }.count)

            let living = try await client.leases(property.id, ["leaseStatusTypeIds": "3, 4,5"])
            try #expect(living.leases().count == property.leases.count - past.count)

            let lease = try #require(property.leases.last)
            let person = try #require(lease.people.last)
            for params: [String: Any] in [
                ["customerId": person.id], ["customerId": "\(person.id)"],
                ["leaseIds": "\(lease.id)"],
            ] {
                let found = try await client.leases(property.id, params)
                try #expect(found.leases().map { $0["id"] as? String } == ["\(lease.id)"])
                #expect(found.headers.first(name: "X-Total-Count") == "1")
            }
            let stranger = try await client.leases(property.id, ["customerId": "1"])
            #expect(stranger.status == 200)
            try #expect(stranger.leases().isEmpty)
        }
    }

    @Test("states the paging in headers, and links only where asked for")
    func pagingHeaders() async throws {
        let portfolio = try samplePortfolio()
        let id = portfolio.propertyID(at: 0)
        let total = portfolio.property(at: 0).leases.count
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            var client = SimulatorClient(running)
            let plain = try await client.leases(id, query: "?page_no=2&per_page=10")
            #expect(plain.headers.first(name: "X-Total-Count") == "\(total)")
            #expect(plain.headers.first(name: "Link") == nil)
            #expect(plain.headers.first(name: "X-RateLimit-Limit") == nil)
            try #expect(plain.result()["meta"] == nil)

            client.headers.append(("X-Send-Pagination-Links", "1"))
            let linked = try await client.leases(id, query: "?page_no=2&per_page=10")
            let link = try #require(linked.headers.first(name: "Link"))
            let address = "\(running.baseURL)/ext/orgs/demo/v1/leases"
            #expect(link.contains("<\(address)?page_no=3&per_page=10>; rel=\"next\""))
            let last = try await client.leases(id, query: "?page_no=3&per_page=10")
            #expect(last.headers.first(name: "Link")?.contains("rel=\"next\"") == false)
            let beyond = try await client.leases(id, query: "?page_no=99&per_page=10")
            try #expect(beyond.leases().isEmpty)
        }
    }

    @Test("states the paging in the body alone where it is told to")
    func pagingMeta() async throws {
        let portfolio = try samplePortfolio()
        let total = portfolio.property(at: 0).leases.count
        let options = SimulatedPMS.Options(sendsMeta: true, sendsTotalCount: false)
        try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) { running in
            let answer = try await SimulatorClient(running)
                .leases(portfolio.propertyID(at: 0), query: "?page_no=1&per_page=10")
            let meta = try #require(try answer.result()["meta"] as? [String: Int])
            #expect(
                meta
                    == [
                        "currentPage": 1, "lastPage": (total + 9) / 10, "perPage": 10,
                        "total": total,
                    ]
            )
            #expect(answer.headers.first(name: "X-Total-Count") == nil)
        }
    }

    @Test("takes any key or password on both paths, and refuses none at all inside HTTP 200")
    func credentials() async throws {
        try await withSimulatedPMS(.entrata, portfolio: try samplePortfolio()) { running in
            var client = SimulatorClient(running)
            try await #expect(client.call("status", "getStatus").response("code") as? Int == 200)
            client.headers = [("Authorization", "Basic YTpi")]
            let legacy = try await client.call("status", "getStatus", path: "/api/v1")
            try #expect(legacy.response("code") as? Int == 200)
            for headers in [[], [("X-Api-Key", "")], [("Authorization", "Basic ")]] {
                client.headers = headers
                let refused = try await client.call("status", "getStatus")
                #expect(refused.status == 200)
                try #expect(refused.errorMessage()?.contains("Authentication") == true)
            }
        }
    }

    @Test("answers what it cannot do with the vendor's kind of error")
    func misuse() async throws {
        let portfolio = try samplePortfolio()
        try await withSimulatedPMS(.entrata, portfolio: portfolio) { running in
            let client = SimulatorClient(running)
            let answers = [
                try await client.call("leases", "getLeases"),
                try await client.leases(1),
                try await client.call("leases", "getNothing"),
                try await client.leases(portfolio.propertyID(at: 0), query: "?page_no=0"),
                try await client.leases(portfolio.propertyID(at: 0), ["leaseIds": "x"]),
                try await client.post("/ext/orgs/demo/v1/leases", "no JSON"),
            ]
            for answer in answers {
                #expect(answer.status == 200)
                try #expect(answer.errorMessage() != nil)
            }
            try await #expect(client.post("/elsewhere", "{}").status == 404)
        }
    }

    @Test("serves the vendor's pick list of lease statuses")
    func pickList() async throws {
        try await withSimulatedPMS(.entrata, portfolio: try samplePortfolio()) { running in
            let answer = try await SimulatorClient(running).call("leases", "getLeasePickList")
            let list = try answer.result()["leaseStatusTypes"] as? [String: Any]
            let names = try #require(list?["leaseStatusType"] as? [[String: [String: Any]]])
                .compactMap { $0["@attributes"]?["name"] as? String }
            #expect(names == ["Applicant", "Cancelled", "Future", "Current", "Notice", "Past"])
        }
    }

    @Test("serves the same whether it keeps what it rendered or not")
    func eviction() async throws {
        let portfolio = try samplePortfolio()
        let scarce = SimulatedPMS.Options(renderedBytesKept: 1)
        let ample = SimulatedPMS.Options(rendersAhead: true)
        func everything(_ options: SimulatedPMS.Options) async throws -> [Data] {
            try await withSimulatedPMS(.entrata, portfolio: portfolio, options: options) {
                running in
                var bodies: [Data] = []
                for index in [0, 1, 2, 0] {
                    bodies.append(
                        try await SimulatorClient(running)
                            .leases(portfolio.propertyID(at: index)).body
                    )
                }
                return bodies
            }
        }
        let bodies = try await everything(scarce)
        #expect(bodies == (try await everything(ample)))
        #expect(bodies.first == bodies.last)
    }
}
