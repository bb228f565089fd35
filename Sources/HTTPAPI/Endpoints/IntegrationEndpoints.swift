import ConnectorKit
import HTTPTypes
import LintelModel
import Operations
import Reconciliation
import Storage

/// Connections to PMS, what is attached through them, and what lease statuses mean.
enum IntegrationEndpoints {
    private static let at = "/v1/properties/{property}"
    private static let connection = "/v1/connections/{connection}"

    private static let fields = Schema.Member.takes(
        "fields",
        .map(.text(0...10_000)),
        "The values of the vendor's fields by their keys; secrets are stored encrypted, and never "
            + "shown again.",
        isRequired: true
    )

    static let all: [Endpoint] = [
        .get(
            "/v1/vendors",
            "listVendors",
            "The PMS that can be connected, and what each must be told",
            at: .anyToken,
            answers: "The vendors."
        ) { Listing($0.operations.vendors) },
        .get(
            "/v1/connections",
            "listConnections",
            "The connections to PMS",
            at: .portfolio,
            needs: .manage,
            answers: "The connections, without their secrets."
        ) { Listing(try await $0.operations.connections()) },
        .act(
            .post,
            "/v1/connections",
            "addConnection",
            "Connect to a PMS; stored only where the PMS allows all that a sync needs",
            at: .portfolio,
            needs: .manage,
            takes: .object([
                .takes("name", .text(1...200), "A name for it.", isRequired: true),
                .takes("vendor", .text(1...50), "The vendor's id.", isRequired: true),
                fields,
            ]),
            answers: "What was tried, and the connection; null where something was refused."
        ) { call -> Connected in
            let (checks, id) = try await call.operations.connect(
                name: call.body.text("name") ?? "",
                settings: settings(call, vendor: call.body.text("vendor") ?? "")
            )
            return Connected(checks: checks, connection: id)
        },
        .act(
            .put,
            connection + "/credentials",
            "replaceCredentials",
            "Put other credentials in their place, where the PMS allows all that a sync needs",
            at: .portfolio,
            needs: .manage,
            takes: .object([fields]),
            answers:
                "What was tried, and the connection; null where something was refused, and nothing "
                + "is replaced."
        ) { call -> Connected in
            let source = try await found(call)
            let (checks, isStored) = try await call.operations.replaceCredentials(
                of: source.id.text,
                with: settings(call, vendor: source.vendor)
            )
            return Connected(checks: checks, connection: isStored ? source.id : nil)
        },
        .act(
            .delete,
            connection,
            "removeConnection",
            "Remove a connection through which nothing is attached",
            at: .portfolio,
            needs: .manage,
            answers: "It is removed."
        ) { call in
            try await call.operations.removeConnection(found(call).id.text)
        },
        .act(
            .post,
            connection + "/checks",
            "checkConnection",
            "Ask the PMS what its credentials may do; no resident is read",
            at: .portfolio,
            needs: .manage,
            answers: "Each operation, allowed or not, in the PMS's own words."
        ) { call in
            Listing(try await call.operations.checkConnection(found(call).id.text))
        },
        .get(
            connection + "/pms-properties",
            "listPMSProperties",
            "The properties that a PMS shows",
            at: .portfolio,
            needs: .manage,
            asksPMS: true,
            answers: "The PMS properties."
        ) { call in
            Listing(
                try await call.operations.pmsProperties(through: found(call).id.text)
                    .map { OfferedProperty(property: $0.property, attachedTo: $0.attachedTo) }
            )
        },
        .get(
            at + "/attachments",
            "listAttachments",
            "The PMS properties that are, or were, attached",
            answers: "The attachments."
        ) { Listing(try await $0.operations.setUp(of: $0.theProperty()).attachments) },
        .act(
            .post,
            at + "/attachments",
            "attach",
            "Attach PMS properties, and read their units",
            needs: .manage,
            takes: .object([
                .takes("connection_id", .text(Schema.line), "Through which.", isRequired: true),
                .takes(
                    "pms_property_ids",
                    .list(.text(Schema.line), least: 1),
                    "The PMS's own codes.",
                    isRequired: true
                ),
                .takes(
                    "replaces",
                    .text(Schema.line),
                    "The code that the one PMS property had before: its residents and mapping stay."
                ),
            ]),
            answers: "Every attachment as it is now.",
            attach
        ),
        .act(
            .delete,
            at + "/attachments/{attachment}",
            "detach",
            "Detach a PMS property",
            needs: .manage,
            query: [
                Endpoint.Parameter(
                    "residents",
                    .words(Operations.DetachedResidents.allCases.map(\.rawValue)),
                    "What becomes of its residents: as they are until somebody chooses (`freeze`, where "
                        + "nothing is said), as if put there by hand, or their assignments end now."
                )
            ],
            answers: "How many assignments were kept as by hand, or ended."
        ) { call -> Settled in
            let property = try call.theProperty()
            let attachment = try await attachment(call)
            let choice = call.query.text("residents")
                .flatMap { Operations.DetachedResidents(rawValue: $0) }
            return Settled(
                assignments: try await call.operations.detach(
                    property,
                    pmsProperty: attachment.pmsProperty.text,
                    residents: choice ?? .freeze
                )
            )
        },
        .act(
            .post,
            at + "/attachments/{attachment}/pms-change",
            "preparePMSChange",
            "Prepare to read the property from another PMS in place of an attachment, and preview it",
            needs: .manage,
            takes: .object([
                .takes("connection_id", .text(Schema.line), "Through which.", isRequired: true),
                .takes(
                    "pms_property_id",
                    .text(Schema.line),
                    "What the PMS that takes over calls the property.",
                    isRequired: true
                ),
            ]),
            answers: "What the change would do; syncs go on as before until it is made.",
            preparePMSChange
        ),
        .act(
            .post,
            at + "/attachments/{attachment}/pms-change/{successor}",
            "changePMS",
            "Make a prepared change of PMS; the next sync reads the one that takes over",
            needs: .manage,
            answers: "Every attachment as it is now."
        ) { call -> Listing<Attachments.Attached> in
            let property = try call.theProperty()
            let change = try await call.operations.preparedPMSChange(
                of: property,
                from: AttachmentID(call.parameter("attachment")),
                to: AttachmentID(call.parameter("successor"))
            )
            try await call.operations.change(change, of: property)
            return Listing(try await call.operations.setUp(of: property).attachments)
        },
        .get(
            at + "/lease-statuses",
            "listLeaseStatuses",
            "Every status word the PMS has used, and what it means here",
            answers: "The words."
        ) { Listing(try await $0.operations.statuses(of: $0.theProperty())) },
        .act(
            .put,
            at + "/lease-statuses/{word}",
            "setLeaseStatus",
            "Say what a status word means here, and whether residents with it are left out",
            takes: .object([
                .takes(
                    "status",
                    .orNull(.words(LeaseStatus.allCases.filter { $0 != .unknown }.map(\.rawValue))),
                    "What it means; null for what the vendor's vocabulary makes of it.",
                    isRequired: true
                ),
                .takes("is_excluded", .flag, "Whether they are left out.", isRequired: true),
            ]),
            answers: "Every word as it is now."
        ) { call in
            let property = try call.theProperty()
            let meaning = StatusMeaning(
                status: call.body.text("status").flatMap { LeaseStatus(rawValue: $0) },
                isExcluded: call.body.flag("is_excluded") ?? false
            )
            _ = try await call.operations.setStatuses(
                [(try call.parameter("word"), meaning)],
                of: property
            )
            return Listing(try await call.operations.statuses(of: property))
        },
    ]

