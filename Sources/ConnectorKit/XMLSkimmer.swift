package import struct Foundation.Data

/// Walks over an XML document as a stream, without building a tree: visits the elements that are wanted,
/// reads their text and attributes, passes over the rest, and sees whether the document is whole.
///
/// Names are compared without their namespace prefix. A document type declaration is refused, so there
/// are no entities but the five of XML and character references: none expands, and none is fetched. The
/// depth is bounded, and the text is read as UTF-8 whatever its declaration says.
///
/// The reader of an element consumes its content; one that reads nothing has it skipped.
package struct XMLSkimmer {
    /// Why the document cannot be walked, with the offset in bytes.
    package enum Failure: Error, Equatable {
        case truncated(at: Int)
        case malformed(at: Int)
        /// `<!DOCTYPE`, or another declaration of its kind.
        case declaresType(at: Int)
        /// More than ``XMLSkimmer/deepest`` elements inside one another.
        case tooDeep(at: Int)
    }

    /// How many elements may stand inside one another.
    package static let deepest = 64

    private struct Tag {
        var name = 0..<0
        var attributes = 0..<0
        /// Written as `<name/>`.
        var isEmpty = false
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    /// The element that stands next, or was read last.
    private var tag = Tag()
    /// Whether the content of ``tag`` has not been read yet.
    private var isUnread = false
    private var depth = 0

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// Walks over one whole document; `body` is given its root, and only comments may follow that.
    package static func read<Result>(
        _ data: Data,
        _ body: (WireKey, inout XMLSkimmer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The pointer does not outlive the closure: a skimmer is only ever lent.
        let outcome: Swift.Result<Result, Failure> = data.withUnsafeBytes { raw in
            var skimmer = XMLSkimmer(raw.bindMemory(to: UInt8.self))
            do throws(Failure) {
                try skimmer.passProlog()
                try skimmer.readTag()
                let result = try body(skimmer.name, &skimmer)
                if skimmer.isUnread { try skimmer.skip() }
                try skimmer.passEpilog()
                return .success(result)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// The value of an attribute of the element that stands next, by its name without prefix; nil where
    /// it has none of that name.
    ///
    /// Attributes are read before the content.
    package func attribute(_ wanted: StaticString) throws(Failure) -> String? {
        guard isUnread else { return nil }
        var ahead = self
        ahead.position = tag.attributes.lowerBound
        while let (name, value) = try ahead.nextAttribute(before: tag.attributes.upperBound) {
            guard WireKey(UnsafeBufferPointer(rebasing: bytes[local(name)])) == wanted else {
                continue
            }
            return try XMLText.string(in: bytes, value).trimmed
        }
        return nil
    }

    /// Visits the elements inside the one that stands next; a name is lent, without its prefix.
    package mutating func children(
        _ visit: (WireKey, inout XMLSkimmer) throws(Failure) -> Void
    ) throws(Failure) {
        guard isUnread else { return }
        isUnread = false
        let own = tag
        if own.isEmpty { return }
        depth += 1
        guard depth <= Self.deepest else { throw .tooDeep(at: position) }
        while true {
            try passText()
            if try passNoElement() { continue }
            if try closes(own) { break }
            try readTag()
            try visit(name, &self)
            if isUnread { try skip() }
        }
        depth -= 1
    }

    /// The text of the element that stands next, without space around it and without what stands in
    /// elements inside it.
    package mutating func text() throws(Failure) -> String {
        guard isUnread else { return "" }
        isUnread = false
        let own = tag
        if own.isEmpty { return "" }
        let start = position
        try passText()
        if try closes(own) {
            // The end of the text is the `<` that `closes` began at.
            return try XMLText.string(in: bytes, start..<closing).trimmed
        }
        var text = try XMLText.string(in: bytes, start..<position)
        depth += 1
        guard depth <= Self.deepest else { throw .tooDeep(at: position) }
        while true {
            if let verbatim = try passVerbatim() {
                text += verbatim
            } else if try passNoElement() {
                // A comment or instruction is no text.
            } else if try closes(own) {
                depth -= 1
                return text.trimmed
            } else {
                try readTag()
                try skip()
            }
            let start = position
            try passText()
            text += try XMLText.string(in: bytes, start..<position)
        }
    }

    /// Passes over the content of the element that stands next.
    package mutating func skip() throws(Failure) {
        try children { _, _ throws(Failure) in }
    }

    // MARK: Names and tags

    /// Where the closing tag that was read last began.
    private var closing = 0

    private var name: WireKey { WireKey(UnsafeBufferPointer(rebasing: bytes[local(tag.name)])) }

    /// A name without its prefix.
    private func local(_ name: Range<Int>) -> Range<Int> {
        for index in name where bytes[index] == UInt8(ascii: ":") {
            return (index + 1)..<name.upperBound
        }
        return name
    }

    /// Reads the start tag at ``position``.
    private mutating func readTag() throws(Failure) {
        guard try current() == UInt8(ascii: "<") else { throw .malformed(at: position) }
        position += 1
        tag = Tag()
        tag.name = try passName()
        let start = position
        while try nextAttribute(before: bytes.count) != nil {}
        tag.attributes = start..<position
        if try current() == UInt8(ascii: "/") {
            tag.isEmpty = true
            position += 1
        }
        guard try current() == UInt8(ascii: ">") else { throw .malformed(at: position) }
        position += 1
        isUnread = true
    }

    /// Passes `name="value"`, and gives where both stand; nil at the end of the tag.
    private mutating func nextAttribute(
        before end: Int
    ) throws(Failure) -> (name: Range<Int>, value: Range<Int>)? {
        passSpace()
        guard position < end else {
            if end == bytes.count { throw .truncated(at: end) }
            return nil
        }
        if bytes[position] == UInt8(ascii: ">") || bytes[position] == UInt8(ascii: "/") {
            return nil
        }
        let name = try passName()
        passSpace()
        guard try current() == UInt8(ascii: "=") else { throw .malformed(at: position) }
        position += 1
        passSpace()
        let quote = try current()
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            throw .malformed(at: position)
        }
        position += 1
        let start = position
        while try current() != quote {
            guard bytes[position] != UInt8(ascii: "<") else { throw .malformed(at: position) }
            position += 1
        }
        position += 1
        return (name, start..<(position - 1))
    }

    private mutating func passName() throws(Failure) -> Range<Int> {
        let start = position
        while isNameByte(try current()) { position += 1 }
        guard position > start, !(0x2D...0x39).contains(bytes[start]) else {
            throw .malformed(at: start)
        }
        return start..<position
    }

    /// Passes the end tag of an element; false, and nothing passed, where none stands at ``position``.
    ///
    /// - Throws: ``Failure/malformed(at:)`` where it closes another element.
    private mutating func closes(_ own: Tag) throws(Failure) -> Bool {
        guard try current() == UInt8(ascii: "<") else { throw .malformed(at: position) }
        guard position + 1 < bytes.count else { throw .truncated(at: bytes.count) }
        guard bytes[position + 1] == UInt8(ascii: "/") else { return false }
        closing = position
        position += 2
        for index in own.name {
            guard try current() == bytes[index] else { throw .malformed(at: position) }
            position += 1
        }
        passSpace()
        guard try current() == UInt8(ascii: ">") else { throw .malformed(at: position) }
        position += 1
        return true
    }

    // MARK: What is no element

    /// Passes the text up to the next `<`.
    private mutating func passText() throws(Failure) {
        var index = position
        let end = bytes.count
        while index < end, bytes[index] != UInt8(ascii: "<") { index += 1 }
        position = index
        guard index < end else { throw .truncated(at: end) }
    }

    /// Passes the comment, instruction or CDATA section at ``position``; false where none stands there.
    private mutating func passNoElement() throws(Failure) -> Bool {
        if begins("<!--") {
            try pass(to: "-->", after: 4)
        } else if begins("<![CDATA[") {
            try pass(to: "]]>", after: 9)
        } else if begins("<?") {
            try pass(to: "?>", after: 2)
        } else if begins("<!") {
            // Cut inside `<!--` or `<![CDATA[` it says nothing of a type yet.
            throw bytes.count - position < 9
                ? .truncated(at: bytes.count) : .declaresType(at: position)
        } else {
            return false
        }
        return true
    }

    /// Passes the CDATA section at ``position`` and gives its text; nil where none stands there.
    private mutating func passVerbatim() throws(Failure) -> String? {
        guard begins("<![CDATA[") else { return nil }
        let start = position + 9
        try pass(to: "]]>", after: 9)
        guard
            let text = String(
                validating: UnsafeBufferPointer(rebasing: bytes[start..<(position - 3)]),
                as: UTF8.self
            )
        else { throw .malformed(at: start) }
        return text
    }

    private mutating func passProlog() throws(Failure) {
        if begins("\u{FEFF}") { position += 3 }
        while true {
            passSpace()
            guard position < bytes.count else { throw .truncated(at: bytes.count) }
            guard begins("<") else { throw .malformed(at: position) }
            guard !begins("<![CDATA[") else { throw .malformed(at: position) }
            guard try passNoElement() else { return }
        }
    }

    private mutating func passEpilog() throws(Failure) {
        while true {
            passSpace()
            guard position < bytes.count else { return }
            guard begins("<!--") || begins("<?"), try passNoElement() else {
                throw .malformed(at: position)
            }
        }
    }

    private mutating func pass(to end: StaticString, after opening: Int) throws(Failure) {
        position += opening
        while position < bytes.count {
            if begins(end) {
                position += end.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw .truncated(at: bytes.count)
    }

    // MARK: Bytes

    private func begins(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    private func current() throws(Failure) -> UInt8 {
        guard position < bytes.count else { throw .truncated(at: bytes.count) }
        return bytes[position]
    }

    private func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "-"), UInt8(ascii: "."), 0x80...0xFF:
            true
        default: false
        }
    }

    private mutating func passSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}
