import ConnectorKit
import Foundation
import FoundationXML
import Testing

/// A document read whole, for comparing.
private indirect enum Node: Equatable {
    case element(String, attribute: String, text: String, [Node])

    init(_ text: String) throws(XMLSkimmer.Failure) {
        self = try XMLSkimmer.read(Data(text.utf8)) { name, xml throws(XMLSkimmer.Failure) in
            try Node(name.text, &xml)
        }
    }

    /// Reads elements where there are some, else text.
    private init(_ name: String, _ xml: inout XMLSkimmer) throws(XMLSkimmer.Failure) {
        let attribute = try xml.attribute("a") ?? ""
        var text = xml
        var children: [Node] = []
        try xml.children { name, xml throws(XMLSkimmer.Failure) in
            children.append(try Node(name.text, &xml))
        }
        self = .element(name, attribute: attribute, text: try text.text(), children)
    }
}

/// What Foundation's parser makes of the same document; nil where it refuses it.
private final class Reference: NSObject, XMLParserDelegate {
    private struct Open {
        var name: String
        var attribute: String
        var text = ""
        var children: [Node] = []
    }

    private var stack: [Open] = []
    private var root: Node?

    static func node(_ text: String) -> Node? {
        let parser = XMLParser(stream: InputStream(data: Data(text.utf8)))
        let reference = Reference()
        parser.delegate = reference
        // A document that is cut parses well: only the error and the open elements tell.
        guard parser.parse(), parser.parserError == nil, reference.stack.isEmpty else { return nil }
        return reference.root
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        let attribute = attributes["a"] ?? ""
        stack.append(
            Open(name: name, attribute: attribute.trimmingCharacters(in: .whitespacesAndNewlines))
        )
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        guard !stack.isEmpty else { return }
        stack[stack.count - 1].text += string
    }

    func parser(_ parser: XMLParser, foundCDATA block: Data) {
        guard !stack.isEmpty else { return }
        stack[stack.count - 1].text += String(decoding: block, as: UTF8.self)
    }

    func parser(
        _ parser: XMLParser,
        didEndElement name: String,
        namespaceURI: String?,
        qualifiedName: String?
    ) {
        guard let open = stack.popLast() else { return }
        let node = Node.element(
            open.name,
            attribute: open.attribute,
            text: open.text.trimmingCharacters(in: .whitespacesAndNewlines),
            open.children
        )
        if stack.isEmpty { root = node } else { stack[stack.count - 1].children.append(node) }
    }
}

@Suite struct XMLSkimmerTests {
    private static let whole = """
        <?xml version="1.0" encoding="utf-8"?><!-- a > b -->
        <r a="1 &amp; 2"><x>A &lt; B &#x41;&#66;</x><y/><z a='"'> a<!-- c --><i>in</i>b </z>\
        <w><![CDATA[<no>&tag;]]></w><v><u><t>deep</t></u></v></r>
        """

    @Test("A document reads as Foundation's parser reads it")
    func agrees() throws {
        #expect(try Node(Self.whole) == Reference.node(Self.whole))
    }

    @Test("A name is compared without its prefix, in elements and attributes")
    func prefixes() throws {
        let text = try XMLSkimmer.read(
            Data(#"<s:E xmlns:s="u"><MITS:Unit m:id="7">101</MITS:Unit></s:E>"#.utf8)
        ) { name, xml throws(XMLSkimmer.Failure) in
            #expect(name == "E")
            var found = ""
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                #expect(name == "Unit")
                found = "\(try xml.attribute("id") ?? "") \(try xml.text())"
            }
            return found
        }
        #expect(text == "7 101")
    }

    @Test("A document cut anywhere is an error, never a short one")
    func cut() {
        let bytes = Array(Self.whole.utf8)
        for length in 0..<bytes.count {
            let text = String(decoding: bytes.prefix(length), as: UTF8.self)
            let error = #expect(throws: XMLSkimmer.Failure.self, "\(length)") { try Node(text) }
            guard case .truncated? = error else {
                Issue.record("cut after \(length) bytes: \(String(describing: error))")
                continue
            }
        }
    }

    @Test(
        "What is no XML is malformed",
        arguments: [
            "x", "<a></b>", "<a><b></a></b>", "<a b></a>", "<a b=c></a>", "<a/><b/>", "<a/>x",
            "<1/>", "<a>&nbsp;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&amp</a>",
            "<a b=\"<\"/>",
            "{}", "<a>&;</a>", "<a>&#+5;</a>", "<![CDATA[x]]>", "<a b=\"1\"/ >",
        ]
    )
    func malformed(text: String) {
        let error = #expect(throws: XMLSkimmer.Failure.self) { try Node(text) }
        guard case .malformed? = error else {
            Issue.record("expected malformed, found \(String(describing: error))")
            return
        }
    }

    @Test(
        "A document type is refused before anything of it is read",
        arguments: [
            // A file of this machine, fetched by an entity.
            #"<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>"#,
            #"<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd"><r/>"#,
            // A billion laughs.
            #"<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;&b;</l>"#,
            "<?xml version=\"1.0\"?>\n<!doctype html><html></html>", "<r><!ENTITY a \"b\"></r>",
        ]
    )
    func documentType(text: String) {
        let error = #expect(throws: XMLSkimmer.Failure.self) { try Node(text) }
        guard case .declaresType? = error else {
            Issue.record("expected declaresType, found \(String(describing: error))")
            return
        }
    }

    @Test("Elements nested without end are refused, wanted or passed over")
    func depth() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: XMLSkimmer.Failure.tooDeep(at: 195)) { try Node(deep) }
        #expect(throws: XMLSkimmer.Failure.self) {
            try XMLSkimmer.read(Data(deep.utf8)) { _, _ throws(XMLSkimmer.Failure) in }
        }
        let allowed =
            String(repeating: "<a>", count: XMLSkimmer.deepest)
            + String(repeating: "</a>", count: XMLSkimmer.deepest)
        #expect(throws: Never.self) { try Node(allowed) }
    }

    @Test("Bytes that are no UTF-8 are malformed where they are read")
    func notUTF8() {
        let data = Data("<a>".utf8) + Data([0xC3, 0x28]) + Data("</a>".utf8)
        #expect(throws: XMLSkimmer.Failure.malformed(at: 3)) {
            try XMLSkimmer.read(data) { _, xml throws(XMLSkimmer.Failure) in _ = try xml.text() }
        }
    }

    @Test("What one element's reader leaves unread does not come out of the next")
    func unread() throws {
        let found = try XMLSkimmer.read(
            Data("<r><a><b>1</b></a><c>2</c></r>".utf8)
        ) { _, xml throws(XMLSkimmer.Failure) in
            var texts: [String] = []
            try xml.children { name, xml throws(XMLSkimmer.Failure) in
                if name == "c" { texts.append(try xml.text()) }
            }
            return texts
        }
        #expect(found == ["2"])
    }

    @Test("A changed document never reads otherwise than Foundation's parser reads it")
    func mutations() throws {
        var random = SystemRandomNumberGenerator()
        let pieces = Array("<>/&;=\"'![]-? ax1".utf8)
        for _ in 0..<3000 {
            var bytes = Array(Self.whole.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: bytes.indices, using: &random)
                bytes[place] = pieces.randomElement(using: &random) ?? 0x20
            }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let read = try? Node(text), let expected = Reference.node(text) else { continue }
            #expect(read == expected, "\(text)")
        }
    }
}
