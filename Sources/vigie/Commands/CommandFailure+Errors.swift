import MQTT
import Store

extension CommandFailure {
    /// What a module said, with the exit code that fits it.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as StoreError: self.init(Self.code(of: error), "\(error)")
        case var error as MQTTError:
            // A command ends here; the next attempt that the error may speak of is not made.
            error.next = .giveUp
            self.init(Self.code(of: error), "\(error)")
        default: self.init(.software, "\(error)")
        }
    }

    private static func code(of error: StoreError) -> ExitCode {
        switch error {
        case .refused: .data
        case .newer, .older, .foreign: .configuration
        case .headMoved, .journalGap, .unexpected: .software
        case .busy, .diskFull, .readOnly, .cannotOpen, .inputOutput, .corrupt: .file
        }
    }

    private static func code(of error: MQTTError) -> ExitCode {
        switch error.cause {
        case .unusable: .configuration
        case .unsendable: .data
        default: .unavailable
        }
    }
}
