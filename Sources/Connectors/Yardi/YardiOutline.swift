import ConnectorKit

/// What an answer of Voyager says about itself: its payload, or why there is none.
///
/// Failure replaces the payload under HTTP 200: as `Messages`, as a bare negative number, or as nothing.
struct YardiOutline {
    private var hasPayload = false
    private var errors: [String] = []
    /// The text of a result without elements.
    private var bare = ""
    private var hasElements = false

    /// Reads the answer's `…Response` element.
    init(of operation: YardiOperation, in xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        try xml.children { _, xml throws(XMLSkimmer.Failure) in
            var text = xml
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                hasElements = true
                if operation.roots.contains(where: { name == $0 }) {
                    hasPayload = true
                    return
                }
                try readMessages(name, &xml)
            }
            if !hasElements { bare = try text.text() }
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
        _ operation: YardiOperation,
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
        if hasPayload { return }
        guard !hasElements else {
            throw ConnectorError(
                .malformed,
                attempting: attempt,
                "expected \(operation.roots.map(\.description).joined(separator: " or "))"
            )
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
}