    private static func settings(_ call: Call, vendor: String) throws -> ConnectionSettings {
        guard case .object(let typed)? = call.body["fields"] else { throw Problem.malformed([]) }
        return try call.operations.settings(
            of: vendor,
            typed.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
        )
    }

    private static func found(_ call: Call) async throws -> Connections.Listed {
        try await call.operations.connection(call.parameter("connection"))
    }

    private static func attachment(_ call: Call) async throws -> Attachments.Attached {
        let id = AttachmentID(try call.parameter("attachment"))
        let found = try await call.operations.setUp(of: call.theProperty()).attachments
            .first { $0.id == id }
        guard let found else { throw Problem.missing("attachment") }
        return found
    }

    private static func preparePMSChange(_ call: Call) async throws -> PreparedPMSChange {
        let property = try call.theProperty()
        let change = try await call.operations.preparePMSChange(
            of: property,
            from: attachment(call).pmsProperty.text,
            to: call.body.text("connection_id") ?? "",
            pmsProperty: call.body.text("pms_property_id") ?? ""
        )
        return PreparedPMSChange(
            successor: change.new.id,
            preview: try await call.operations.preview(change, of: property)
        )
    }

    private static func attach(_ call: Call) async throws -> Listing<Attachments.Attached> {
        let property = try call.theProperty()
        try await call.operations.attach(
            property,
            to: call.body.text("connection_id") ?? "",
            pmsProperties: call.body.texts("pms_property_ids"),
            replacing: call.body.text("replaces")
        )
        return Listing(try await call.operations.setUp(of: property).attachments)
    }
}

