/// Makes the flat tables out of a reading's layout.
struct DecodeTableBuilder {
    private typealias Object = DecodeTables.Object
    private typealias Member = DecodeTables.Member
    private typealias Field = DecodeTables.Field
    private typealias Choice = DecodeTables.Choice
    private typealias Range = DecodeTables.Range

    private(set) var objects: [DecodeTables.Object] = []
    private(set) var members: [DecodeTables.Member] = []
    private(set) var fields: [DecodeTables.Field] = []
    private(set) var choices: [DecodeTables.Choice] = []
    private(set) var bytes: [UInt8] = []
    /// The set of fields that must be there, one bit each.
    private(set) var required: UInt64 = 0

    init(_ layout: ReadingLayout) {
        var tree = Tree()
        for (index, field) in layout.fields.enumerated() {
            fields.append(row(of: field))
            if field.isRequired { required |= 1 << UInt64(index) }
            tree.insert(field.path[...], field: index)
        }
        append(tree)
    }

    private mutating func row(of field: FieldSlot) -> Field {
        let none = Range(start: 0, count: 0)
        var row = Field(
            kind: .integer,
            offset: Int32(field.offset),
            scale: 1,
            add: 0,
            choices: none,
            otherwise: Range(start: -1, count: 0)
        )
        switch field.kind {
        case .integer: row.kind = .integer
        case .bool: row.kind = .bool
        case .name: row.kind = .name
        case .number(let scale, let offset): (row.kind, row.scale, row.add) = (.number, scale, offset)
        case .samples(let scale): (row.kind, row.scale) = (.samples, scale)
        case .time(.iso8601): row.kind = .isoTime
        case .time(.epochSeconds): (row.kind, row.scale) = (.epochTime, 1e6)
        case .time(.epochMilliseconds): (row.kind, row.scale) = (.epochTime, 1e3)
        case .choice(let table):
            row.kind = .choice
            row.choices = Range(start: Int32(choices.count), count: Int32(table.choices.count))
            for choice in table.choices {
                choices.append(Choice(word: store(choice.word.utf8), bytes: store(choice.bytes)))
            }
            if let otherwise = table.otherwise { row.otherwise = store(otherwise) }
        }
        return row
    }

    private mutating func store(_ content: some Collection<UInt8>) -> Range {
        let range = Range(start: Int32(bytes.count), count: Int32(content.count))
        bytes.append(contentsOf: content)
        return range
    }

    @discardableResult
    private mutating func append(_ tree: Tree) -> Int32 {
        let index = Int32(objects.count)
        objects.append(Object(first: 0, count: 0))
        var rows: [Member] = []
        for branch in tree.branches {
            let target: Int32 =
                switch branch.target {
                case .field(let field): Int32(field)
                case .object(let inner): ~append(inner)
                }
            let token = store(Self.token(of: branch.name))
            let name = Range(start: token.start + 1, count: token.count - 3)
            rows.append(Member(name: name, token: token, target: target))
        }
        objects[Int(index)] = Object(first: Int32(members.count), count: Int32(rows.count))
        members.append(contentsOf: rows)
        return index
    }

    private static func token(of name: String) -> [UInt8] {
        [UInt8(ascii: "\"")] + name.utf8 + [UInt8(ascii: "\""), UInt8(ascii: ":")]
    }

    /// The member names of all fields as a tree, before it is made flat.
    private struct Tree {
        struct Branch {
            let name: String
            var target: Target
        }

        enum Target {
            case field(Int)
            indirect case object(Tree)
        }

        var branches: [Branch] = []

        mutating func insert(_ path: ArraySlice<String>, field: Int) {
            guard let name = path.first else { return }
            guard path.count > 1 else {
                branches.append(Branch(name: name, target: .field(field)))
                return
            }
            for index in branches.indices where branches[index].name == name {
                if case .object(var inner) = branches[index].target {
                    inner.insert(path.dropFirst(), field: field)
                    branches[index].target = .object(inner)
                    return
                }
            }
            var inner = Tree()
            inner.insert(path.dropFirst(), field: field)
            branches.append(Branch(name: name, target: .object(inner)))
        }
    }
}
