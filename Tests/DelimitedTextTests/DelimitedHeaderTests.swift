import DelimitedText
import Foundation
import Testing

@Suite struct DelimitedHeaderTests {
    static let columns = [
        DelimitedColumn("name", aliases: ["Unit", "Unit Number"], isRequired: true),
        DelimitedColumn("external_id", aliases: ["Ext ID"], isRequired: true),
        DelimitedColumn("floor"),
    ]

    @Test(
        "A column is found under its name and aliases, whatever their case and punctuation",
        arguments: [
            "name,external_id", "NAME,External ID", "unit,ext-id", "Unit #,EXT_ID",
            " Unit Number ,ExtID",
            "\"Unit Number\",\"Ext. ID\"", "extra,Unit-Number,External-Id",
        ]
    )
    func findsAliases(header: String) throws {
        let width = header.split(separator: ",").count
        let row = (width == 3 ? "-," : "") + "12B,77\n"
        var reader = try DelimitedReader(Data("\(header)\n\(row)".utf8), columns: Self.columns)
        let first = try #require(try reader.next())
        #expect(first["name"] == "12B")
        #expect(first["external_id"] == "77")
        #expect(first["floor"] == nil)
    }

    @Test("An unknown column answers to its own name")
    func unknownColumn() throws {
        var reader = try DelimitedReader(Data("Unit,Ext ID,Pet Name\n1,2,Rex\n".utf8))
        let row = try #require(try reader.next())
        #expect(row["pet_name"] == "Rex")
        #expect(row["colour"] == nil)
    }

    @Test("Two columns of one meaning are refused by name")
    func duplicateMeaning() {
        let error = #expect(throws: DelimitedError.self) {
            try DelimitedReader(Data("Unit,Ext ID,Unit Number\n".utf8), columns: Self.columns)
        }
        #expect(error?.code == .duplicateColumn)
        #expect(error?.column == 3)
        #expect(
            error?.message
                == "the columns \"Unit\" and \"Unit Number\" both mean name: keep one of them"
        )
    }

    @Test("A missing column is named with its aliases and with what was found")
    func missingColumn() {
        let error = #expect(throws: DelimitedError.self) {
            try DelimitedReader(Data("\nUnit,Level\n".utf8), columns: Self.columns)
        }
        #expect(error?.code == .missingColumn)
        #expect(error?.line == 2)
        #expect(
            error?.message
                == "expected the column external_id (or \"Ext ID\"); found only \"Unit\", \"Level\""
        )
    }

    @Test("The first line of a file without header is not quoted")
    func headerlessFileIsNotQuoted() {
        let error = #expect(throws: DelimitedError.self) {
            try DelimitedReader(Data("Ann,Smith,12B\n".utf8), columns: Self.columns)
        }
        #expect(error?.description.contains("Smith") == false)
        #expect(error?.message.contains("is the header line missing?") == true)
    }
}
