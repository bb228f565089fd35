package import ConnectorKit
package import LintelModel

/// Reads Buildium: rentals, their units, their tenants and their leases, a page at a time.
package struct BuildiumConnector: Connector {
    /// Buildium in the catalogue.
    package static let vendor = VendorDescription(
        id: "buildium",
        name: "Buildium",
        summary: "Buildium's open API",
        fields: BuildiumSettings.fields,
        // Buildium's OpenAPI document, "Rate Limiting": 10 concurrent requests per second for a client; after
        // 429 "retry the request after a short interval (~200ms)".
        limits: VendorLimits(
            pauseMilliseconds: 200,
            rates: [VendorLimits.Rate(10, inMilliseconds: 1000)]
        )
    ) { settings, environment throws(ConnectorError) in
        BuildiumConnector(settings: try BuildiumSettings(settings), environment: environment)
    }

    /// Records asked for with each page: the most that Buildium gives.
    static let pageSize = 1000
    /// A time from which on nothing was updated.
    private static let never = "2999-01-01T00:00:00Z"
    /// How many residents are asked for by id in one call; each costs a request.
    static let residentsAskedAtMost = 50

    private let settings: BuildiumSettings
    private let client: ReadClient

    init(settings: BuildiumSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(environment: environment, limits: Self.vendor.limits)
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var reader = list(.rentals, of: nil)
        var properties: [PMSProperty] = []
        while let page = try await reader.page() {
            properties += try BuildiumWire.rentals(in: page.body, at: "rentals")
        }
        return properties
    }

    package func check() async throws(ConnectorError) -> [OperationCheck] {
        let (rentals, first) = try await OperationCheck.listing(BuildiumOperation.rentals.name) {
            () throws(ConnectorError) in
            try await properties()
        }
        var checks = [rentals]
        for operation in [BuildiumOperation.units, .tenants, .leases] {
            checks.append(
                try await .trying(operation.name, of: first) { property throws(ConnectorError) in
                    var reader = list(operation, of: property, updatedFrom: Self.never)
                    _ = try await reader.page()
                    return "tried with a filter that nothing passes"
                }
            )
        }
        return checks
    }

    package func fetch(
        _ property: PMSPropertyID,
        receive: (SnapshotPage) async throws -> Void
    ) async throws {
        for operation in [BuildiumOperation.units, .tenants, .leases] {
            var reader = list(operation, of: property)
            while let page = try await reader.page() {
                try await receive(SnapshotPage(kind: operation.kind, bytes: page.body))
            }
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        BuildiumDecoder(property: property)
    }

    /// Asks for each resident by id; beyond ``residentsAskedAtMost`` they are listed as unreadable, so
    /// that nobody is taken for absent without having been asked for.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        var answer = SnapshotPart()
        for resident in residents.prefix(Self.residentsAskedAtMost) {
            let attempt = "tenant \(resident) of property \(property)"
            let secrets = settings.secrets
            let path = "leases/tenants/\(QueryText.encode(resident.text))"
            let body = try await client.read(
                request(path, query: []),
                service: "leases",
                attempting: attempt
            ) { response throws(ConnectorError) in
                if response.status == 404 {
                    try Self.expectOwnError(response, attempting: attempt, hiding: secrets)
                    return nil as SnapshotPage?
                }
                let outline = try JSONOutline.whole(
                    response,
                    list: nil,
                    members: ["Id"],
                    attempting: attempt,
                    hiding: secrets
                )
                // Only Buildium's 404 says that there is nobody: another answer must be about that tenant.
                guard outline.members["Id"] == resident.text else {
                    if let words = outline.words {
                        throw ConnectorError(attempting: attempt, words: words, hiding: secrets)
                    }
                    throw ConnectorError(
                        .malformed,
                        attempting: attempt,
                        "expected the tenant, found another record or none"
                    )
                }
                return SnapshotPage(kind: .residents, bytes: response.body)
            }
            guard let body else { continue }
            let part = try BuildiumMapping.part(
                ofTenantIn: body.bytes,
                property: property,
                at: attempt
            )
            answer.residencies += part.residencies.filter { $0.key.resident == resident }
            answer.unreadable += part.unreadable.filter { $0 == resident }
            answer.problems += part.problems
            if part.residencies.isEmpty, !part.problems.isEmpty {
                answer.unreadable.append(resident)
            }
        }
        answer.unreadable += residents.dropFirst(Self.residentsAskedAtMost)
        return answer
    }

    /// Expects an error in Buildium's own format: that of a proxy says nothing of a tenant.
    ///
    /// - Throws: ``ConnectorError`` that tells what came instead.
    private static func expectOwnError(
        _ response: HTTPExchangeResponse,
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) {
        guard !BuildiumWire.isError(response.body) else { return }
        let found = [response.header("content-type"), JSONOutline.words(in: response.body)]
            .compactMap { $0.map { VendorWords.clean($0, hiding: secrets) } }
        let what = (["HTTP \(response.status)"] + found).joined(separator: ", ")
        throw ConnectorError(
            .malformed,
            attempting: attempt,
            "expected an error of Buildium's with a UserMessage, found \(what)"
        )
    }

    /// A list, read to its end by offset; of the records updated at that time or later, where one is given.
    func list(
        _ operation: BuildiumOperation,
        of property: PMSPropertyID?,
        updatedFrom: String? = nil
    ) -> ListReader {
        let secrets = settings.secrets
        return ListReader(
            client: client,
            service: operation.service,
            attempting: operation.name + (property.map { " of property \($0)" } ?? ""),
            pageSize: Self.pageSize
        ) { [self] place throws(ConnectorError) in
            var query: [(name: String, value: String)] = []
            if let property { query.append(("propertyids", property.text)) }
            if let updatedFrom { query.append(("lastupdatedfrom", updatedFrom)) }
            query.append(("orderby", "Id"))
            query.append(("offset", "\(place.rows)"))
            query.append(("limit", "\(Self.pageSize)"))
            return request(operation.path, query: query)
        } judge: { response, attempt throws(ConnectorError) in
            let outline = try JSONOutline.judge(
                response,
                list: nil,
                attempting: attempt,
                hiding: secrets
            )
            return ListPage(
                body: response.body,
                evidence: PageEvidence(
                    outline,
                    total: response.header("x-total-count").flatMap { Int($0.trimmed) }
                )
            )
        }
    }

    private func request(
        _ path: String,
        query: [(name: String, value: String)]
    ) -> HTTPExchangeRequest {
        let asked = query.isEmpty ? "" : "?\(QueryText.encode(query))"
        return HTTPExchangeRequest(
            method: "GET",
            url: "\(settings.endpoint.text)/v1/\(path)\(asked)",
            headers: [
                (name: "Accept", value: "application/json"),
                (name: "x-buildium-client-id", value: settings.clientID),
                (name: "x-buildium-client-secret", value: settings.clientSecret.revealed),
            ]
        )
    }
}

/// The operations of Buildium that are called.
enum BuildiumOperation: Sendable {
    case rentals
    case units
    case tenants
    case leases

    /// The path under `/v1/`.
    var path: String {
        switch self {
        case .rentals: "rentals"
        case .units: "rentals/units"
        case .tenants: "leases/tenants"
        case .leases: "leases"
        }
    }

    /// As Buildium's documentation names it, shortened to its path.
    var name: String { "GET /v1/\(path)" }

    /// What limits are counted by.
    var service: String { self == .rentals || self == .units ? "rentals" : "leases" }

    var kind: SnapshotPage.Kind {
        switch self {
        case .rentals, .units: .units
        case .tenants: .people
        case .leases: .residents
        }
    }
}
