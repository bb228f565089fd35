import LintelModel

/// JSON or XML text under construction, byte by byte: an encoder would take ten times as long.
struct WireBytes {
    var bytes: [UInt8] = []

    /// Appends text that is written as it shall stand.
    mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func number(_ value: Int) {
        guard value >= 0 else {
            raw("\(value)")
            return
        }
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Appends a JSON string with its quotation marks.
    mutating func string(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                raw("\\u00")
                bytes.append(byte < 0x10 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                let low = byte & 0x0F
                bytes.append(low < 10 ? UInt8(ascii: "0") + low : UInt8(ascii: "a") + low - 10)
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends text as it stands between the tags or in an attribute of XML.
    mutating func escaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): raw("&amp;")
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "\""): raw("&quot;")
            default: bytes.append(byte)
            }
        }
    }

    /// Appends `<name>text</name>`.
    mutating func element(_ name: String, _ text: String) {
        raw("<")
        raw(name)
        raw(">")
        escaped(text)
        raw("</")
        raw(name)
        raw(">")
    }

    /// Appends `"mm/dd/yyyy"`.
    mutating func date(_ date: CivilDate) {
        bytes.append(UInt8(ascii: "\""))
        usDate(date)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends `mm/dd/yyyy`.
    mutating func usDate(_ date: CivilDate) {
        let (year, month, day) = date.parts
        twoDigits(month)
        bytes.append(UInt8(ascii: "/"))
        twoDigits(day)
        bytes.append(UInt8(ascii: "/"))
        twoDigits(year / 100)
        twoDigits(year % 100)
    }

    /// Appends `yyyy-mm-dd`.
    mutating func isoDate(_ date: CivilDate) {
        let (year, month, day) = date.parts
        twoDigits(year / 100)
        twoDigits(year % 100)
        bytes.append(UInt8(ascii: "-"))
        twoDigits(month)
        bytes.append(UInt8(ascii: "-"))
        twoDigits(day)
    }

    private mutating func twoDigits(_ value: Int) {
        bytes.append(UInt8(ascii: "0") + UInt8(value / 10))
        bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
    }
}
