import ConnectorKit

/// What an answer of Voyager says about itself: its payload, or why there is none.
///
/// Failure replaces the payload under HTTP 200: as `Messages`, as a bare negative number, or as nothing.
struct YardiOutline {
    private let payloads: [YardiPayload]
    /// The payload that came.
    private var payload: YardiPayload?
    private var hasList = false
    private var hasRecords = false
    /// The first element in the list that is no record and does not belong beside them.
    private var stranger: String?
    private var errors: [String] = []
    /// The text of a result without elements.
    private var bare = ""
    private var hasElements = false

    /// Reads the answer's `…Response` element.
    init(
        of operation: YardiOperation,
        through interface: YardiInterface,
        in xml: inout XMLSkimmer
    ) throws(XMLSkimmer.Failure) {
        payloads = operation.payloads(in: interface)
        try xml.children { _, xml throws(XMLSkimmer.Failure) in
            var text = xml
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                hasElements = true
                if let known = payloads.first(where: { name == $0.root }) {
                    payload = known
                    try read(name, of: known, isInList: false, &xml)
                } else {
                    try readMessages(name, &xml)
                }
            }
            if !hasElements { bare = try text.text() }
        }
    }

    /// Reads a payload down to its records, and the messages on the way.
    private mutating func read(
        _ name: WireKey,
        of payload: YardiPayload,
        isInList: Bool,
        _ xml: inout XMLSkimmer
    ) throws(XMLSkimmer.Failure) {
        switch name {
        case payload.record: hasRecords = true
        case "Messages": try readMessages(name, &xml)
        default:
            let belongs = payload.companions.contains { name == $0 }
            if isInList, !belongs, stranger == nil { stranger = name.text }
            let isList = name == payload.list
            if isList { hasList = true }
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                try read(name, of: payload, isInList: isList, &xml)
            }
        }
    }

    /// Reads `Messages/Message`, wherever it stands.
    private mutating func readMessages(
        _ name: WireKey,
        _ xml: inout XMLSkimmer
    ) throws(XMLSkimmer.Failure) {
        if name == "Message" {
            let type = try xml.attribute("messageType") ?? ""
            let words = try xml.text()
            // `FYI` tells of success.
            if type.lowercased() != "fyi" { errors.append(words.isEmpty ? type : words) }
            return
        }
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            try readMessages(name, &xml)
        }
    }

    /// - Throws: ``ConnectorError``, in Voyager's words or those of its numbers.
    func judge(
        attempting attempt: String,
        hiding secrets: [Secret]
    ) throws(ConnectorError) {
        if let words = errors.first {
            throw ConnectorError(
                .ofFault(words),
                attempting: attempt,
                words: words,
                hiding: secrets
            )
        }
        if hasRecords || (hasList && stranger == nil) { return }
        guard !hasElements else {
            throw ConnectorError(.malformed, attempting: attempt, expectation(hiding: secrets))
        }
        let (code, meaning): (ConnectorError.Code, String) =
            switch bare {
            case "": (.refused, "an empty result: a setting or the login is wrong")
            case "0": (.refused, "0: could not open a batch")
            case "-1": (.forbidden, "-1: insufficient rights")
            case "-2": (.forbidden, "-2: the interface entity has no access to the property")
            case "-3": (.forbidden, "-3: the interface entity or license is wrong")
            case "-4": (.unauthorized, "-4: the login failed")
            default:
                (
                    .malformed,
                    "expected XML, found text: \(VendorWords.clean(bare, hiding: secrets))"
                )
            }
        throw ConnectorError(code, attempting: attempt, meaning)
    }

    /// What was expected of an answer without a list, and what was found.
    private func expectation(hiding secrets: [Secret]) -> String {
        guard let payload else {
            return "expected \(payloads.map(\.root.description).joined(separator: " or "))"
        }
        let found = stranger.map { VendorWords.clean($0, hiding: secrets) } ?? "no \(payload.list)"
        return "expected \(payload.record) in \(payload.list), found \(found)"
    }
}
