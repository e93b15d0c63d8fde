import Foundation

/// Files as the commands use them, with errors that name the file.
enum FileAccess {
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
        } catch {
            throw CommandFailure(.file, "\(path): cannot be read: \(error.localizedDescription)")
        }
    }
}
