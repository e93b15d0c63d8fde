/// A reading's layout in the form the scanner runs over: flat tables of plain numbers, nothing to retain.
///
/// Unchecked: nothing of it changes after it was made.
final class DecodeTables: @unchecked Sendable {
    /// What is wanted of one JSON object: a run of `members`.
    struct Object: BitwiseCopyable, Sendable {
        var first: Int32
        var count: Int32
    }

    struct Member: BitwiseCopyable, Sendable {
        var name: Range
        /// The name as devices write it: in quotes, with the colon right behind.
        var token: Range
        /// A field, or an object inside this one when it is negative (`~target`).
        var target: Int32
    }

    struct Field: BitwiseCopyable, Sendable {
        enum Kind: UInt8, BitwiseCopyable {
            case integer, number, bool, isoTime, epochTime, name, choice, samples
        }

        var kind: Kind
        var offset: Int32
        /// Of numbers: `property = number × scale + add`. Of epoch times: `scale` microseconds a unit.
        var scale: Double
        var add: Double
        /// Of choices: the run of `choices`, and the bytes to take for any other word (none when it starts
        /// below 0).
        var choices: Range
        var otherwise: Range
    }

    struct Choice: BitwiseCopyable, Sendable {
        var word: Range
        var bytes: Range
    }

    /// A run of bytes or rows.
    struct Range: BitwiseCopyable, Sendable {
        var start: Int32
        var count: Int32
    }

    let objects: Frozen<Object>
    let members: Frozen<Member>
    let fields: Frozen<Field>
    let choices: Frozen<Choice>
    let bytes: Frozen<UInt8>
    /// The set of fields that must be there, one bit each.
    let required: UInt64

    init(_ layout: ReadingLayout) {
        let builder = DecodeTableBuilder(layout)
        objects = Frozen(builder.objects)
        members = Frozen(builder.members)
        fields = Frozen(builder.fields)
        choices = Frozen(builder.choices)
        // Padded, so that eight bytes may be read at the begin of each text.
        bytes = Frozen(builder.bytes + [UInt8](repeating: 0, count: 8))
        required = builder.required
    }

    deinit {
        objects.deallocate()
        members.deallocate()
        fields.deallocate()
        choices.deallocate()
        bytes.deallocate()
    }
}