extension VendorDescription: Resource {
    static let resourceName = "Vendor"
    static let members: [Field<VendorDescription>] = [
        Field("id", "Its id.") { $0.id },
        Field("name", "Its name as it writes itself.") { $0.name },
        Field("fields", "What it must be told.") { $0.fields },
    ]
}

extension SettingField: Resource {
    static let resourceName = "VendorField"
    static let members: [Field<SettingField>] = [
        Field("key", "Its key.") { $0.key },
        Field("label", "The vendor's own word for it.") { $0.label },
        Field("help", "Where it is to be had.") { $0.help },
        Field("is_secret", "Whether it is a secret.") { $0.isSecret },
        Field("is_required", "Whether it is needed.") { $0.isRequired },
    ]
}

extension Connections.Listed: Resource {
    static let resourceName = "Connection"
    static let members: [Field<Connections.Listed>] = [
        Field("id", "Its id.") { $0.id },
        Field("name", "Its name.") { $0.name },
        Field("vendor", "The vendor's id.") { $0.vendor },
        Field("attached", "How many PMS properties are attached through it.") { $0.attached },
    ]
}

extension OperationCheck: Resource {
    static let resourceName = "Check"
    static let members: [Field<OperationCheck>] = [
        Field("operation", "The vendor's name of the operation.") { $0.operation },
        Field("is_allowed", "Whether it may be used.") { $0.isAllowed },
        Field("detail", "What was found, or the vendor's own words of refusal.") { $0.detail },
    ]
}

/// What became of credentials.
struct Connected: Resource {
    let checks: [OperationCheck]
    let connection: ConnectionID?

    static let resourceName = "Connected"
    static let members: [Field<Connected>] = [
        Field("checks", "What was tried.") { $0.checks },
        Field("connection_id", "The connection; null where something was refused.") {
            $0.connection
        },
    ]
}

/// A property that a PMS shows.
struct OfferedProperty: Resource {
    let property: PMSProperty
    let attachedTo: String?

    static let resourceName = "PMSProperty"
    static let members: [Field<OfferedProperty>] = [
        Field("id", "The PMS's own code.") { $0.property.id },
        Field("name", "Its name in the PMS.") { $0.property.name },
        Field("attached_to", "The name of the property it is attached to; null where it is free.") {
            $0.attachedTo
        },
    ]
}

extension Attachments.Attached: Resource {
    static let resourceName = "Attachment"
    static let members: [Field<Attachments.Attached>] = [
        Field("id", "Its id.") { $0.id },
        Field("connection_id", "Through which connection.") { $0.connection },
        Field("pms_property_id", "The PMS's own code.") { $0.pmsProperty },
        Field("is_detached", "Whether it is attached no longer.") { $0.isDetached },
    ]
}

/// A change of PMS that is prepared.
struct PreparedPMSChange: Resource {
    let successor: AttachmentID
    let preview: Operations.PMSChangePreview

    static let resourceName = "PreparedPMSChange"
    static let members: [Field<PreparedPMSChange>] = [
        Field("successor_id", "The attachment that takes over, to make the change with.") {
            $0.successor
        },
        Field("mapped", "How many of its PMS units are mapped.") { $0.preview.mapped },
        Field("unmapped", "Those that a person has to map after the change, by their labels.") {
            $0.preview.unmapped
        },
        Field("recognised", "How many of its residents are people here already.") {
            $0.preview.recognised
        },
        Field("created", "How many people it brings in.") { $0.preview.created },
        Field("preview", "What the first sync after the change would do.") { $0.preview.plan },
    ]
}

extension StatusWords.Listed: Resource {
    static let resourceName = "LeaseStatusWord"
    static let members: [Field<StatusWords.Listed>] = [
        Field("word", "The word as the PMS spells it.") { $0.word },
        Field("residents", "How many residencies the PMS lists with it.") { $0.residents },
        Field("vendor_status", "What the vendor's vocabulary makes of it.") { $0.vendorStatus },
        Field("status", "What it means here; null for what the vendor's vocabulary makes of it.") {
            $0.meaning.status
        },
        Field("is_excluded", "Whether residents with it are left out.") { $0.meaning.isExcluded },
    ]
}
