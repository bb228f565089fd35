package import ConnectorKit
package import LintelModel

/// Reads Rent Manager's Web API: properties, units, and household accounts with contacts and leases.
package struct RentManagerConnector: Connector {
    /// Rent Manager in the catalogue.
    package static let vendor = VendorDescription(
        id: "rentmanager",
        name: "Rent Manager",
        summary: "Rent Manager's Web API",
        fields: RentManagerSettings.fields,
        // No number is published; an integrator's notes speak of some 500 calls a minute.
        limits: VendorLimits(rates: [VendorLimits.Rate(500, inMilliseconds: 60_000)])
    ) { settings, environment throws(ConnectorError) in
        RentManagerConnector(
            settings: try RentManagerSettings(settings),
            environment: environment
        )
    }

    /// Records asked for with each page.
    static let pageSize = 500

    private let settings: RentManagerSettings
    private let client: ReadClient

    init(settings: RentManagerSettings, environment: ConnectorEnvironment) {
        self.settings = settings
        client = ReadClient(
            environment: ConnectorEnvironment(
                transport: RentManagerSession(settings, over: environment.transport),
                sleeper: environment.sleeper
            ),
            limits: Self.vendor.limits
        )
    }

    package func properties() async throws(ConnectorError) -> [PMSProperty] {
        var reader = list(.properties, filter: nil, attempting: "Properties")
        var properties: [PMSProperty] = []
        while let page = try await reader.page() {
            properties += try RentManagerWire.properties(in: page.body, at: "Properties")
        }
        return properties
    }

    /// Tries each list with a filter that no record passes, properties apart.
    package func check() async throws(ConnectorError) -> [OperationCheck] {
        var checks = [
            try await OperationCheck.listing("GET /Properties") { () throws(ConnectorError) in
                try await properties()
            }.check
        ]
        for operation in [RentManagerOperation.units, .tenants] {
            let name = "GET /\(operation.rawValue)"
            checks.append(
                try await .trying(name) { () throws(ConnectorError) in
                    var reader = list(operation, filter: "PropertyID,eq,0", attempting: name)
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
        for operation in [RentManagerOperation.units, .tenants] {
            var reader = list(
                operation,
                filter: "PropertyID,eq,\(property)",
                attempting: "\(operation.rawValue) of property \(property)"
            )
            while let page = try await reader.page() {
                try await receive(
                    SnapshotPage(
                        kind: operation == .tenants ? .residents : .units,
                        bytes: page.body
                    )
                )
            }
        }
    }

    package func decoder(for property: PMSPropertyID) -> any SnapshotDecoder {
        RentManagerDecoder(property: property)
    }

    /// Nil: no filter on the contacts of an account is documented.
    package func residencies(
        of residents: [PMSResidentID],
        in property: PMSPropertyID
    ) async throws(ConnectorError) -> SnapshotPart? {
        nil
    }

    /// A list, read until a page is empty: no length is stated, and the server may give less on a page
    /// than was asked for.
    private func list(
        _ operation: RentManagerOperation,
        filter: String?,
        attempting attempt: String
    ) -> ListReader {
        let settings = settings
        return ListReader(
            client: client,
            service: operation.rawValue,
            attempting: attempt,
            pageSize: Self.pageSize
        ) { place in
            var query: [(name: String, value: String)] = []
            if let filter { query.append(("filters", filter)) }
            if let embeds = operation.embeds { query.append(("embeds", embeds)) }
            query += [
                ("fields", operation.fields), ("orderingOptions", operation.key),
                ("PageSize", "\(Self.pageSize)"), ("PageNumber", "\(place.page)"),
            ]
            return HTTPExchangeRequest(
                method: "GET",
                url: "\(settings.endpoint.text)/\(operation.rawValue)?\(QueryText.encode(query))",
                headers: [(name: "Accept", value: "application/json")]
            )
        } judge: { response, attempt throws(ConnectorError) in
            // No record at all is HTTP 204, or 200 with an empty body.
            if response.status == 204 || (response.status == 200 && response.body.isEmpty) {
                // Where nothing says where it ends, a body that was lost on the way looks like an empty one.
                guard
                    response.status == 204 || response.header("content-length")?.trimmed == "0"
                        || response.header("transfer-encoding")?.lowercased() == "chunked"
                else {
                    throw ConnectorError(
                        .truncated,
                        attempting: attempt,
                        "HTTP 200 with an empty body that nothing bounds; expected records, "
                            + "Content-Length: 0 or an empty chunk"
                    )
                }
                let nothing = PageEvidence(
                    rows: 0,
                    namesNext: false,
                    fingerprint: ContentHash(stored: "")
                )
                return ListPage(body: response.body, evidence: nothing)
            }
            let outline = try JSONOutline.judge(
                response,
                list: nil,
                attempting: attempt,
                hiding: settings.secrets
            )
            return ListPage(
                body: response.body,
                evidence: PageEvidence(outline, namesNext: (outline.rows ?? 0) > 0)
            )
        }
    }
}

/// The lists of Rent Manager that are read.
enum RentManagerOperation: String, Sendable {
    case properties = "Properties"
    case units = "Units"
    case tenants = "Tenants"

    /// The id by which pages are ordered.
    var key: String {
        switch self {
        case .properties: "PropertyID"
        case .units: "UnitID"
        case .tenants: "TenantID"
        }
    }

    /// What is asked for of each record, and nothing more.
    var fields: String {
        switch self {
        case .properties: "PropertyID,Name"
        case .units: "UnitID,PropertyID,Name"
        case .tenants: "TenantID,PropertyID,Status,FirstName,LastName,Contacts,Leases"
        }
    }

    /// What is asked for inside each record.
    var embeds: String? { self == .tenants ? "Contacts,Leases" : nil }
}
